import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reasonCodeOf } from './reasons.ts'

/** Every reason written down in the sources, with a word where they put one of WhatsApp's. */
function reasonsIn(folder: string): string[] {
  const path = join(import.meta.dirname, '..', folder)
  const files = readdirSync(path).filter((name) => /(?<!\.test)\.ts$/.test(name))
  return files.flatMap((name) => {
    if (name === 'reasons.ts') return []
    const source = readFileSync(join(path, name), 'utf8')
    const said = source.matchAll(
      /(?:(?:ignored|failed|reason)(?::|\(| =)|(?:Event|InVain|Conflict) =)\s*(['`])((?:(?!\1).)+)\1/g,
    )
    return [...said].map(([, , text = '']) => text.replace(/\$\{[^}]*\}/g, 'word'))
  })
}

test('every reason there is has a code of its own', () => {
  const found = [...reasonsIn('whatsapp'), ...reasonsIn('intake')]
  expect(found.length).toBeGreaterThan(30)
  const strange = found.filter((reason) => reasonCodeOf(reason) === 'other')
  expect(strange).toEqual(['failed']) // the step of a message, which is no reason
})

test('words of WhatsApp’s own do not hide what a reason says', () => {
  expect(reasonCodeOf('could not be folded in 5 tries: canceling statement\ndue to …')).toBe(
    'tries-exhausted',
  )
  expect(reasonCodeOf('unknown field brand_new, kept')).toBe('unknown-field')
  expect(reasonCodeOf('status of a group, kept')).toBe('group-event')
  expect(reasonCodeOf('status pending, kept')).toBe('other-status')
  expect(reasonCodeOf('something new')).toBe('other')
})
