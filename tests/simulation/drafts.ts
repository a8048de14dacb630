import type { Change } from '../../core/domain/entities.ts'
import { maySee } from '../../core/domain/scopes.ts'
import { isEmptyDraft } from '../../core/domain/shared-draft.ts'
import type { Log } from './log.ts'

/** As server/log/drafts.ts does it: what is written, and the drafts that go because somebody sees less with it. */
export function withEmptiedDrafts(log: Log, changes: readonly Change[]): Change[] {
  const users = new Map(log.list('user').map((row) => [row.id, row]))
  const conversations = new Map(log.list('conversation').map((row) => [row.id, row]))
  const drafts = new Map(log.list('draft').map((row) => [row.id, row]))
  for (const { entity, row } of changes) {
    if (entity === 'user') users.set(row.id, row)
    if (entity === 'conversation') conversations.set(row.id, row)
    if (entity === 'draft') drafts.set(row.id, row)
  }
  const unseen = [...drafts.values()].filter((draft) => {
    const [user, talk] = [users.get(draft.userId), conversations.get(draft.conversationId)]
    return !isEmptyDraft(draft) && !(user && talk && maySee(user, talk))
  })
  const emptied = unseen.map((row): Change => ({
    entity: 'draft',
    row: { ...row, shown: null, other: null },
  }))
  return [...changes, ...emptied]
}
