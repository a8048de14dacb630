import { expect, test } from 'vitest'
import { flawOf, type Interactive } from './interactive.ts'

const body = { text: 'Worum geht es?' }
const reply = (id: string, title: string) => ({ type: 'reply' as const, reply: { id, title } })
const list = (...sections: { title?: string; rows: { id: string; title: string }[] }[]) =>
  ({ type: 'list', body, action: { button: 'Wählen', sections } }) satisfies Interactive
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}`, title: 'Zeile' }))
const flow = (parameters: object) =>
  ({
    type: 'flow',
    body,
    action: {
      name: 'flow',
      parameters: { flow_message_version: '3', flow_cta: 'Termin wählen', ...parameters },
    },
  }) satisfies Interactive

test.each<[string, Interactive, string, string]>([
  [
    'an id twice',
    { type: 'button', body, action: { buttons: [reply('a', 'Ja'), reply('a', 'Nein')] } },
    '/action/buttons/1/reply/id',
    'repeated',
  ],
  [
    'a title twice',
    { type: 'button', body, action: { buttons: [reply('a', 'Ja'), reply('b', 'Ja')] } },
    '/action/buttons/1/reply/title',
    'repeated',
  ],
  [
    'eleven rows in all',
    list({ title: 'A', rows: rows(6) }, { title: 'B', rows: rows(5, 6) }),
    '/action/sections',
    'too-many',
  ],
  [
    'a section without a title',
    list({ title: 'A', rows: rows(1) }, { rows: rows(1, 1) }),
    '/action/sections/1/title',
    'missing',
  ],
  [
    'a row id twice',
    list({ title: 'A', rows: rows(1) }, { title: 'B', rows: rows(1) }),
    '/action/sections/1/rows/0/id',
    'repeated',
  ],
  ['no flow', flow({}), '/action/parameters/flow_id', 'missing'],
  [
    'two names of a flow',
    flow({ flow_id: '1', flow_name: 'x' }),
    '/action/parameters/flow_name',
    'unexpected',
  ],
  [
    'an emoji on a flow’s button',
    flow({ flow_id: '1', flow_cta: 'Termin 🗓️' }),
    '/action/parameters/flow_cta',
    'malformed',
  ],
])('%s is found', (_what, interactive, at, rule) => {
  expect(flawOf(interactive)).toMatchObject({ at, rule })
})

test('one section needs no title, and ten rows are allowed', () => {
  expect(flawOf(list({ rows: rows(10) }))).toBeUndefined()
  expect(flawOf(flow({ flow_name: 'termin' }))).toBeUndefined()
})
