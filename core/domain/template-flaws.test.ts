import { expect, test } from 'vitest'
import { aTemplate, anId } from '../testing/examples.ts'
import type { MediaId } from './ids.ts'
import type { TemplateValues } from './message.ts'
import type { Template } from './template.ts'
import { flawOfValues } from './template-flaws.ts'
import { useTemplate } from './template-use.ts'

const file = (mime: string) => ({ id: anId<MediaId>(), mime, state: 'ready' as const })
const numbered = aTemplate()
const named = aTemplate({ format: 'NAMED', body: 'Guten Tag {{name}}, bis {{tag}}.' })
const pictured = aTemplate({ header: { format: 'IMAGE' }, body: 'Neu bei uns' })
const linked = aTemplate({
  body: 'Ihre Sendung',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Danke' },
    { type: 'URL', text: 'Verfolgen', url: 'https://nordwerk.example/{{1}}' },
    { type: 'URL', text: 'Start', url: 'https://nordwerk.example' },
    { type: 'COPY_CODE', text: 'Code' },
  ],
})
const code = aTemplate({
  category: 'AUTHENTICATION',
  body: '{{1}} ist Ihr Code.',
  buttons: [{ type: 'URL', text: 'Kopieren', url: 'https://www.whatsapp.com/otp/?code=otp{{1}}' }],
})
const cards = aTemplate({
  body: 'Neu im Herbst',
  cards: [
    { header: { format: 'IMAGE' }, body: 'Filter {{1}}', buttons: [] },
    { header: { format: 'IMAGE' }, body: 'Pumpe', buttons: [] },
  ],
})
const picture = { type: 'image' as const, media: file('image/png') }
const link = { index: 1, value: '4711' }
const coupon = { index: 3, value: 'HERBST' }

test.each<[string, Template, TemplateValues]>([
  ['numbered values', numbered, { params: ['Ada', 'Paket'] }],
  ['named values', named, { params: { name: 'Ada', tag: 'Montag' } }],
  ['a picture above', pictured, { params: [], header: picture }],
  ['the values of buttons', linked, { params: [], buttons: [link, coupon] }],
  [
    'a payload of one’s own',
    linked,
    { params: [], buttons: [link, coupon, { index: 0, value: 'DANKE' }] },
  ],
  ['a code', code, { params: ['123456'] }],
  [
    'every card',
    cards,
    { params: [], cards: [{ header: picture, params: ['X'] }, { header: picture }] },
  ],
])('%s fit', (_what, template, values) => {
  expect(flawOfValues(template, values)).toBeUndefined()
})

test.each<[string, Template, TemplateValues, string, string]>([
  ['a value too few', numbered, { params: ['Ada'] }, '/params/1', 'missing'],
  ['a blank value', numbered, { params: ['Ada', ' '] }, '/params/1', 'missing'],
  ['a value too many', numbered, { params: ['a', 'b', 'c'] }, '/params/2', 'unexpected'],
  ['names for numbers', numbered, { params: { '1': 'a', '2': 'b' } }, '/params', 'malformed'],
  ['numbers for names', named, { params: ['a', 'b'] }, '/params', 'malformed'],
  ['a name too few', named, { params: { name: 'Ada' } }, '/params/tag', 'missing'],
  [
    'a name nobody asked for',
    named,
    { params: { name: 'a', tag: 'b', 'a/b': 'c' } },
    '/params/a~1b',
    'unexpected',
  ],
  ['a line break', numbered, { params: ['a\nb', 'c'] }, '/params/0', 'malformed'],
  ['a tab', numbered, { params: ['a\tb', 'c'] }, '/params/0', 'malformed'],
  ['five spaces', numbered, { params: ['a     b', 'c'] }, '/params/0', 'malformed'],
  ['too much text', numbered, { params: ['a'.repeat(1000), 'b'] }, '/params', 'too-long'],
  ['no picture', pictured, { params: [] }, '/header', 'missing'],
  [
    'a film for a picture',
    pictured,
    { params: [], header: { type: 'video', media: file('video/mp4') } },
    '/header/type',
    'malformed',
  ],
  [
    'a picture WhatsApp does not take',
    pictured,
    { params: [], header: { type: 'image', media: file('image/webp') } },
    '/header/media',
    'malformed',
  ],
  ['a header too many', linked, { params: [], header: picture }, '/header', 'unexpected'],
  ['no end of the address', linked, { params: [], buttons: [coupon] }, '/buttons', 'missing'],
  [
    'a button that takes nothing',
    linked,
    { params: [], buttons: [{ index: 2, value: 'x' }] },
    '/buttons/0/index',
    'unexpected',
  ],
  [
    'a button that is not there',
    linked,
    { params: [], buttons: [{ index: 7, value: 'x' }] },
    '/buttons/0/index',
    'unexpected',
  ],
  ['a button twice', linked, { params: [], buttons: [link, link] }, '/buttons/1/index', 'repeated'],
  [
    'an address with a space',
    linked,
    { params: [], buttons: [{ index: 1, value: 'a b' }] },
    '/buttons/0/value',
    'malformed',
  ],
  [
    'a long coupon',
    linked,
    { params: [], buttons: [link, { index: 3, value: 'x'.repeat(21) }] },
    '/buttons/1/value',
    'too-long',
  ],
  ['a long code', code, { params: ['1'.repeat(16)] }, '/params/0', 'too-long'],
  [
    'another code on the button',
    code,
    { params: ['123456'], buttons: [{ index: 0, value: '654321' }] },
    '/buttons',
    'unexpected',
  ],
  ['a card too few', cards, { params: [], cards: [{ header: picture }] }, '/cards', 'missing'],
  [
    'a card without its picture',
    cards,
    { params: [], cards: [{ header: picture, params: ['X'] }, {}] },
    '/cards/1/header',
    'missing',
  ],
  [
    'a card without its value',
    cards,
    { params: [], cards: [{ header: picture }, { header: picture }] },
    '/cards/0/params/0',
    'missing',
  ],
])('%s is found', (_what, template, values, at, rule) => {
  expect(flawOfValues(template, values)).toMatchObject({ at, rule })
})

test('a placeholder named like a part of every object still needs its value', () => {
  const tricky = aTemplate({ format: 'NAMED', body: 'Guten Tag {{constructor}}.' })
  expect(flawOfValues(tricky, { params: {} })).toMatchObject({ at: '/params/constructor' })
  expect(useTemplate(tricky, { params: {} }).text).toBe('Guten Tag {{constructor}}.')
})

test('a used template keeps what it carried and how it looked', () => {
  const shown = aTemplate({
    ...linked,
    header: { format: 'TEXT', text: 'Sendung {{1}}' },
    body: 'Guten Tag {{1}}',
    footer: 'Nordwerk',
  })
  const values: TemplateValues = {
    params: ['Ada'],
    header: { type: 'text', params: ['4711'] },
    buttons: [link, coupon],
  }
  expect(useTemplate(shown, values)).toEqual({
    text: 'Guten Tag Ada',
    template: {
      id: shown.id,
      name: shown.name,
      language: 'de',
      category: 'UTILITY',
      ...values,
      buttons: [
        { ...link, type: 'URL' },
        { ...coupon, type: 'COPY_CODE' },
      ],
      shown: {
        header: 'Sendung 4711',
        footer: 'Nordwerk',
        buttons: ['Danke', 'Verfolgen', 'Start', 'Code'],
      },
    },
  })
})

test('a code’s button carries the code by itself, a flow’s its usual token', () => {
  expect(useTemplate(code, { params: ['123456'] }).template.buttons).toEqual([
    { index: 0, type: 'URL', value: '123456' },
  ])
  const flow = aTemplate({ body: 'Termin', buttons: [{ type: 'FLOW', text: 'Wählen' }] })
  expect(useTemplate(flow, { params: [] }).template.buttons).toEqual([
    { index: 0, type: 'FLOW', value: 'unused' },
  ])
})

test('an unfilled preview shows what is still missing', () => {
  expect(useTemplate(numbered, { params: ['Ada'] }).text).toBe(
    'Guten Tag Ada, zu „{{2}}“ haben wir eine Antwort.',
  )
})
