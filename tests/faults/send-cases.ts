/** The ways a send can fail, and what may come of each. */
import { isFull } from './rig.ts'

export const through = ['accepted', 'sent', 'delivered', 'read']

export type Case = {
  name: string
  faults: object[]
  /** How often the platform takes it. */
  accepts: number
  ends: string[]
}

/** Nobody can tell of these whether the platform has the message. */
export const doubtful: Case[] = [
  {
    name: 'the answer was lost, and no report ever came',
    faults: [{ kind: 'timeout-after-accept', count: 1, delayMs: 50 }, { kind: 'drop-status' }],
    accepts: 1,
    ends: ['uncertain'],
  },
  {
    name: 'the platform failed after it took the message, and no report ever came',
    faults: [{ kind: 'error-after-accept', code: 131000, count: 1 }, { kind: 'drop-status' }],
    accepts: 1,
    ends: ['uncertain'],
  },
  {
    name: 'the platform said that something went wrong',
    faults: [{ kind: 'error', code: 131000, count: 1 }],
    accepts: 0,
    ends: ['uncertain'],
  },
  {
    name: 'the platform was out of order',
    faults: [{ kind: 'outage', path: '/messages', count: 1 }],
    accepts: 0,
    ends: ['uncertain'],
  },
  {
    name: 'the service was not to be had',
    faults: [{ kind: 'error', code: 131016, count: 1 }],
    accepts: 0,
    ends: ['uncertain'],
  },
]

/** Later than the server waits for an answer. */
const tooLate: Case = {
  name: 'the answer came when nobody waited for it any more',
  faults: [{ kind: 'slow-after-accept', count: 1, delayMs: 30_000 }],
  accepts: 1,
  ends: through,
}

/** A report settles these. */
export const reported: Case[] = [
  {
    name: 'the answer was lost',
    faults: [{ kind: 'timeout-after-accept', count: 1, delayMs: 50 }],
    accepts: 1,
    ends: through,
  },
  {
    name: 'the answer came late',
    faults: [{ kind: 'slow-after-accept', count: 1, delayMs: 3000 }],
    accepts: 1,
    ends: through,
  },
  {
    name: 'the platform failed after it took the message',
    faults: [{ kind: 'error-after-accept', code: 131000, count: 1 }],
    accepts: 1,
    ends: through,
  },
  ...(isFull ? [tooLate] : []),
]

/** These provably never left, so a machine may try again. */
export const repeatable: Case[] = [130429, 4, 80007, 131057].map((code) => ({
  name: `the number was told to slow down (${code})`,
  faults: [{ kind: 'error', code, count: 2 }],
  accepts: 1,
  ends: through,
}))
export const pairLimit: Case = {
  name: 'the pair was told to slow down (131056)',
  faults: [{ kind: 'error', code: 131056, count: 1 }],
  accepts: 1,
  ends: through,
}

/** The platform will not have these, whatever happens. */
export const refused: Case[] = [100, 131009, 131026, 131031, 131047].map((code) => ({
  name: `the platform refused it (${code})`,
  faults: [{ kind: 'error', code, count: 1 }],
  accepts: 0,
  ends: ['failed'],
}))

export function crashed(ends: string[]): Case {
  return { name: 'the server died between the taking and the answer', faults: [], accepts: 1, ends }
}
