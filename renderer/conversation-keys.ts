import { hasCommandKey } from './ui/keys.ts'

type Acts = { openTemplates: () => void; goBack: () => void }

/** The keys of an open conversation as a whole. Ctrl Shift T belongs to browsers, so Alt Shift T opens templates too. */
export function conversationKeys({ openTemplates, goBack }: Acts) {
  return (event: KeyboardEvent) => {
    if (event.code === 'KeyT' && event.shiftKey && (hasCommandKey(event) || event.altKey)) {
      event.preventDefault()
      openTemplates()
    }
    if (event.altKey && event.key === 'ArrowLeft' && matchMedia('(max-width: 959px)').matches) {
      event.preventDefault()
      goBack()
    }
  }
}
