import type { Api } from '../../core/contract/client.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { attempt } from '../bridge/deeds.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'

/** Marks a conversation as dealt with, on the strength of what this screen has shown of it; can be taken back. */
export async function resolveSeen(
  api: Api,
  conversationId: ConversationId,
  basedOn: MessageId | null,
  name: string,
): Promise<void> {
  const isDone = await attempt(() => api.call('conversation.resolve', { conversationId, basedOn }))
  if (!isDone) return
  const undo = () => void attempt(() => api.call('conversation.reopen', { conversationId }))
  showToast({
    text: t('inbox.resolved', { name }),
    isUndo: true,
    action: { label: t('common.undo'), run: undo },
  })
}
