import { sql } from 'kysely'
import { maySee, scopesOfConversation } from '../../core/domain/scopes.ts'
import { isEmptyDraft, type SharedDraft } from '../../core/domain/shared-draft.ts'
import type { BeforeCommit } from './log.ts'
import type { LogTx, Written } from './transaction.ts'

/**
 * A draft goes with its conversation: who may see that no longer is sent nothing of it, and finds nothing of it should
 * they see it again.
 */
export const emptyUnseenDrafts: BeforeCommit = async (tx, written) => {
  const people = new Set(written.flatMap(changedPerson))
  const conversations = new Set(written.flatMap(movedConversation))
  if (people.size === 0 && conversations.size === 0) return
  const { rows } = await sql<{ data: SharedDraft }>`
    select data from draft where scope <> '{}' and deleted_at is null
      and (user_id = any(${[...people]}::text[]) or conversation_id = any(${[...conversations]}::text[]))
  `.execute(tx.sql)
  tx.hold('draft', rows)
  const own = written.flatMap(({ change }) => (change.entity === 'draft' ? [change.row] : []))
  const drafts = new Map([...rows.map(({ data }) => data), ...own].map((row) => [row.id, row]))
  const conversationIds = [...drafts.values()].map(({ conversationId }) => conversationId)
  await tx.load('conversation', conversationIds)
  await tx.load(
    'user',
    [...drafts.values()].map(({ userId }) => userId),
  )
  for (const id of drafts.keys()) emptyIfUnseen(tx, id)
}

function emptyIfUnseen(tx: LogTx, id: string): void {
  const draft = tx.peek('draft', id)
  if (draft === undefined || isEmptyDraft(draft)) return
  const user = tx.peek('user', draft.userId)
  const conversation = tx.peek('conversation', draft.conversationId)
  if (user !== undefined && conversation !== undefined && maySee(user, conversation)) return
  tx.put({ entity: 'draft', row: { ...draft, shown: null, other: null } })
}

function changedPerson({ change, before }: Written): string[] {
  return change.entity === 'user' && before !== undefined ? [change.row.id] : []
}

function movedConversation({ change, before }: Written): string[] {
  if (change.entity !== 'conversation' || before === undefined) return []
  const was = scopesOfConversation(before as typeof change.row) // the row before has the same entity
  return was.join() === scopesOfConversation(change.row).join() ? [] : [change.row.id]
}
