import Type, { type Static } from 'typebox'
import { entityNames, type Entity } from '../domain/entities.ts'
import { ConversationId } from '../domain/ids.ts'
import { Cursor } from './shared.ts'
import { knownSince } from './version.ts'

/** Of a set of rows: how many, and the XOR of hash64(id, rev) of each, as 16 hexadecimal digits. */
export const Digest = Type.Tuple([
  Type.Integer({ minimum: 0 }),
  Type.String({ pattern: '^[0-9a-f]{16}$' }),
])
export type Digest = Static<typeof Digest>

/** Conversations whose messages are compared at once, at most. */
export const mostVerified = 100

const FromMs = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** A conversation, and the time from which on its messages are held. */
export const HeldWindow = Type.Tuple([ConversationId, FromMs])
export type HeldWindow = Static<typeof HeldWindow>

/**
 * What the server has at a place in its history, for a console that stands exactly there: for each of its scopes the
 * rows seen under it, messages excepted; and the messages of the conversations it named, each from its time on. A
 * conversation its person does not see is left out.
 */
export const Digests = Type.Object({
  cursor: Cursor,
  scopes: Type.Array(Type.Tuple([Type.String(), Digest])),
  messages: Type.Array(Type.Tuple([ConversationId, FromMs, Digest])),
})
export type Digests = Static<typeof Digests>

/** What the compared rows are, without saying whose: `unseen` are rows held under no scope of their holder. */
export const DigestKind = Type.Enum(['ws', 'team', 'user', 'messages', 'unseen'])
export type DigestKind = Static<typeof DigestKind>

/** Where a console differs. No ids and no texts: it is written to the server's log. */
export const Mismatch = Type.Object({
  cursor: Cursor,
  found: Type.Array(Type.Object({ kind: DigestKind, ours: Digest, theirs: Digest }), {
    minItems: 1,
    maxItems: 20,
  }),
  /** It fetches a whole copy now. */
  isHealing: Type.Boolean(),
})
export type Mismatch = Static<typeof Mismatch>

/** Nouns that both ends of a connection of this version count: the others are on one of them only. Messages apart. */
export function countedNouns(proto: number): Exclude<Entity, 'message'>[] {
  return entityNames.filter(
    (name) => name !== 'message' && (knownSince[name] ?? 1) <= proto,
  ) as Exclude<Entity, 'message'>[] // left out on the line before
}
