import Type, { type Static } from 'typebox'
import { ConversationId } from '../domain/ids.ts'
import { AtMs } from '../domain/time.ts'

/**
 * A snapshot comes over HTTP in pages, each one a list of JSON lines: this head, then rows (`Put` of down.ts) and
 * windows, then the end. Each page is of its own moment; what changed after `seq` of the first comes with the delta
 * from there, so a row that is on no page, or on a page older than itself, is put right by it.
 */
export const SnapshotHead = Type.Object({
  epoch: Type.String(),
  /** Where the log stood before the page was read. */
  seq: Type.Integer({ minimum: 0 }),
  /** Whose rows the page holds. */
  scopes: Type.Array(Type.String()),
  /** Rows of the whole snapshot, about; on its first page only. */
  rows: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type SnapshotHead = Static<typeof SnapshotHead>

/** From this time on all messages of a conversation are in the snapshot; 0 for all there are. A later one counts. */
export const SnapshotWindow = Type.Tuple([Type.Literal('window'), ConversationId, AtMs])

/** `count` lines stood between head and end; `next` asks for the page after this one. */
export const SnapshotEnd = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type SnapshotEnd = Static<typeof SnapshotEnd>
