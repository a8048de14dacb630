import { describe, expect, test } from 'vitest'
import type { Message } from '../../core/domain/message.ts'
import { aContact, anId, aReply } from '../../core/testing/examples.ts'
import { graphBody, type Outgoing } from './outgoing.ts'

const contact = aContact({ phone: '+494012340101' })

describe('a template carries what was filled in and nothing else', () => {
  const media = { id: anId<never>(), mime: 'image/png', state: 'ready' as const }
  const named = { name: 'termin', language: 'de', params: { vorname: 'Ada', tag: '3.12.' } }
  const filled = {
    params: ['Ada'],
    header: { type: 'document' as const, media: { ...media, fileName: 'plan.pdf' } },
    buttons: [
      { index: 0, type: 'QUICK_REPLY', value: 'JA' },
      { index: 1, type: 'URL', value: '4711' },
      { index: 2, type: 'COPY_CODE', value: 'HERBST' },
      { index: 3, type: 'FLOW', value: 'unused' },
    ],
  }
  const cases: [string, Partial<Message>, Partial<Outgoing>, unknown][] = [
    [
      'template with everything',
      { type: 'template', template: { ...named, ...filled } },
      { uploads: new Map([[media.id, '1806']]) },
      {
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [
            {
              type: 'header',
              parameters: [{ type: 'document', document: { id: '1806', filename: 'plan.pdf' } }],
            },
            { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
            {
              type: 'button',
              sub_type: 'quick_reply',
              index: '0',
              parameters: [{ type: 'payload', payload: 'JA' }],
            },
            {
              type: 'button',
              sub_type: 'url',
              index: '1',
              parameters: [{ type: 'text', text: '4711' }],
            },
            {
              type: 'button',
              sub_type: 'copy_code',
              index: '2',
              parameters: [{ type: 'coupon_code', coupon_code: 'HERBST' }],
            },
            {
              type: 'button',
              sub_type: 'flow',
              index: '3',
              parameters: [{ type: 'action', action: { flow_token: 'unused' } }],
            },
          ],
        },
      },
    ],
    [
      'template with a carousel',
      {
        type: 'template',
        template: {
          ...named,
          params: [],
          cards: [
            {
              header: { type: 'image', media },
              params: ['Filter'],
              buttons: [{ index: 0, type: 'URL', value: 'f' }],
            },
            { header: { type: 'image', media } },
          ],
        },
      },
      { uploads: new Map([[media.id, '1807']]) },
      {
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [
            {
              type: 'carousel',
              cards: [
                {
                  card_index: 0,
                  components: [
                    { type: 'header', parameters: [{ type: 'image', image: { id: '1807' } }] },
                    { type: 'body', parameters: [{ type: 'text', text: 'Filter' }] },
                    {
                      type: 'button',
                      sub_type: 'url',
                      index: '0',
                      parameters: [{ type: 'text', text: 'f' }],
                    },
                  ],
                },
                {
                  card_index: 1,
                  components: [
                    { type: 'header', parameters: [{ type: 'image', image: { id: '1807' } }] },
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
    [
      'template with a name in its header',
      {
        type: 'template',
        template: { ...named, params: [], header: { type: 'text', params: { nr: '4711' } } },
      },
      {},
      {
        template: {
          name: 'termin',
          language: { code: 'de' },
          components: [
            { type: 'header', parameters: [{ type: 'text', parameter_name: 'nr', text: '4711' }] },
          ],
        },
      },
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
  ]
  test.each(cases)('%s', (_name, given, rest, content) => {
    const body = graphBody({ message: aReply(given), contact, ...rest })
    expect(body).toMatchObject({ type: 'template', to: '+494012340101' })
    expect({ template: body.template }).toEqual(content)
  })
})

test('a code goes to a phone number, never to a user id', () => {
  const { phone: _phone, ...hidden } = contact
  const template = { name: 'code', language: 'de', category: 'AUTHENTICATION', params: ['123456'] }
  const message = aReply({ type: 'template', template })
  expect(graphBody({ message, contact })).toMatchObject({ to: '+494012340101' })
  expect(() => graphBody({ message, contact: hidden })).toThrow(/phone numbers only/)
})
