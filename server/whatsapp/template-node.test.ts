import { expect, test } from 'vitest'
import { readTemplate, type TemplateNode } from './template-node.ts'

const node = (given: Partial<TemplateNode> = {}): TemplateNode => ({
  id: '1689000000000001',
  name: 'lieferung',
  language: 'de',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Guten Tag, es ist so weit.' }],
  ...given,
})

test('a template is read with its header, values, examples and buttons', () => {
  const seen = readTemplate(
    node({
      parameter_format: 'NAMED',
      quality_score: { score: 'GREEN', date: 1795333200 },
      rejected_reason: 'NONE',
      correct_category: '',
      components: [
        { type: 'HEADER', format: 'document', example: { header_handle: ['4::aW52'] } },
        {
          type: 'BODY',
          text: 'Guten Tag {{name}}, am {{tag}} kommen wir.',
          example: {
            body_text_named_params: [
              { param_name: 'name', example: 'Ada' },
              { param_name: 'tag', example: 'Montag' },
            ],
          },
        },
        { type: 'FOOTER', text: 'Nordwerk' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Passt' },
            {
              type: 'URL',
              text: 'Ansehen',
              url: 'https://nordwerk.example/{{1}}',
              example: ['https://nordwerk.example/1'],
            },
            { type: 'PHONE_NUMBER', text: 'Anrufen', phone_number: '+494030068810' },
          ],
        },
      ],
    }),
  )
  expect(seen).toEqual({
    metaId: '1689000000000001',
    name: 'lieferung',
    language: 'de',
    status: 'APPROVED',
    category: 'UTILITY',
    quality: 'GREEN',
    format: 'NAMED',
    header: { format: 'DOCUMENT' },
    body: 'Guten Tag {{name}}, am {{tag}} kommen wir.',
    footer: 'Nordwerk',
    examples: { name: 'Ada', tag: 'Montag' },
    buttons: [
      { type: 'QUICK_REPLY', text: 'Passt' },
      {
        type: 'URL',
        text: 'Ansehen',
        url: 'https://nordwerk.example/{{1}}',
        example: ['https://nordwerk.example/1'],
      },
      { type: 'PHONE_NUMBER', text: 'Anrufen', phone: '+494030068810' },
    ],
  })
})

test('numbered examples, a rejection and a coming category are kept', () => {
  const body = { type: 'BODY', text: 'Code {{1}} bis {{2}}.', example: { body_text: [['4', '5']] } }
  expect(
    readTemplate(
      node({
        status: 'REJECTED',
        rejected_reason: 'PROMOTIONAL',
        correct_category: 'MARKETING',
        components: [body],
      }),
    ),
  ).toMatchObject({
    format: 'POSITIONAL',
    quality: 'UNKNOWN',
    rejectedReason: 'PROMOTIONAL',
    coming: { category: 'MARKETING' },
    examples: { '1': '4', '2': '5' },
  })
})

test('a carousel is read card by card', () => {
  const card = {
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Filter {{1}}' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Mehr' }] },
    ],
  }
  const components = [
    { type: 'BODY', text: 'Neu im Herbst' },
    { type: 'CAROUSEL', cards: [card, card] },
  ]
  const seen = readTemplate(node({ category: 'MARKETING', components }))
  const expected = {
    header: { format: 'IMAGE' },
    body: 'Filter {{1}}',
    buttons: [{ type: 'QUICK_REPLY', text: 'Mehr' }],
  }
  expect(seen.cards).toEqual([expected, expected])
  expect(seen).not.toHaveProperty('hasUnknownParts')
})

test('the one value of a code is the code, even where its text is not told', () => {
  const components = [
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 5 },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'URL', text: 'Kopieren', url: 'https://www.whatsapp.com/otp/code/?code=otp{{1}}' },
      ],
    },
  ]
  expect(readTemplate(node({ category: 'AUTHENTICATION', components })).body).toBe('{{1}}')
})

test.each([
  ['a part', [{ type: 'BODY', text: 'x' }, { type: 'LIMITED_TIME_OFFER' }]],
  [
    'a header',
    [
      { type: 'BODY', text: 'x' },
      { type: 'HEADER', format: 'PRODUCT' },
    ],
  ],
  [
    'a button',
    [
      { type: 'BODY', text: 'x' },
      { type: 'BUTTONS', buttons: [{ type: 'MPM' }] },
    ],
  ],
  [
    'an unreadable card',
    [
      { type: 'BODY', text: 'x' },
      { type: 'CAROUSEL', cards: [{ components: [5] }] },
    ],
  ],
  [
    'an unreadable button',
    [
      { type: 'BODY', text: 'x' },
      { type: 'BUTTONS', buttons: [{ text: 'x' }] },
    ],
  ],
  ['something that is no part at all', [{ type: 'BODY', text: 'x' }, 'x']],
  ['nothing that can be read', 'x'],
])(
  'with %s that Kontor has no words for, it is known not to be understood',
  (_what, components) => {
    expect(readTemplate(node({ components })).hasUnknownParts).toBe(true)
  },
)
