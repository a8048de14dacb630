import { createContext } from 'svelte'
import type { Api } from '../../core/contract/client.ts'
import type { VerificationOverview } from '../../core/contract/views.ts'
import type { AdviceAction, NumberView } from '../../core/domain/ledger.ts'
import type { NumberDeed } from '../../core/domain/number-deed.ts'
import { attempt } from '../bridge/deeds.ts'
import { goToNumber } from '../bridge/route.svelte.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'
import { said } from './said.ts'

/** What has a dialog of its own. */
export type DeedName = Exclude<NumberDeed['kind'], 'verify-code'> | 'subscribe'

/** What can be done about the open number, and which dialog is open for it. */
export class Deeds {
  open = $state<DeedName | null>(null)
  isRefreshing = $state(false)
  readonly #api: Api
  readonly #view: () => NumberView
  readonly #overview: () => VerificationOverview | null
  readonly #parts: readonly string[]

  /** @param parts of a number there are to go to, by their place in the address */
  constructor(
    api: Api,
    view: () => NumberView,
    overview: () => VerificationOverview | null,
    parts: readonly string[],
  ) {
    this.#api = api
    this.#view = view
    this.#overview = overview
    this.#parts = parts
  }

  get number() {
    return this.#view().number
  }

  /** Whether this person does things with numbers; who does not sees no way to. */
  get canAct(): boolean {
    return this.#overview()?.canAct === true
  }

  /** What a deed means that cannot simply be taken back. */
  warning(deed: keyof VerificationOverview['warnings']): string {
    const warnings = this.#overview()?.warnings
    return warnings === undefined ? '' : said(warnings[deed])
  }

  /** Whether an advice's way can be gone by this person, on this console. */
  canRun(action: AdviceAction): boolean {
    if (action.kind === 'open') return this.#parts.includes(action.screen)
    return this.canAct
  }

  run(action: AdviceAction): void {
    switch (action.kind) {
      case 'act':
        this.open = action.deed
        break
      case 'refresh':
        void this.refresh()
        break
      case 'link':
        openAddress(action.url)
        break
      case 'open':
        goToNumber(this.number.id, action.screen)
    }
  }

  async refresh(): Promise<void> {
    if (this.isRefreshing) return
    this.isRefreshing = true
    const isDone = await attempt(() => this.#api.call('verification.refresh', {}))
    this.isRefreshing = false
    if (isDone) showToast({ text: t('numbers.refreshed') })
  }

  /** @throws AppError */
  act(deed: NumberDeed): Promise<null> {
    return this.#api.call('verification.act', { numberId: this.number.id, deed })
  }

  /** @throws AppError */
  subscribe(): Promise<null> {
    const accountId = this.#view().account?.metaId ?? this.number.accountId ?? ''
    return this.#api.call('verification.subscribe', { accountId })
  }
}

/** A page of Meta's, in the person's browser. */
export function openAddress(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer')
}

/** `getDeeds()` in any part of a number. */
export const [getDeeds, setDeeds] = createContext<Deeds>()
