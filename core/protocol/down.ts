import Type, { type Static } from 'typebox'
import { entityNames } from '../domain/entities.ts'
import { MutationId } from '../domain/ids.ts'
import { Digests } from './digest.ts'
import { Cursor, MutationResult } from './shared.ts'

const Ack = {
  /** Newest deed of this replica whose effect is in what was sent so far. */
  lmid: Type.Integer({ minimum: 0 }),
  lmuid: Type.Union([MutationId, Type.Null()]),
}

export const Welcome = Type.Object({
  proto: Type.Integer(),
  session: Type.String(),
  epoch: Type.String(),
  ...Ack,
  /**
   * `snapshot`: fetch one and say hello again (before version 3 it follows as a frame from nothing). `fork`: the
   * replica's history and the server's differ, see core/replica/link.ts.
   */
  mode: Type.Enum(['delta', 'snapshot', 'fork']),
  /** Server time, for countdowns. */
  nowMs: Type.Integer(),
  /** Say something at least this often. */
  heartbeatMs: Type.Integer(),
  user: Type.String(),
})
export type Welcome = Static<typeof Welcome>

/** A row as the server has it now. Its shape is the entity's schema; consoles keep what they do not know. */
export const Put = Type.Tuple([Type.Enum(entityNames), Type.Integer(), Type.Unknown()])
export type Put = Static<typeof Put>

const Begin = {
  f: Type.Integer(),
  from: Type.Union([Cursor, Type.Null()]),
  ...Ack,
  scopes: Type.Array(Type.String()),
}
const Content = {
  put: Type.Array(Put),
  del: Type.Array(Type.Tuple([Type.Enum(entityNames), Type.String()])),
}
const End = { cursor: Cursor, results: Type.Array(Type.Tuple([MutationId, MutationResult])) }

/**
 * What a server says. A frame is applied as a whole or not at all: a small one comes in one message (`frame`), a
 * large one as `frame+`, any number of `part`, `frame-`. `from` null means: forget what you hold, this is everything.
 */
export const Down = Type.Union([
  Type.Tuple([Type.Literal('welcome'), Welcome]),
  Type.Tuple([Type.Literal('frame'), Type.Object({ ...Begin, ...Content, ...End })]),
  Type.Tuple([Type.Literal('frame+'), Type.Object(Begin)]),
  Type.Tuple([Type.Literal('part'), Type.Object({ f: Type.Integer(), ...Content })]),
  Type.Tuple([Type.Literal('frame-'), Type.Object({ f: Type.Integer(), ...End })]),
  /** From version 4 on, behind the frame that leads to its place. */
  Type.Tuple([Type.Literal('digests'), Digests]),
  Type.Tuple([
    Type.Literal('pong'),
    Type.Object({ n: Type.Integer(), c: Type.Number(), s: Type.Integer() }),
  ]),
  Type.Tuple([
    Type.Literal('goaway'),
    Type.Object({
      why: Type.Enum(['upgrade', 'drain', 'revoked', 'fenced', 'overload', 'auth', 'protocol']),
      retryMs: Type.Optional(Type.Integer()),
      wipe: Type.Optional(Type.Boolean()),
    }),
  ]),
])
export type Down = Static<typeof Down>
