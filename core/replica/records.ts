import type { Entity } from '../domain/entities.ts'
import type { ConversationId, MutationId, ReplicaId } from '../domain/ids.ts'
import type { Put } from '../protocol/down.ts'
import type { LocalDraft } from './local-drafts.ts'
import type { Cursor, MutationResult, PushedMutation } from '../protocol/shared.ts'

/** A deed as the journal keeps it. */
export type Deed = PushedMutation

/** A frame, whole: rows, place and acknowledgement in one record, so that none of them can exist without the others. */
export type FrameRecord = {
  from: Cursor | null
  cursor: Cursor
  lmid: number
  lmuid: MutationId | null
  scopes: string[]
  put: Put[]
  del: [Entity, string][]
  results: [MutationId, MutationResult][]
}

/** A deed the server refused, until the person has decided about it. */
export type Refused = { deed: Deed; code: string; details: Record<string, unknown> }

/**
 * Everything the journal holds. `replica` starts a replica: the deeds after it count from 1. `fork` goes on as another
 * one with all its deeds, in one record, because a power cut may keep the first of several and lose the others. A
 * replica's id is in these two and nowhere else: restored from another copy it would not match its deeds.
 */
export type JournalRecord =
  | ['replica', { id: ReplicaId }]
  | ['fork', { id: ReplicaId; deeds: Deed[] }]
  | ['deed', Deed]
  | ['frame', FrameRecord]
  | ['refused', Refused]
  | ['settled', { muid: MutationId }]
  | ['draft', LocalDraft]
  | ['draft-gone', { conversationId: ConversationId }]

/** The commit point of the folded part: which row documents belong together, and which journal goes on from them. */
export type Manifest = {
  format: 1
  generation: number
  journal: string
  shards: Record<string, string>
  /** The document that says how far back each conversation is held; none when everything is. */
  windows?: string
  cursor: Cursor | null
  scopes: string[]
  /** Version of the protocol the rows were taken with; releases that did not write it down spoke 3 or less. */
  rowsProto?: number | null
  lmid: number
  lmuid: MutationId | null
  /** Server time minus ours when last heard. */
  clockOffsetMs: number
  syncedAtMs: number | null
  /** When a whole copy last took the place of what was held. */
  freshAtMs?: number | null
}

/** Since when the messages of conversations are held, where that is not all of them. */
export type Windows = [ConversationId, number][]

/** A folded row: entity, rev, row. */
export type Shard = Put[]
