import type { Lock, Locker } from '@tus/server'

/**
 * One request at a time for each upload. A newer one asks the one before it to end, whose line may have died without
 * anybody noticing.
 */
export class UploadLocks implements Locker {
  readonly #held = new Map<string, { giveUp: () => void; isFree: Promise<void> }>()

  newLock(id: string): Lock {
    let free: () => void = () => undefined
    return {
      lock: async (_signal, giveUp) => {
        for (let holder = this.#held.get(id); holder !== undefined; holder = this.#held.get(id)) {
          holder.giveUp()
          await holder.isFree
        }
        const isFree = new Promise<void>((resolve) => (free = resolve))
        this.#held.set(id, { giveUp: () => void giveUp(), isFree })
      },
      unlock: async () => {
        this.#held.delete(id)
        free()
      },
    }
  }
}
