import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { diskStore } from '../../media/disk-store.ts'

/** Puts files of a backup into a folder of media. One that is there stays: what lies under a hash never changes. */
export function putMediaInto(folder: string) {
  const store = diskStore(folder)
  return async (name: string, sizeBytes: number, bytes: AsyncIterable<Buffer>): Promise<void> => {
    if ((await store.sizeOf(name)) === sizeBytes) return
    const path = join(folder, 'tmp', randomUUID())
    await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 })
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const part of bytes) await file.appendFile(part)
        await file.sync()
      } finally {
        await file.close()
      }
      await store.put(path, name)
    } finally {
      await rm(path, { force: true })
    }
  }
}
