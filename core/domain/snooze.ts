import Type, { type Static } from 'typebox'
import { withMessage, type Conversation } from './conversation.ts'
import type { MessageId } from './ids.ts'
import type { Message } from './message.ts'
import { AtMs } from './time.ts'

/**
 * Until when a conversation is put aside: a time, the contact's answer, or shortly before the reply window closes. It
 * comes back in any case when the contact writes.
 */
export const SnoozeUntil = Type.Union([
  Type.Object({ kind: Type.Literal('time'), atMs: AtMs }),
  Type.Object({ kind: Type.Literal('reply') }),
  Type.Object({ kind: Type.Literal('window') }),
])
export type SnoozeUntil = Static<typeof SnoozeUntil>

/** How long before the end of the reply window a conversation comes back for it. */
const beforeWindowMs = 60 * 60_000
/** How far ahead a conversation may be put aside. */
export const mostSnoozedMs = 365 * 24 * 60 * 60_000

/** When it comes back by itself; null when only an answer brings it back, undefined where there is no such time. */
export function returnsAtMs(
  until: SnoozeUntil,
  { windowExpiresAtMs }: Pick<Conversation, 'windowExpiresAtMs'>,
): number | null | undefined {
  if (until.kind === 'time') return until.atMs
  if (until.kind === 'reply') return null
  return windowExpiresAtMs === null ? undefined : windowExpiresAtMs - beforeWindowMs
}

/** The conversation when its time has come, and the line in its thread that says so. */
export function returned(
  conversation: Conversation,
  id: MessageId,
  nowMs: number,
): { conversation: Conversation; line: Message } {
  const line: Message = {
    id,
    conversationId: conversation.id,
    numberId: conversation.numberId,
    ord: conversation.lastOrd + 1,
    direction: 'system',
    type: 'activity',
    activity: { kind: 'conversation-returned' },
    status: 'saved',
    statusAt: {},
    author: { kind: 'system', name: 'Kontor' },
    reactions: [],
    sentAtMs: nowMs,
    receivedAtMs: nowMs,
  }
  const open: Conversation = {
    ...conversation,
    status: 'open',
    snoozedUntilMs: null,
    returnedAtMs: nowMs,
  }
  return { conversation: withMessage(open, line), line }
}
