import type { Api } from '../../core/contract/client.ts'
import type { SearchAnswer } from '../../core/contract/views.ts'
import { mostMessages, type More, type Opened } from './options.ts'

const firstLimit = 50
/** While the host still reads what it holds, it is asked again after this. */
const againMs = 250
const mostRecent = 5
const closed: Opened = { contacts: false, conversations: [] }

/** What was looked for and led somewhere, newest first. Gone with the window: it is nobody else's business. */
let recent: readonly string[] = []

export function recentQueries(): readonly string[] {
  return recent
}

export function rememberQuery(query: string): void {
  const said = query.trim()
  if (said === '') return
  recent = [said, ...recent.filter((other) => other !== said)].slice(0, mostRecent)
}

/** One open palette: what is asked, and the last answer that counts. */
export class Palette {
  query = $state('')
  answer = $state.raw<SearchAnswer | null>(null)
  hasFailed = $state(false)
  opened = $state.raw<Opened>(closed)

  readonly #api: Api
  #limit = firstLimit
  #asked = 0
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(api: Api) {
    this.#api = api
  }

  /** Lets the host get ready; the returned function ends all asking. */
  open(): () => void {
    void this.#ask()
    return () => {
      this.#asked += 1
      clearTimeout(this.#again)
    }
  }

  search(query: string): void {
    this.query = query
    this.#limit = firstLimit
    this.opened = closed
    void this.#ask()
  }

  show(more: More): void {
    const { opened } = this
    if (more.of === 'contacts') this.opened = { ...opened, contacts: true }
    else if (more.of === 'conversation') {
      this.opened = { ...opened, conversations: [...opened.conversations, more.id] }
    } else {
      this.#limit = mostMessages
      void this.#ask()
    }
  }

  /** Answers may overtake one another; only that to the last question counts. */
  async #ask(): Promise<void> {
    const asked = ++this.#asked
    clearTimeout(this.#again)
    const query = /^[>#]/.test(this.query) ? '' : this.query.trim()
    try {
      const answer = await this.#api.call('search.find', { query, limit: this.#limit })
      if (asked !== this.#asked) return
      this.answer = answer
      this.hasFailed = false
      if (!answer.isComplete) this.#again = setTimeout(() => void this.#ask(), againMs)
    } catch {
      if (asked !== this.#asked) return
      this.answer = null
      this.hasFailed = true
    }
  }
}
