import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes } from '../../core/lib/errors.ts'
import { errors } from '../../core/text/en/errors.ts'
import { statusOf } from './errors.ts'

test('docs/errors.md has a row for each code, with its status, and with what the person sees', () => {
  const document = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const rows = document
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const told = rows.map(([, code, status, sees]) => [code, status, sees])
  expect(told).toEqual(
    errorCodes.map((code) => [`\`${code}\``, String(statusOf[code]), errors[code]]),
  )
  for (const row of rows) expect(row[4]).not.toBe('')
})
