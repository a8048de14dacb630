import { AppError } from '../lib/errors.ts'
import { aroundDisk } from './disk-around.ts'
import type { Blobs, Disk } from './ports.ts'
import { isSeenFile } from './seen-files.ts'

/**
 * The same disk, where files that were only looked at give way: when it is too full for a document or a record they go,
 * and it is tried once more.
 */
export function yieldingDisk(disk: Disk): Disk {
  return aroundDisk(disk, async (act, work) => {
    try {
      return await work()
    } catch (error) {
      const isFull = error instanceof AppError && error.code === 'disk-full'
      if (act !== 'write' || !isFull || !(await forgetSeen(disk.blobs))) throw error
      return work()
    }
  })
}

/** @returns whether there were any */
async function forgetSeen(blobs: Blobs): Promise<boolean> {
  const seen = (await blobs.list()).filter(({ name }) => isSeenFile(name))
  for (const { name } of seen) await blobs.remove(name)
  return seen.length > 0
}
