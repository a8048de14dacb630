import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  body,
  change,
  countParts,
  doerte,
  failure,
  message,
  status,
} from '../../tests/fixtures/bodies.ts'
import { translate } from './translate.ts'

const file = { id: '1801', mime_type: 'image/jpeg' }

test('any JSON is translated without throwing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(translate(value).length).toBeGreaterThan(0)
      expect(translate({ entry: [value] }).length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})

test('a known body with anything anywhere is still as many parts as it has members', () => {
  const fields = [
    'messages',
    'statuses',
    'user_preferences',
    'user_id_update',
    'message_echoes',
    'calls',
    'errors',
  ]
  const known = fc.constantFrom(
    message(doerte, { type: 'image', image: file }),
    message(doerte, { type: 'reaction', reaction: { message_id: 'wamid.R' } }),
    message(doerte, { type: 'system', system: { type: 'user_changed_number', wa_id: '49' } }),
    message(doerte, {
      type: 'edit',
      edit: { original_message_id: 'a', message: { type: 'text' } },
    }),
    status('wamid.X', 'failed', failure(1, 'x')),
    { wa_id: '4940', value: 'stop', timestamp: 1 },
  )
  const mixed = fc
    .tuple(known, fc.string(), fc.jsonValue({ maxDepth: 3 }))
    .map(([base, key, value]) => {
      const keys = Object.keys(base)
      return { ...base, [keys[key.length % keys.length] ?? 'x']: value, [key]: value }
    })
  const items = fc.array(fc.oneof(known, mixed, fc.jsonValue({ maxDepth: 3 })), { minLength: 1 })
  fc.assert(
    fc.property(fc.constantFrom(...fields), items, fc.boolean(), (key, members, hasNumber) => {
      const value = hasNumber
        ? body(change('messages', { [key]: members }))
        : body({ field: 'messages', value: { [key]: members } })
      expect(translate(value)).toHaveLength(countParts(value))
    }),
    { numRuns: 500 },
  )
})
