import { expect, test } from 'vitest'
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts'
import { yieldingDisk } from './yielding-disk.ts'

/** A disk that has room again once a file is removed. */
async function aFullDisk(...files: string[]): Promise<{ disk: MemoryDisk; names: () => unknown }> {
  const disk = createMemoryDisk()
  for (const name of files) await disk.blobs.put(name, Uint8Array.of(1))
  disk.isFull = true
  const remove = disk.blobs.remove.bind(disk.blobs)
  disk.blobs.remove = async (name) => {
    await remove(name)
    disk.isFull = false
  }
  const names = async () => (await disk.blobs.list()).map(({ name }) => name)
  return { disk, names }
}

test('files that were only looked at go before a record or a document is refused', async () => {
  for (const what of ['record', 'document']) {
    const { disk, names } = await aFullDisk(
      'seen-1-thumbnail',
      'seen-2-original',
      'a-file-of-theirs',
    )
    const yielding = yieldingDisk(disk)
    if (what === 'record') await yielding.journal('log').append(['deed'], true)
    else await yielding.document('rows').write('rows')
    expect(await names()).toEqual(['a-file-of-theirs'])
    expect(await disk.list()).toEqual(
      what === 'record'
        ? { documents: [], journals: ['log'] }
        : { documents: ['rows'], journals: [] },
    )
  }
})

test('with none of them the disk is full, and what the person added stays', async () => {
  const { disk, names } = await aFullDisk('a-file-of-theirs')
  const adding = yieldingDisk(disk).journal('log').append(['deed'], true)
  await expect(adding).rejects.toMatchObject({ code: 'disk-full' })
  expect(await names()).toEqual(['a-file-of-theirs'])
})

test('it is tried once more, not for ever', async () => {
  const { disk } = await aFullDisk('seen-1-original')
  disk.blobs.remove = async () => undefined // somebody else takes the room at once
  const adding = yieldingDisk(disk).document('rows').write('rows')
  await expect(adding).rejects.toMatchObject({ code: 'disk-full' })
})
