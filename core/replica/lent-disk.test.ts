import { expect, test } from 'vitest'
import { createMemoryDisk } from '../testing/memory-disk.ts'
import { lend } from './lent-disk.ts'

test('a disk that was taken back is written to no more, by nobody who still holds it', async () => {
  const own = createMemoryDisk()
  const lent = lend(own)
  const { disk } = lent
  const [journal, document] = [disk.journal('log'), disk.document('rows')]
  await journal.append(['in time'], true)
  await lent.takeBack()
  const late = [
    () => journal.append(['late'], true),
    () => document.write('late'),
    () => disk.blobs.put('seen', Uint8Array.of(1)),
    () => disk.journal('other').append(['late'], true),
  ]
  for (const write of late) await expect(write()).rejects.toMatchObject({ code: 'offline' })
  expect((await own.journal('log').read()).records).toEqual(['in time'])
  expect(await own.list()).toEqual({ documents: [], journals: ['log'] })
})

test('what is under way when it is taken back is waited for', async () => {
  const own = createMemoryDisk()
  const lent = lend(own)
  const writing = lent.disk.document('rows').write('under way')
  await lent.takeBack()
  expect(await own.document('rows').read()).toBe('under way')
  await writing
})
