import type { Message } from '../../core/domain/message.ts'
import { t } from '../ui/i18n.svelte.ts'

const gatherMs = 1000

/** Says what is new, gathered over a second, to people who do not see it come. */
export class Announcer {
  /** For a polite live region. */
  spoken = $state('')
  #waiting: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  add(messages: readonly Message[]): void {
    this.#waiting.push(...messages.map((message) => message.author?.name ?? ''))
    if (this.#waiting.length === 0) return
    this.#timer ??= setTimeout(() => this.#speak(), gatherMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #speak(): void {
    const count = this.#waiting.length
    const [name = ''] = this.#waiting
    const isOne = name !== '' && this.#waiting.every((other) => other === name)
    this.#waiting = []
    this.#timer = undefined
    this.spoken = isOne
      ? t('thread.announced', { count, name })
      : t('thread.announcedMany', { count })
  }
}
