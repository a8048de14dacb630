import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { invariants } from '../simulation/invariants.ts'

/** The table of tests/README.md: what is proved, and in which files. */
const folder = join(import.meta.dirname, '..')
const lines = readFileSync(join(folder, 'README.md'), 'utf8').split('\n')
const proofs = lines.flatMap((line) => {
  const [, id, , files] = /^\| (row \d+|[PIL]\d+) \|(.*)\|(.*)\|$/.exec(line) ?? []
  if (id === undefined || files === undefined) return []
  return [{ id, files: [...files.matchAll(/`([^`]+)`/g)].flatMap(([, file]) => file ?? []) }]
})

const promises = [2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14].map((number) => `P${number}`)
const rows = [4, 5, 6, 7, 8, 9, 14, 16, 17, 18, 19, 20, 21].map((number) => `row ${number}`)

test('every promise, fault row and invariant has its place in the table', () => {
  expect(proofs.map(({ id }) => id)).toEqual([...promises, ...rows, ...Object.keys(invariants)])
})

test.each(proofs)('$id is named by each file that is said to prove it', ({ id, files }) => {
  expect(files).not.toEqual([])
  for (const file of files) {
    const named = new RegExp(`(test|it|describe|'|\`|Broken\\(').*\\b${id}\\b|^ {2}${id}: '`, 'm')
    expect(readFileSync(join(folder, file), 'utf8'), file).toMatch(named)
  }
})
