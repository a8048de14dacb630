import { describe, expect, test } from 'vitest'
import type { MediaId } from '../../core/domain/ids.ts'
import type { Interactive } from '../../core/domain/interactive.ts'
import type { Message } from '../../core/domain/message.ts'
import { aContact, anId, aReply } from '../../core/testing/examples.ts'
import { filesOf, graphBody, readReceiptBody, typingBody, type Outgoing } from './outgoing.ts'

const contact = aContact({ phone: '+494012340101' })
const body = (given: Partial<Message>, rest: Partial<Outgoing> = {}) =>
  graphBody({ message: aReply(given), contact, ...rest })

describe('every kind of message becomes what WhatsApp documents', () => {
  const media = { id: anId<never>(), mime: 'image/png', state: 'ready' as const }
  const card = { name: { formatted_name: 'Ada Beispiel', first_name: 'Ada' } }
  const buttons: Interactive = {
    type: 'button',
    header: { type: 'document', document: { id: media.id, filename: 'plan.pdf' } },
    body: { text: 'Passt das?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'ja', title: 'Ja' } }] },
  }
  const askForPhone: Interactive = {
    type: 'contact_request',
    body: { text: 'Wie erreichen wir Sie?' },
    action: { name: 'request_contact_info' },
  }
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
      { uploads: new Map([[media.id, '1801']]) },
      { image: { id: '1801', caption: 'Beleg' } },
    ],
    [
      'document with its name',
      { type: 'document', text: '', media: { ...media, fileName: 'vertrag.pdf' } },
      { uploads: new Map([[media.id, '1802']]) },
      { document: { id: '1802', filename: 'vertrag.pdf' } },
    ],
    [
      'voice note, without the caption it cannot have',
      { type: 'audio', text: 'x', media: { ...media, isVoice: true } },
      { uploads: new Map([[media.id, '1803']]) },
      { audio: { id: '1803', voice: true } },
    ],
    [
      'sticker',
      { type: 'sticker', text: 'x', media },
      { uploads: new Map([[media.id, '1804']]) },
      { sticker: { id: '1804' } },
    ],
    [
      'location',
      { type: 'location', location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } },
      {},
      { location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } },
    ],
    [
      'text without its preview',
      { text: 'https://a.example', hasPreview: false },
      {},
      { text: { body: 'https://a.example' } },
    ],
    ['contact cards', { type: 'contacts', cards: [card] }, {}, { contacts: [card] }],
    [
      'buttons under a document of ours',
      { type: 'interactive', text: 'Passt das?', interactive: buttons },
      { uploads: new Map([[media.id, '1805']]) },
      {
        interactive: {
          ...buttons,
          header: { type: 'document', document: { id: '1805', filename: 'plan.pdf' } },
        },
      },
    ],
    [
      'a request for the phone number',
      { type: 'interactive', interactive: askForPhone },
      {},
      { interactive: askForPhone },
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

test('what has to be uploaded first is found wherever it stands, each file once', () => {
  const [shown, other] = [anId<MediaId>(), anId<MediaId>()]
  const file = (id: MediaId) => ({ id, mime: 'image/png', state: 'ready' as const })
  const header = (id: MediaId) => ({ type: 'image' as const, media: file(id) })
  const use = { name: 'herbst', language: 'de', params: [] }
  expect(filesOf(aReply({ type: 'image', media: file(shown) }))).toEqual([shown])
  const cards = [{ header: header(shown) }, { header: header(other) }, { header: header(shown) }]
  expect(filesOf(aReply({ type: 'template', template: { ...use, cards } }))).toEqual([shown, other])
  expect(
    filesOf(aReply({ type: 'template', template: { ...use, header: header(other) } })),
  ).toEqual([other])
  const linked: Interactive = {
    type: 'button',
    header: { type: 'image', image: { link: 'https://nordwerk.example/a.png' } },
    body: { text: 'Passt das?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'ja', title: 'Ja' } }] },
  }
  expect(filesOf(aReply({ type: 'interactive', interactive: linked }))).toEqual([])
})

test('somebody who writes has read what was there', () => {
  expect(typingBody('wamid.T')).toEqual({
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: 'wamid.T',
    typing_indicator: { type: 'text' },
  })
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
