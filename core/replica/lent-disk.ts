import { AppError } from '../lib/errors.ts'
import { aroundDisk } from './disk-around.ts'
import type { Disk } from './ports.ts'

/** A disk for as long as somebody works at it. */
export type LentDisk = {
  disk: Disk
  /** From now on nothing is done on it any more; resolves when what was under way is over. */
  takeBack(): Promise<void>
}

/** Whoever still holds it after it was taken back, as an answer that comes late does, hears `offline`. */
export function lend(disk: Disk): LentDisk {
  const running = new Set<Promise<unknown>>()
  let isLent = true
  return {
    disk: aroundDisk(disk, async (_act, work) => {
      if (!isLent) throw new AppError('offline', 'the console was stopped')
      const doing = work()
      running.add(doing)
      return doing.finally(() => running.delete(doing))
    }),
    async takeBack() {
      isLent = false
      await Promise.allSettled(running)
    },
  }
}
