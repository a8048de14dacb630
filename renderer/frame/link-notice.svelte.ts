import type { LinkState } from '../../core/contract/views.ts'

/** A break shorter than this is nobody's business. */
const patienceMs = 2_000
/** How long good news stays. */
const backMs = 3_000

/** What the bar under the title bar says about the link: nothing, that it is gone, or that it is back. */
export class LinkNotice {
  shows = $state<'nothing' | 'offline' | 'back'>('nothing')
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOnline = true

  /** Takes in the newest state of the link. */
  hear({ isOnline }: Pick<LinkState, 'isOnline'>): void {
    if (isOnline === this.#isOnline) return
    this.#isOnline = isOnline
    clearTimeout(this.#timer)
    if (!isOnline) this.#timer = setTimeout(() => (this.shows = 'offline'), patienceMs)
    else if (this.shows === 'offline') {
      this.shows = 'back'
      this.#timer = setTimeout(() => (this.shows = 'nothing'), backMs)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
