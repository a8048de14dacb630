import type { MessageId, UserId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { anId } from '../../core/testing/examples.ts'

const minuteMs = 60_000

/** Makes messages of a conversation, one every few minutes, that ends about `nowMs`. */
export function teller(
  nowMs: number,
  me: { id: UserId; name: string },
  minutesBack = 24 * 60 + 40,
) {
  let minutes = minutesBack
  const anna = { kind: 'agent' as const, id: me.id, name: me.name }
  const at = (step = 3) => {
    minutes -= step
    const sentAtMs = nowMs - minutes * minuteMs
    return { sentAtMs, receivedAtMs: sentAtMs + 900 }
  }
  return {
    anna,
    cem: { kind: 'agent' as const, id: anId<string>(), name: 'Cem Yıldız' },
    at,
    inbound: (rest: Partial<Message>): Partial<Message> => ({ direction: 'in', ...at(), ...rest }),
    happened: (
      activity: NonNullable<Message['activity']>,
      author?: Message['author'],
    ): Partial<Message> => ({
      ...{ direction: 'system', type: 'activity', status: 'saved', ...at() },
      ...(author === undefined ? { author: { kind: 'system', name: '' } } : { author }),
      activity,
    }),
    out: (status: Message['status'], rest: Partial<Message>): Partial<Message> => {
      const time = at()
      const later = (seconds: number) => time.sentAtMs + seconds * 1000
      return {
        ...{ direction: 'out', type: 'text', author: anna, status, ...time },
        wamid: `wamid.${anId<MessageId>()}`,
        statusAt: {
          queued: time.sentAtMs,
          ...(['sent', 'delivered', 'read'].includes(status) ? { sent: later(2) } : {}),
          ...(['delivered', 'read'].includes(status) ? { delivered: later(4) } : {}),
          ...(status === 'read' ? { read: later(90) } : {}),
        },
        ...rest,
      }
    },
  }
}
