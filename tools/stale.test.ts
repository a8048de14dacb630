import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { build, isStale, type Piece } from './stale.ts'

const piece: Piece = { name: 'cake', inputs: ['flour', 'oven.json'], output: 'out/cake' }

let root: string
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kontor-stale-'))
  write('flour/a.ts', 'a')
  write('oven.json', '180')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file: string, content: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), content)
}
const bake = () => build(root, piece, () => write('out/cake', 'cake'))

test('what was never built is stale, what was just built is not', async () => {
  expect(isStale(root, piece)).toBe(true)
  await bake()
  expect(isStale(root, piece)).toBe(false)
})

test.each([
  { what: 'a changed file', change: () => write('flour/a.ts', 'b') },
  { what: 'a new file, however deep', change: () => write('flour/x/y.svelte', '') },
  { what: 'a file gone', change: () => rmSync(join(root, 'flour/a.ts')) },
  { what: 'a changed file named by itself', change: () => write('oven.json', '200') },
  { what: 'a missing result', change: () => rmSync(join(root, 'out/cake')) },
])('$what makes it stale', async ({ change }) => {
  await bake()
  change()
  expect(isStale(root, piece)).toBe(true)
})

test('tests and touched files do not', async () => {
  await bake()
  write('flour/a.test.ts', 'test')
  write('flour/testing/show.ts', 'show')
  utimesSync(join(root, 'flour/a.ts'), 1, 1)
  expect(isStale(root, piece)).toBe(false)
})

test('a file saved while it was being built makes it stale again', async () => {
  await build(root, piece, () => {
    write('out/cake', 'cake')
    write('flour/a.ts', 'saved meanwhile')
  })
  expect(isStale(root, piece)).toBe(true)
})

test('a build that failed is stale', async () => {
  await bake()
  write('flour/a.ts', 'b')
  const fail = build(root, piece, () => {
    throw new Error('burnt')
  })
  await expect(fail).rejects.toThrow('burnt')
  write('flour/a.ts', 'a')
  expect(isStale(root, piece)).toBe(true)
})
