import type { BeforeCommit } from '../../log/log.ts'
import type { Pace } from './pace.ts'

/** Counts what comes in, so that a number does not send at a rate that is already used up. */
export function countArrivals(pace: Pick<Pace, 'heard'>): BeforeCommit {
  return async (tx, written) => {
    const counts = new Map<string, number>()
    for (const { change, before } of written) {
      if (change.entity !== 'message' || before !== undefined) continue
      const { direction, isHistory, numberId } = change.row
      if (direction !== 'in' || isHistory === true) continue
      counts.set(numberId, (counts.get(numberId) ?? 0) + 1)
    }
    for (const [numberId, count] of counts) pace.heard(numberId, count, tx.nowMs)
  }
}
