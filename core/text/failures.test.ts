import { expect, test } from 'vitest'
import { metaErrors } from '../../server/whatsapp/errors.ts'
import { catalogue } from './catalogue.ts'
import { failureOf } from './failures.ts'
import { late } from './late.ts'

/** Kontor's own reasons not to send. */
const own = [
  'window-closed',
  'expired',
  'dismissed',
  'taken-back',
  'file-missing',
  'marketing-stopped',
  'template-mismatch',
]

test('every code WhatsApp is known to answer tells the agent why and the administrator what to do', () => {
  for (const code of [...metaErrors.keys(), ...own, 200, 299]) {
    const { kind } = failureOf(code)
    expect(kind, `code ${code}`).not.toBe('other')
    for (const language of ['de', 'en'] as const) {
      expect(catalogue[language].failures[kind]).toBeTruthy()
      expect(late[language].advice[kind]).toBeTruthy()
    }
  }
})

test('a code Meta has invented since is told by its own title and may be sent again', () => {
  expect(failureOf(987_654)).toEqual({ kind: 'other', help: 'resend', isRetried: false })
  expect(failureOf(undefined).kind).toBe('other')
})

test('whatever is told has its advice', () => {
  expect(Object.keys(late.de.advice)).toEqual(Object.keys(catalogue.de.failures))
})

test('exactly the codes that provably never left are sent again by the machine', () => {
  const retried = [...metaErrors.keys()].filter((code) => failureOf(code).isRetried)
  for (const code of [4, 80007, 130429, 131056, 131057]) expect(retried).toContain(code)
  for (const code of [1, 2, 131000, 131016, 131047]) expect(retried).not.toContain(code)
})
