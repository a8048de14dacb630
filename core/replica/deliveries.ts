import Type, { type Static } from 'typebox'
import type { Handlers } from '../contract/contract.ts'
import type { DeliveredCall, StuckMessage } from '../contract/views.ts'
import { ConversationId, MessageId, NumberId } from '../domain/ids.ts'
import { SendError } from '../domain/message.ts'
import { asking } from './asking.ts'
import type { ConsoleCore } from './console.ts'

const Part = Type.Object({
  kind: Type.String(),
  outcome: Type.Enum(['stored', 'duplicate', 'ignored', 'parked', 'failed']),
  reasonCode: Type.Optional(Type.String()),
  messageId: Type.Optional(MessageId),
  conversationId: Type.Optional(ConversationId),
})
const Call = Type.Object({
  id: Type.String(),
  receivedAt: Type.String(),
  state: Type.Enum(['received', 'done', 'failed']),
  errorCode: Type.Optional(Type.String()),
  sizeBytes: Type.Union([Type.Integer(), Type.Null()]),
  parts: Type.Array(Part),
})
const Stuck = Type.Object({
  messageId: MessageId,
  conversationId: ConversationId,
  numberId: NumberId,
  state: Type.Enum(['failed', 'uncertain', 'held']),
  error: Type.Optional(SendError),
  attempts: Type.Integer(),
  at: Type.String(),
})
const nextCursor = Type.Union([Type.String(), Type.Null()])
const Calls = Type.Object({ items: Type.Array(Call), nextCursor })
const StuckOnes = Type.Object({ items: Type.Array(Stuck), nextCursor })

type DeliveryHandlers = Pick<Handlers, 'delivery.stuck' | 'delivery.calls' | 'delivery.replay'>

/** What did not leave, and what became of WhatsApp's calls. */
export function deliveryHandlers(core: ConsoleCore): DeliveryHandlers {
  const { answer } = asking(core.session)
  return {
    'delivery.stuck': async ({ cursor }) => {
      const found = await answer(StuckOnes, { path: '/api/v1/outbox', query: { cursor } })
      return { ...found, items: found.items.map((item) => stuckMessage(core, item)) }
    },
    'delivery.calls': async ({ isFailed, cursor }) => {
      const query = { cursor, outcome: isFailed ? 'failed' : undefined }
      const found = await answer(Calls, { path: '/api/v1/deliveries', query })
      return { ...found, items: found.items.map(deliveredCall) }
    },
    'delivery.replay': async ({ id }) => {
      const path = `/api/v1/deliveries/${id}/replay`
      return deliveredCall(await answer(Call, { method: 'POST', path }))
    },
  }
}

/** With whom it is, as far as this console holds the conversation. */
function stuckMessage({ desk }: ConsoleCore, { at, ...stuck }: Static<typeof Stuck>): StuckMessage {
  return {
    ...stuck,
    atMs: Date.parse(at),
    contact: desk.views.contactOf(stuck.conversationId) ?? null,
  }
}

function deliveredCall({ receivedAt, ...call }: Static<typeof Call>): DeliveredCall {
  return { ...call, receivedAtMs: Date.parse(receivedAt) }
}
