import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { lockData } from './lock.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-lock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

test('whoever comes second is refused in under a second, with a sentence', async () => {
  const release = await lockData(folder)
  const started = performance.now()
  await expect(lockData(folder)).rejects.toThrow(
    `The data folder ${folder} is in use by process ${process.pid}.`,
  )
  expect(performance.now() - started).toBeLessThan(1_000)
  await release()
  await (
    await lockData(folder)
  )()
  expect(await readdir(folder)).toEqual([])
})

test('of many that start at once exactly one gets the folder', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockData(folder)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test.each([
  ['an earlier boot', { pid: process.pid, boot: 'another', start: null }],
  ['a process that is gone', { pid: 2 ** 22 + 1, boot: null, start: null }],
  ['a pid that is somebody else by now', { pid: process.pid, boot: null, start: '1' }],
])('the lock of %s is taken over, by one of many', async (_whose, left) => {
  const path = join(folder, 'lock')
  const first = await lockData(folder)
  const mine = JSON.parse(await readFile(path, 'utf8'))
  await first()
  for (let round = 0; round < 40; round += 1) {
    await writeFile(path, JSON.stringify({ ...left, boot: left.boot ?? mine.boot }))
    const tries = Array.from({ length: 10 }, () => lockData(folder))
    const taken = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled')
    expect(taken).toHaveLength(1)
    await rm(path)
  }
})
