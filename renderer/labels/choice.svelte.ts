import type { Api } from '../../core/contract/client.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import {
  labelKey,
  labelNameFrom,
  labelTones,
  type Label,
  type LabelTone,
} from '../../core/domain/label.ts'
import { fold, foldSpelt } from '../../core/lib/fold.ts'
import { errorText } from '../bridge/error-text.ts'
import { Kept } from '../bridge/kept.svelte.ts'
import { setLabel, type LabelChange, type Labelled } from '../bridge/label-deeds.ts'
import { t } from '../ui/i18n.svelte.ts'

/** A line of the choice: a label that there is, or a new one of the name that was typed. */
export type Line = { kind: 'label'; key: string; label: Label } | { kind: 'new'; key: 'new' }

/** The labels of one conversation while a person chooses among them. Each choice is done at once. */
export class LabelChoice {
  query = $state('')
  /** In words; empty while nothing went wrong. */
  failure = $state('')
  readonly #api: Api
  readonly #labelled: Labelled
  readonly #page: Kept<ThreadPage>
  #changes: readonly LabelChange[] = []

  constructor(api: Api, labelled: Labelled) {
    this.#api = api
    this.#labelled = labelled
    const { conversationId } = labelled
    this.#page = new Kept(
      () => api.call('thread.page', { conversationId, limit: 1 }),
      (listener) =>
        api.on('thread.changed', (what) => {
          if (what.conversationId === conversationId) listener()
        }),
    )
  }

  open(): () => void {
    return this.#page.open()
  }

  /** What was changed and would have to be taken back; a label back where it was is no change. */
  get changes(): readonly LabelChange[] {
    return this.#changes
  }

  has({ id }: Label): boolean {
    return this.#page.value?.conversation.labels.includes(id) === true
  }

  lines(labels: readonly Label[], canMake: boolean): Line[] {
    const wanted = labels.filter(({ name }) => answersTo(name, this.query))
    const lines = wanted.map((label): Line => ({ kind: 'label', key: label.id, label }))
    const key = labelKey(this.query)
    const isKnown = key === '' || labels.some(({ name }) => labelKey(name) === key)
    return canMake && !isKnown ? [...lines, { kind: 'new', key: 'new' }] : lines
  }

  async toggle(label: Label): Promise<void> {
    const isOn = !this.has(label)
    await this.#attempt(async () => {
      await setLabel(this.#api, this.#labelled, { label, isOn })
      const others = this.#changes.filter((change) => change.label.id !== label.id)
      const isBack = others.length < this.#changes.length
      this.#changes = isBack ? others : [...others, { label, isOn }]
      await this.#page.ask()
    })
  }

  /** Makes a label of what was typed, and puts it on. */
  async make(labels: readonly Label[]): Promise<void> {
    const given = { name: labelNameFrom(this.query), tone: rarestTone(labels) }
    await this.#attempt(async () => {
      const label = await this.#api.call('label.create', given)
      this.query = ''
      await this.toggle(label)
    })
  }

  async #attempt(deed: () => Promise<void>): Promise<void> {
    this.failure = ''
    try {
      await deed()
    } catch (error) {
      this.failure = t('inbox.notDone', { reason: errorText(error) })
    }
  }
}

/** The tone that fewest labels have, so that new ones can be told from others. */
export function rarestTone(labels: readonly Label[]): LabelTone {
  const countOf = (wanted: LabelTone) => labels.filter(({ tone }) => tone === wanted).length
  const coloured = labelTones.filter((tone) => tone !== 'grey')
  return coloured.reduce((rarest, tone) => (countOf(tone) < countOf(rarest) ? tone : rarest))
}

/** What was typed begins a word of the name. */
function answersTo(name: string, query: string): boolean {
  const asked = fold(query.trim())
  return [fold(name), foldSpelt(name)].some((spelling) => ` ${spelling}`.includes(` ${asked}`))
}
