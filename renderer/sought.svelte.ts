import type { MessageId } from '../core/domain/ids.ts'
import { goTo, route } from './bridge/route.svelte.ts'
import { t } from './ui/i18n.svelte.ts'
import { showToast } from './ui/toasts.svelte.ts'

/**
 * Brings the message that the address names into view, once its conversation is there, and takes it out of the address.
 * To be called while a component is set up.
 */
export function followSought(
  isReady: () => boolean,
  reveal: (id: MessageId) => Promise<boolean>,
): void {
  async function show(id: MessageId) {
    goTo({ messageId: null }, 'replace')
    if (!(await reveal(id))) showToast({ text: t('thread.tooFarBack') })
  }
  $effect(() => {
    const { messageId } = route()
    if (messageId !== null && isReady()) void show(messageId as MessageId) // what is none is found nowhere
  })
}
