import type { Api } from '../../core/contract/client.ts'
import { can } from '../../core/domain/can.ts'
import type { Message } from '../../core/domain/message.ts'
import type { User } from '../../core/domain/people.ts'
import { attempt } from '../bridge/deeds.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'

/** What this person may do with a note, or with any message. */
export function mayWithNote(message: Message, me: User | null): { edit: boolean; remove: boolean } {
  const isNote = message.type === 'note' && message.deletedAtMs === undefined
  if (!isNote || me === null) return { edit: false, remove: false }
  const isOwn = message.author?.id === me.id
  return { edit: isOwn, remove: isOwn || (me.role !== 'agent' && can(me.role, 'write-notes')) }
}

/** Deletes a note. One's own can be had back as long as the notice stands: its text is nowhere else by then. */
export async function deleteNote(api: Api, message: Message, me: User | null): Promise<void> {
  const { id: noteId, conversationId, text, revision = 0 } = message
  if (!(await attempt(() => api.call('note.delete', { noteId, conversationId })))) return
  const isOwn = message.author?.id === me?.id
  if (!isOwn || text === undefined) return void showToast({ text: t('thread.noteWasDeleted') })
  const back = { noteId, conversationId, text, baseRevision: revision + 1 }
  const undo = () => void attempt(() => api.call('note.edit', back))
  showToast({
    text: t('thread.noteWasDeleted'),
    isUndo: true,
    action: { label: t('common.undo'), run: undo },
  })
}
