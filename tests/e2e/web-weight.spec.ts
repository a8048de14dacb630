import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { buildConsole } from '../../tools/desk/build.ts'

const folder = join(import.meta.dirname, '../../out/renderer')

test('the page begins with at most 120 kB of script and 25 kB of styles on the way', async () => {
  test.setTimeout(240_000)
  await buildConsole({ withWindow: false })
  const page = await readFile(join(folder, 'index.html'), 'utf8')

  expect(
    await bytesOnTheWay(page, /(?:src|modulepreload" crossorigin href)="([^"]+\.js)"/g),
  ).toBeLessThan(120_000)
  expect(await bytesOnTheWay(page, /href="([^"]+\.css)"/g)).toBeLessThan(25_000)
})

/** Of all files the page names so; there is at least one. */
async function bytesOnTheWay(page: string, naming: RegExp): Promise<number> {
  const names = [...page.matchAll(naming)].flatMap(([, name]) => name ?? [])
  expect(names).not.toEqual([])
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))))
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)
}
