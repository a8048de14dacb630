import type { Api } from '../../core/contract/client.ts'
import type { TemplateOffer } from '../../core/contract/views.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { Filling } from './filling.svelte.ts'
import { fold, searchText } from './words.ts'

/** Which template goes to a contact, as a person looks for it, fills it in and sends it. */
export class TemplateChoice {
  offers = $state.raw<readonly TemplateOffer[] | null>(null)
  /** Why the templates could not be listed, or the message not be sent. */
  error = $state<ErrorCode | null>(null)
  query = $state('')
  /** Empty for all. */
  category = $state('')
  language = $state('')
  isSending = $state(false)
  readonly found: readonly TemplateOffer[] = $derived(this.#found())
  readonly selected: TemplateOffer | undefined = $derived(this.#selected())
  readonly filling: Filling | undefined = $derived(this.#filling())
  #selectedId = $state<string | null>(null)
  /** What was begun stays while others are looked at. */
  readonly #fillings: Record<string, Filling> = {}
  readonly #api: Api
  readonly #conversationId: ConversationId
  readonly #again: Message | undefined

  /** @param again the message that is to go once more, corrected */
  constructor(api: Api, conversationId: ConversationId, again?: Message) {
    this.#api = api
    this.#conversationId = conversationId
    this.#again = again
    this.#selectedId = again?.template?.id ?? null
  }

  /** Shows the templates, and keeps them fresh until the returned function is called. */
  open(): () => void {
    void this.ask()
    return this.#api.on('template.changed', () => void this.ask())
  }

  async ask(): Promise<void> {
    try {
      const conversationId = this.#conversationId
      this.offers = await this.#api.call('template.list', { conversationId })
      this.error = null
    } catch (error) {
      this.error = codeOf(error)
    }
  }

  select(id: string): void {
    this.#selectedId = id
    this.error = null
  }

  /** The next or previous one found. */
  move(by: number): void {
    const at = this.found.findIndex((offer) => offer === this.selected)
    const next = this.found[Math.max(0, Math.min(this.found.length - 1, at + by))]
    if (next !== undefined) this.select(next.template.id)
  }

  /** @returns whether it is on its way; else `error` or the fields say why not */
  async send(basedOn: MessageId | null, isAnyway = false): Promise<boolean> {
    const { filling, selected } = this
    if (filling === undefined || selected?.reason !== null || this.isSending) return false
    filling.isTried = true
    if (!filling.isReady) return false
    this.isSending = true
    this.error = null
    try {
      await this.#api.call('message.send', {
        conversationId: this.#conversationId,
        body: { type: 'template', templateId: selected.template.id, ...filling.values },
        basedOn,
        ...(isAnyway ? { isAnyway } : {}),
      })
      return true
    } catch (error) {
      this.error = codeOf(error)
      return false
    } finally {
      this.isSending = false
    }
  }

  #found(): readonly TemplateOffer[] {
    const words = fold(this.query).split(/\s+/)
    return (this.offers ?? []).filter(({ template }) => {
      const text = searchText(template)
      return (
        words.every((word) => text.includes(word)) &&
        (this.category === '' || template.category === this.category) &&
        (this.language === '' || template.language === this.language)
      )
    })
  }

  #selected(): TemplateOffer | undefined {
    return this.found.find(({ template }) => template.id === this.#selectedId) ?? this.found[0]
  }

  #filling(): Filling | undefined {
    const template = this.selected?.template
    if (template === undefined) return undefined
    const key = `${template.id} ${template.updatedAtMs}`
    const before = this.#again?.template
    this.#fillings[key] ??= new Filling(
      this.#api,
      template,
      before?.id === template.id ? before : undefined,
    )
    return this.#fillings[key]
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'internal'
}
