import { expect, test } from 'vitest'
import { must } from '../lib/must.ts'
import { diskPromises } from './disk-contract.ts'
import { createMemoryDisk } from './memory-disk.ts'

for (const sentence of Object.keys(diskPromises)) {
  test(`in memory, ${sentence}`, async () => {
    const disk = createMemoryDisk()
    const reopen = async () => {
      disk.crash({ keepUnsynced: Infinity })
      return disk
    }
    const damage = async (journal: string, index: number) => disk.damage(journal, index)
    await must(diskPromises[sentence], sentence)({ disk, reopen, damage })
  })
}

test('a power cut takes what was not durable, or part of it', async () => {
  const disk = createMemoryDisk()
  const journal = disk.journal('log')
  await journal.append([1, 2], true)
  await journal.append([3], false)
  await journal.append([4], false)
  disk.crash({ keepUnsynced: 1 })
  expect((await disk.journal('log').read()).records).toEqual([1, 2, 3])
  await expect(journal.append([5], true)).rejects.toThrow('crashed')
})

test('a durable record takes those before it along', async () => {
  const disk = createMemoryDisk()
  await disk.journal('log').append([1], false)
  await disk.journal('log').append([2], true)
  disk.crash()
  expect((await disk.journal('log').read()).records).toEqual([1, 2])
})

test('a full disk adds nothing and says so', async () => {
  const disk = createMemoryDisk()
  disk.isFull = true
  await expect(disk.journal('log').append([1], true)).rejects.toMatchObject({ code: 'disk-full' })
  await expect(disk.document('one').write(1)).rejects.toMatchObject({ code: 'disk-full' })
  disk.isFull = false
  expect((await disk.journal('log').read()).records).toEqual([])
})
