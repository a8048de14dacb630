import type { Change } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import { conversationOfDraft } from '../domain/shared-draft.ts'
import type { Gone } from './purge.ts'
import type { FrameRecord } from './records.ts'

/** Conversations in which what is begun may be another. */
export function draftsIn(frame: FrameRecord, gone: readonly Gone[]): Set<ConversationId> {
  const ids = new Set<ConversationId>()
  for (const { entity, row } of changesIn(frame))
    if (entity === 'draft') ids.add(row.conversationId)
  for (const [entity, id] of gone) if (entity === 'draft') ids.add(conversationOfDraft(id))
  return ids
}

/** The rows it brings. */
export function* changesIn(frame: FrameRecord): Generator<Change> {
  for (const [entity, , row] of frame.put) yield { entity, row } as Change // the server built it from the entity's own table
}
