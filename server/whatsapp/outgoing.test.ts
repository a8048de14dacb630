import { describe, expect, test } from 'vitest'
import type { Message } from '../../core/domain/message.ts'
import { aContact, anId, aReply } from '../../core/testing/examples.ts'
import { graphBody, readReceiptBody, type Outgoing } from './outgoing.ts'

const contact = aContact({ phone: '+494012340101' })
const body = (given: Partial<Message>, rest: Partial<Outgoing> = {}) =>
  graphBody({ message: aReply(given), contact, ...rest })

describe('every kind of message becomes what WhatsApp documents', () => {
  const media = { id: anId<never>(), mime: 'image/png', state: 'ready' as const }
  const named = { name: 'termin', language: 'de', params: { vorname: 'Ada', tag: '3.12.' } }
  const cases: [string, Partial<Message>, Partial<Outgoing>, unknown][] = [
    ['text', { text: 'Moin' }, {}, { text: { body: 'Moin' } }],
    [
      'text with a link',
      { text: 'siehe https://nordwerk.example/a' },
      {},
      { text: { body: 'siehe https://nordwerk.example/a', preview_url: true } },
    ],
    [
      'image with a caption',
      { type: 'image', text: 'Beleg', media },
      { uploadedId: '1801' },
      { image: { id: '1801', caption: 'Beleg' } },
    ],
    [
      'document with its name',
      { type: 'document', text: '', media: { ...media, fileName: 'vertrag.pdf' } },
      { uploadedId: '1802' },
      { document: { id: '1802', filename: 'vertrag.pdf' } },
    ],
    [
      'voice note, without the caption it cannot have',
      { type: 'audio', text: 'x', media: { ...media, isVoice: true } },
      { uploadedId: '1803' },
      { audio: { id: '1803', voice: true } },
    ],
    [
      'sticker',
      { type: 'sticker', text: 'x', media },
      { uploadedId: '1804' },
      { sticker: { id: '1804' } },
    ],
    [
      'location',
      { type: 'location', location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } },
      {},
      { location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } },
    ],
    [
      'template with names',
      { type: 'template', template: named },
      {},
      {
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', parameter_name: 'vorname', text: 'Ada' },
                { type: 'text', parameter_name: 'tag', text: '3.12.' },
              ],
            },
          ],
        },
      },
    ],
    [
      'template with places',
      { type: 'template', template: { ...named, params: ['Ada'] } },
      {},
      {
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] }],
        },
      },
    ],
    [
      'template without values',
      { type: 'template', template: { ...named, params: [] } },
      {},
      { template: { name: 'termin', language: { code: 'de' } } },
    ],
    [
      'reaction',
      { type: 'reaction', reaction: { emoji: '👍' } },
      { aboutWamid: 'wamid.A' },
      { reaction: { message_id: 'wamid.A', emoji: '👍' } },
    ],
    [
      'reaction taken back',
      { type: 'reaction', reaction: { emoji: '' } },
      { aboutWamid: 'wamid.A' },
      { reaction: { message_id: 'wamid.A', emoji: '' } },
    ],
  ]
  test.each(cases)('%s', (_name, given, rest, content) => {
    const id = anId<Message['id']>()
    expect(body({ id, ...given }, rest)).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+494012340101',
      type: given.type ?? 'text',
      ...(content as object),
      biz_opaque_callback_data: id,
    })
  })
})

test('a quoted message is named as context', () => {
  expect(body({}, { aboutWamid: 'wamid.Q' })).toMatchObject({ context: { message_id: 'wamid.Q' } })
})

test('a contact without a phone is reached by their user id', () => {
  const { phone: _phone, ...hidden } = contact
  const sent = graphBody({ message: aReply(), contact: { ...hidden, userId: 'DE.1029' } })
  expect(sent).toMatchObject({ recipient: 'DE.1029' })
  expect(sent).not.toHaveProperty('to')
})

test('what cannot be sent is refused before anything leaves', () => {
  const { phone: _phone, userId: _userId, ...nobody } = contact
  expect(() => graphBody({ message: aReply(), contact: nobody })).toThrow(/neither a phone/)
  expect(() => body({ type: 'order' })).toThrow(/cannot be sent/)
  expect(() => body({ type: 'reaction', reaction: { emoji: '👍' } })).toThrow(/react/)
})

test('a read receipt names the newest message that was seen', () => {
  expect(readReceiptBody('wamid.R')).toEqual({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: 'wamid.R',
  })
})
