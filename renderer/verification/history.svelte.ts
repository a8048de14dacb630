import { untrack } from 'svelte'
import type { Api } from '../../core/contract/client.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import type { ChangeKind, HistoryEntry } from '../../core/domain/ledger.ts'
import { AppError } from '../../core/lib/errors.ts'

/** How many entries are asked for at a time. */
const pageSize = 25

/** The timeline of one number, of one kind of change or of all, as far back as it was asked for. */
export class History {
  entries = $state.raw<readonly HistoryEntry[]>([])
  /** `offline` and `failed`: the last question got no answer; `entries` is what was known before. */
  phase = $state<'loading' | 'ready' | 'offline' | 'failed'>('loading')
  kind = $state<ChangeKind | null>(null)
  hasOlder = $state(false)
  readonly #api: Api
  readonly #numberId: NumberId
  #next: string | null = null
  #asked = 0

  constructor(api: Api, numberId: NumberId) {
    this.#api = api
    this.#numberId = numberId
  }

  /** Asks, and asks again whenever something changed, until the returned function is called. */
  open(): () => void {
    untrack(() => void this.ask()) // what opens it must not follow what it finds
    const unhear = this.#api.on('verification.changed', () => void this.ask())
    return () => {
      this.#asked += 1
      unhear()
    }
  }

  show(kind: ChangeKind | null): void {
    if (kind === this.kind) return
    this.kind = kind
    this.entries = []
    this.phase = 'loading'
    void this.ask()
  }

  /** The newest, and as many as are there already. */
  async ask(): Promise<void> {
    const limit = Math.min(200, Math.max(pageSize, this.entries.length))
    await this.#load({ limit }, (entries) => entries)
  }

  async askOlder(): Promise<void> {
    if (this.#next === null) return
    const before = this.#next
    await this.#load({ limit: pageSize, before }, (older) => [...this.entries, ...older])
  }

  /** Of the shown kind, as a table for spreadsheets. @throws AppError */
  file() {
    return this.#api.call('verification.csv', { numberId: this.#numberId, ...this.#kinds() })
  }

  async #load(
    page: { limit: number; before?: string },
    join: (entries: HistoryEntry[]) => readonly HistoryEntry[],
  ): Promise<void> {
    const asked = ++this.#asked
    const wanted = { numberId: this.#numberId, ...this.#kinds(), ...page }
    try {
      const { entries, next } = await this.#api.call('verification.history', wanted)
      if (asked !== this.#asked) return
      this.entries = join(entries)
      this.#next = next
      this.hasOlder = next !== null
      this.phase = 'ready'
    } catch (error) {
      if (asked !== this.#asked) return
      this.phase = error instanceof AppError && error.code === 'offline' ? 'offline' : 'failed'
    }
  }

  #kinds(): { kinds?: ChangeKind[] } {
    return this.kind === null ? {} : { kinds: [this.kind] }
  }
}
