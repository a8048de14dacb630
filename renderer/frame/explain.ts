import type { Api } from '../../core/contract/client.ts'
import type { ConversationId } from '../../core/domain/ids.ts'
import { language, t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'

/** Puts the firm's approved text into the reply: how the contact can tell that it is really us, in their language. */
export async function explainThatItIsUs(
  api: Api,
  conversationId: ConversationId,
  write: (text: string) => void,
): Promise<void> {
  const { contact, number } = await api.call('thread.page', { conversationId, limit: 1 })
  const isGerman = contact.language === undefined ? undefined : /^de/i.test(contact.language)
  const spoken = isGerman === undefined ? language() : isGerman ? 'de' : 'en'
  const { text } = await api.call('explanation.get', { numberId: number.id, language: spoken })
  write(text)
  showToast({ text: t('presence.explanationInserted') })
}
