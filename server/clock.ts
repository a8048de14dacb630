import { randomFillSync } from 'node:crypto'
import type { Platform } from '../core/lib/clock.ts'
import { uuidV7 } from '../core/lib/uuid.ts'

/** Randomness for many ids at once: asking for it costs more than all the rest of an id. */
const random = new Uint8Array(10 * 400)
let randomAt = random.length

function tenRandomBytes(): Uint8Array {
  if (randomAt === random.length) {
    randomFillSync(random)
    randomAt = 0
  }
  return random.subarray(randomAt, (randomAt += 10))
}

/** This machine's time, randomness and waiting. A wait keeps no process alive. */
export const clock: Platform = {
  nowMs: () => Date.now(),
  newId: () => uuidV7(Date.now(), tenRandomBytes()),
  random: () => Math.random(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
