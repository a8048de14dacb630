import { randomBytes } from 'node:crypto'
import type { Platform } from '../core/lib/clock.ts'
import { uuidV7 } from '../core/lib/uuid.ts'

/** This machine's time, randomness and waiting. A wait keeps no process alive. */
export const clock: Platform = {
  nowMs: () => Date.now(),
  newId: () => uuidV7(Date.now(), randomBytes(10)),
  random: () => Math.random(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
