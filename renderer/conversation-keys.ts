import { hasCommandKey, isPlain, isWriting } from './ui/keys.ts'

type Acts = { openTemplates: () => void; goBack: () => void }

/** The keys of an open conversation as a whole. Ctrl Shift T belongs to browsers, so Alt Shift T opens templates too. */
export function conversationKeys({ openTemplates, goBack }: Acts) {
  return (event: KeyboardEvent) => {
    if (event.code === 'KeyT' && event.shiftKey && (hasCommandKey(event) || event.altKey)) {
      event.preventDefault()
      openTemplates()
    }
    if (event.key === 'l' && isPlain(event) && !isWriting(event.target)) {
      event.preventDefault()
      // The choice stands beside the head's own button.
      document.querySelector<HTMLElement>('[data-opens=labels]')?.click()
    }
    if (event.altKey && event.key === 'ArrowLeft' && matchMedia('(max-width: 959px)').matches) {
      event.preventDefault()
      goBack()
    }
  }
}
