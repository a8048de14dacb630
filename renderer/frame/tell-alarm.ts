import { say } from '../../core/text/say.ts'
import { goToNumber } from '../bridge/route.svelte.ts'
import { language, t } from '../ui/i18n.svelte.ts'
import '../ui/late-texts.ts'
import { showToast } from '../ui/toasts.svelte.ts'
import type { Alarm } from './alarms.ts'

/** Says it in the window, and through the system to whoever looks elsewhere. */
export function tellAlarm(key: string, { number, advice }: Alarm): void {
  const inWords = { language: language() }
  const title = say(advice.title, inWords)
  const show = () => goToNumber(number.id)
  showToast({ text: title, tone: 'bad', action: { label: t('inbox.show'), run: show } })
  if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') {
    return
  }
  const who = number.name ?? number.displayPhone ?? ''
  const notice = new Notification(title, {
    body: [who, say(advice.why, inWords)].filter(Boolean).join('\n'),
    tag: key,
    lang: language(),
  })
  notice.onclick = () => {
    window.focus()
    show()
  }
}
