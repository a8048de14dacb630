import type { Api } from '../../core/contract/client.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { User } from '../../core/domain/people.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'
import { errorText } from './error-text.ts'

/** A conversation as the screen shows it, and whom it is with. */
type Shown = { conversation: Conversation; name: string }

/** Does something for the person. What stops it is said in words; answers whether it was done. */
export async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed()
    return true
  } catch (error) {
    showToast({ text: t('inbox.notDone', { reason: errorText(error) }), tone: 'bad' })
    return false
  }
}

/** Marks a conversation as dealt with, on the strength of what its contact had last done on this screen. */
export async function resolve(api: Api, { conversation, name }: Shown): Promise<boolean> {
  const { id: conversationId, lastInbound, lastMessage } = conversation
  const basedOn = lastInbound?.messageId ?? lastMessage?.messageId ?? null
  const isDone = await attempt(() => api.call('conversation.resolve', { conversationId, basedOn }))
  if (isDone) {
    offerUndo(t('inbox.resolved', { name }), () =>
      attempt(() => api.call('conversation.reopen', { conversationId })),
    )
  }
  return isDone
}

/** Has a conversation stand as unread for the person, until they open it again. */
export async function markUnread(api: Api, { conversation, name }: Shown): Promise<void> {
  const { id: conversationId } = conversation
  const isDone = await attempt(() => api.call('conversation.mark-unread', { conversationId }))
  if (isDone) showToast({ text: t('inbox.markedUnread', { name }) })
}

/** Hands a conversation to a colleague, or to nobody. */
export async function assign(
  api: Api,
  { conversation, name }: Shown,
  to: User | null,
  me: User | null,
): Promise<boolean> {
  const { id: conversationId, assigneeId: before, assignVersion: baseVersion } = conversation
  if (before === (to?.id ?? null)) return true
  const give = (toUserId: Conversation['assigneeId'], version: number) =>
    attempt(() =>
      api.call('conversation.assign', { conversationId, toUserId, baseVersion: version }),
    )
  const isDone = await give(to?.id ?? null, baseVersion)
  if (isDone) offerUndo(assignedText(name, to, me), () => give(before, baseVersion + 1))
  return isDone
}

function assignedText(name: string, to: User | null, me: User | null): string {
  if (to === null) return t('inbox.released', { name })
  if (to.id === me?.id) return t('inbox.assignedToMe', { name })
  return t('inbox.assignedTo', { name, who: to.name })
}

function offerUndo(text: string, undo: () => Promise<unknown>): void {
  showToast({ text, isUndo: true, action: { label: t('common.undo'), run: () => void undo() } })
}
