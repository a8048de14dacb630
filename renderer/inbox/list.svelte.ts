import type { Api } from '../../core/contract/client.ts'
import type { InboxPage, InboxRow, InboxView } from '../../core/contract/views.ts'
import type { LabelId, TeamId } from '../../core/domain/ids.ts'
import { Kept } from '../bridge/kept.svelte.ts'
import { frozenRows } from './frozen.ts'

/** Rows asked for at first, and how many more each time the end comes near. The host gives at most 2,000. */
const pageSize = 250
const mostRows = 2_000

/** The rows of one view. While `isFrozen`, rows change but do not move. */
export class InboxList {
  readonly view: InboxView
  rows = $state.raw<readonly InboxRow[]>([])
  total = $state(0)
  /** Rows that stand above the list as long as it is frozen. */
  above = $state(0)
  isFrozen = $state(false)
  /** When the last answer came; null before the first. */
  answeredAtMs = $state<number | null>(null)

  readonly #page: Kept<InboxPage>
  readonly #nowMs: () => number
  /** Rows that left since the list is frozen. */
  #left: readonly string[] = []
  #limit = pageSize

  constructor(api: Api, view: InboxView, nowMs: () => number = Date.now) {
    this.view = view
    this.#nowMs = nowMs
    this.#page = new Kept(
      () => api.call('inbox.page', { view: viewInput(view), limit: this.#limit }),
      (listener) => api.on('inbox.changed', listener),
      (page) => this.#take(page, this.isFrozen),
    )
  }

  get phase(): Kept<InboxPage>['phase'] {
    return this.#page.phase
  }

  /** Keeps the rows fresh until the returned function is called. */
  open(): () => void {
    return this.#page.open()
  }

  retry(): void {
    void this.#page.ask()
  }

  freeze(): void {
    this.isFrozen = true
  }

  /** Lets rows move again. */
  thaw(): void {
    this.isFrozen = false
    this.showNewest()
  }

  /** Puts every row where it belongs now, frozen or not. */
  showNewest(): void {
    if (this.#page.value !== null) this.#take(this.#page.value, false)
  }

  /** Asks for more when the end of what is here comes near. */
  reach(index: number): void {
    const isNear = index > this.rows.length - pageSize / 5
    if (!isNear || this.rows.length >= this.total || this.#limit >= mostRows) return
    if (this.#limit > this.rows.length) return
    this.#limit = Math.min(mostRows, this.#limit + pageSize)
    this.retry()
  }

  #take(page: InboxPage, isFrozen: boolean): void {
    this.total = page.total
    this.answeredAtMs = this.#nowMs()
    if (!isFrozen) {
      this.#left = []
      this.rows = page.rows
      this.above = 0
      return
    }
    const { rows, above, left } = frozenRows(this.rows, page.rows, this.#left)
    this.rows = rows
    this.#left = left
    this.above = above
  }
}

/** The view as the contract takes it. */
function viewInput(view: InboxView) {
  // Ids of the directory or of an address; the host knows them or not.
  if (view.kind === 'team') return { kind: view.kind, teamId: view.teamId as TeamId }
  if (view.kind === 'label') return { kind: view.kind, labelId: view.labelId as LabelId }
  return { kind: view.kind }
}
