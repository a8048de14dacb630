import { t } from './i18n.svelte.ts'
import { showToast } from './toasts.svelte.ts'

/** Puts text where it can be pasted from, and says so; a browser that refuses is said to have. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ text: done })
  } catch {
    showToast({ text: t('common.notCopied'), tone: 'bad' })
  }
}
