import type { Handlers } from '../../../core/contract/contract.ts'
import type { DeliveredCall, InboxRow, StuckMessage } from '../../../core/contract/views.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { anId } from '../../../core/testing/examples.ts'

const minuteMs = 60_000

/** Some messages that did not leave, and calls of every kind. */
export function deliveryHandlers(
  rows: readonly InboxRow[],
): Pick<Handlers, 'delivery.stuck' | 'delivery.calls' | 'delivery.replay'> {
  const now = Date.now()
  const troubles: Pick<StuckMessage, 'state' | 'error'>[] = [
    { state: 'failed', error: { code: 131026, title: 'Message undeliverable' } },
    { state: 'uncertain' },
    { state: 'held' },
    { state: 'failed', error: { code: 131047, title: 'Re-engagement message' } },
  ]
  const items = troubles.map((trouble, index): StuckMessage => {
    const row = rows[index]
    return {
      messageId: anId(),
      conversationId: row?.conversation.id ?? anId(),
      numberId: row?.conversation.numberId ?? anId(),
      ...trouble,
      attempts: index === 3 ? 2 : 1,
      atMs: now - (index + 1) * 17 * minuteMs,
      contact: row?.contact ?? null,
    }
  })
  const call = (id: string, given: Partial<DeliveredCall>): DeliveredCall => ({
    id,
    receivedAtMs: now - (5000 - Number(id)) * minuteMs,
    state: 'done',
    sizeBytes: 900,
    parts: [{ kind: 'message-received', outcome: 'stored' }],
    ...given,
  })
  const failed = [
    call('4711', {
      parts: [{ kind: 'unknown', outcome: 'failed', reasonCode: 'not-a-webhook' }],
    }),
    call('4406', {
      sizeBytes: null,
      parts: [{ kind: 'message-received', outcome: 'failed', reasonCode: 'id-missing' }],
    }),
  ]
  const calls = [
    call('4990', { state: 'received', parts: [] }),
    call('4989', {
      parts: [
        { kind: 'status-changed', outcome: 'stored' },
        { kind: 'status-changed', outcome: 'stored' },
        { kind: 'status-changed', outcome: 'duplicate' },
      ],
    }),
    call('4988', {}),
    ...failed,
  ]
  return {
    'delivery.stuck': () => ({ items, nextCursor: null }),
    'delivery.calls': ({ isFailed }) => ({ items: isFailed ? failed : calls, nextCursor: 'more' }),
    'delivery.replay': () => {
      throw new AppError('offline', 'as there is no server')
    },
  }
}
