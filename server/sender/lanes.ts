import type { Message } from '../../core/domain/message.ts'

/** Small goes first. Whatever is behind `automation` may wait for what people write. @see sync.md 2.1 */
export const lanes = { agent: 0, automation: 1, notice: 5, bulk: 9 } as const

/** Who wrote a message decides how soon it leaves, unless it says that it is a notice or one of many. */
export function laneOf({ lane, author }: Pick<Message, 'lane' | 'author'>): number {
  if (lane !== undefined) return lanes[lane]
  return author?.kind === 'agent' ? lanes.agent : lanes.automation
}

/** A reply that could not leave for so long may be out of place: a person decides again. @see sync.md 2.5 */
export const replyExpiresMs = 15 * 60_000
/** Longest that anything is tried. @see sync.md 2.5 */
const dayMs = 24 * 60 * 60_000

/** Until when a message may leave that may leave from `dueMs` on. */
export function deadlineMs(message: Pick<Message, 'lane' | 'expiresAtMs'>, dueMs: number): number {
  return message.expiresAtMs ?? dueMs + (message.lane === undefined ? replyExpiresMs : dayMs)
}

/** What people and rules write gets its time anew after a pause; a notice's deadline is part of what it says. */
export const lastPatientLane = lanes.automation
