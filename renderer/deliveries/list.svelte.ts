import type { DeliveredCall, StuckMessage } from '../../core/contract/views.ts'
import type { Api } from '../../core/contract/client.ts'
import { errorText } from '../bridge/error-text.ts'

/** `out`: messages that did not leave · `failed`: calls nobody understood · `in`: all calls. */
export type Shown = 'out' | 'failed' | 'in'
export type Line = { kind: 'stuck'; item: StuckMessage } | { kind: 'call'; item: DeliveredCall }

/** What is listed of one kind, page by page; the answer to an older question is not shown. */
export class DeliveryList {
  shown = $state<Shown>('out')
  lines = $state.raw<readonly Line[]>([])
  isLoading = $state(false)
  /** Why nothing, or nothing more, came; empty when all is well. */
  error = $state('')
  hasMore = $state(false)

  readonly #api: Api
  #cursor: string | null = null
  #asked = 0

  constructor(api: Api) {
    this.#api = api
  }

  show(what: Shown): void {
    this.shown = what
    this.lines = []
    void this.refresh()
  }

  async refresh(): Promise<void> {
    this.#cursor = null
    await this.#ask()
  }

  async more(): Promise<void> {
    await this.#ask()
  }

  /** Takes over what became of a call when it was processed again. */
  replace(call: DeliveredCall): void {
    this.lines = this.lines.map((line) =>
      line.kind === 'call' && line.item.id === call.id ? { kind: 'call', item: call } : line,
    )
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked
    const before = this.#cursor
    this.isLoading = true
    try {
      const { lines, nextCursor } = await this.#page(before)
      if (asked !== this.#asked) return
      this.lines = before === null ? lines : [...this.lines, ...lines]
      this.#cursor = nextCursor
      this.hasMore = nextCursor !== null
      this.error = ''
    } catch (error) {
      if (asked === this.#asked) this.error = errorText(error)
    } finally {
      if (asked === this.#asked) this.isLoading = false
    }
  }

  async #page(before: string | null): Promise<{ lines: Line[]; nextCursor: string | null }> {
    const from = before === null ? {} : { cursor: before }
    if (this.shown === 'out') {
      const { items, nextCursor } = await this.#api.call('delivery.stuck', from)
      return { lines: items.map((item) => ({ kind: 'stuck', item })), nextCursor }
    }
    const isFailed = this.shown === 'failed'
    const { items, nextCursor } = await this.#api.call('delivery.calls', { isFailed, ...from })
    return { lines: items.map((item) => ({ kind: 'call', item })), nextCursor }
  }
}
