import Type, { type Static } from 'typebox'
import { ConversationId, MutationId, ReplicaId } from '../domain/ids.ts'
import { HeldWindow, Mismatch, mostVerified } from './digest.ts'
import { Cursor, PushedMutation } from './shared.ts'

/** The console introduces itself. Everything else waits for `welcome`. */
export const Hello = Type.Object({
  proto: Type.Integer(),
  protoMin: Type.Integer(),
  app: Type.String(),
  replica: ReplicaId,
  /** Newest deed this replica wrote down; 0 and null for none. */
  lastMid: Type.Integer({ minimum: 0 }),
  lastMuid: Type.Union([MutationId, Type.Null()]),
  cursor: Type.Union([Cursor, Type.Null()]),
  /** Version the rows held were taken with; they lack what later ones have. */
  rowsProto: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Scopes whose rows the replica holds. */
  scopes: Type.Array(Type.String()),
  /** Deeds it may have pushed and not heard the end of, oldest first. */
  unsettled: Type.Optional(
    Type.Array(Type.Tuple([Type.Integer({ minimum: 1 }), MutationId]), { maxItems: 100 }),
  ),
  caps: Type.Optional(Type.Array(Type.String())),
  focus: Type.Optional(Type.Array(ConversationId)),
})
export type Hello = Static<typeof Hello>

/** What a console says. Each message is a JSON array: its kind, then its body. */
export const Up = Type.Union([
  Type.Tuple([Type.Literal('hello'), Hello]),
  Type.Tuple([
    Type.Literal('push'),
    Type.Object({ muts: Type.Array(PushedMutation, { minItems: 1, maxItems: 100 }) }),
  ]),
  /** Frames up to here are safe in the replica. */
  Type.Tuple([Type.Literal('got'), Type.Object({ cursor: Cursor })]),
  /** Conversations whose messages the next digests should hold; since version 4. */
  Type.Tuple([
    Type.Literal('verify'),
    Type.Object({ windows: Type.Array(HeldWindow, { maxItems: mostVerified }) }),
  ]),
  Type.Tuple([Type.Literal('mismatch'), Mismatch]),
  Type.Tuple([Type.Literal('ping'), Type.Object({ n: Type.Integer(), c: Type.Number() })]),
])
export type Up = Static<typeof Up>
