import type { ColumnType, Generated } from 'kysely'
import type { Entity, Rows } from '../../core/domain/entities.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'

/** A replicated row as it lies in the database. `data` is the row; see migrations/0001-log.ts. */
export type EntityTable<E extends Entity> = {
  id: string
  /** `seq` of the change that wrote it. */
  rev: number
  deleted_at: Date | null
  data: ColumnType<Rows[E], string, string>
}

/** A row that says itself who may see it; what hangs on another does not. */
type Scoped = { scope: string[] }

type Found<Columns extends string> = { [C in Columns]: ColumnType<string | null, never, never> }

/** Tables of the change log. */
export type LogTables = {
  lane: { lane: number; epoch: string; head: number; floor: number }
  change: {
    lane: number
    seq: number
    entity: Entity
    id: string
    /** Who could see the row before; null when it was new, or is seen with another. */
    prev_scope: string[] | null
    at: Generated<Date>
  }
  replica: {
    id: string
    user_id: string
    lmid: Generated<number>
    lmuid: string | null
    fence: Generated<number>
    seen_at: Generated<Date>
  }
  mutation: {
    muid: string
    replica: string
    mid: number
    name: string
    args_hash: string
    result: ColumnType<MutationResult, string, string>
    at: Generated<Date>
  }
  opening: {
    conversation_id: string
    opened_at_ms: number
    resolved_at_ms: number | null
  }
  user: EntityTable<'user'> & Scoped & Found<'email'>
  team: EntityTable<'team'> & Scoped
  number: EntityTable<'number'> & Scoped & Found<'phone_number_id'>
  waba: EntityTable<'waba'> & Scoped & Found<'meta_id'>
  contact: EntityTable<'contact'> & Scoped
  conversation: EntityTable<'conversation'> &
    Scoped &
    Found<'number_id' | 'contact_id' | 'status' | 'assignee_id' | 'team_id'> & {
      labels: ColumnType<string[], never, never>
      updated_at_ms: ColumnType<number, never, never>
      updated_day: ColumnType<number, never, never>
      snoozed_until_ms: ColumnType<number | null, never, never>
    }
  message: EntityTable<'message'> &
    Found<
      | 'conversation_id'
      | 'number_id'
      | 'wamid'
      | 'direction'
      | 'status'
      | 'reaction_wamid'
      | 'media_id'
    > & {
      ord: ColumnType<number, never, never>
      sent_at_ms: ColumnType<number, never, never>
    }
  template: EntityTable<'template'> & Scoped & Found<'account_id' | 'meta_id'>
  label: EntityTable<'label'> & Scoped
  read: EntityTable<'read'> & Scoped & Found<'user_id'>
  draft: EntityTable<'draft'> & Scoped & Found<'user_id' | 'conversation_id'>
}
