import Type, { type Static } from 'typebox'
import { MutationId } from '../domain/ids.ts'

/** A place in the server's history: which history, and how far in each lane. Consoles pass it back unread. */
export const Cursor = Type.Object({
  epoch: Type.String(),
  seq: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
})
export type Cursor = Static<typeof Cursor>

/** One deed of one replica. `prev` names the deed before it, so a forked history cannot go unnoticed. */
export const PushedMutation = Type.Object({
  mid: Type.Integer({ minimum: 1 }),
  muid: MutationId,
  prev: Type.Union([MutationId, Type.Null()]),
  name: Type.String(),
  args: Type.Unknown(),
  /** Epoch the replica knew when the person did it. */
  ep: Type.String(),
  /** The person's clock, for information only. */
  at: Type.Integer(),
  /** The same in the server's time, by what the console knew then of its own clock; from version 4 on. */
  doneAtMs: Type.Optional(Type.Integer()),
})
export type PushedMutation = Static<typeof PushedMutation>

/** What became of one deed: done, or refused with a code of core/lib/errors.ts. */
export const MutationResult = Type.Union([
  Type.Object({ ok: Type.Literal(true) }),
  Type.Object({
    ok: Type.Literal(false),
    code: Type.String(),
    details: Type.Optional(Type.Unknown()),
  }),
])
export type MutationResult = Static<typeof MutationResult>
