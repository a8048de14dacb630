import type { Api } from '../../core/contract/client.ts'
import type { DraftView, OtherDraft } from '../../core/contract/views.ts'
import { mostDraftText, type Draft } from '../../core/domain/draft.ts'
import type { ConversationId, DraftVersionId } from '../../core/domain/ids.ts'

/** Quiet time before a draft is saved. */
const draftMs = 400

export type Written = { text: string; mode: Draft['mode']; replyTo: Draft['replyTo'] | null }

/** The field a draft is kept of. */
type Field = {
  read(): Written
  show(written: Written): void
  /** What is in it is on its way out. */
  isSending(): boolean
  nowMs(): number
  failed(error: unknown): void
}

/**
 * The draft of one field, as the host keeps it. What is typed is saved after a moment, and given to the person's other
 * machines when they turn away. What another machine wrote comes into the field only while nothing is typed in it.
 */
export class KeptDraft {
  /** Written on another machine, or here before that, and not decided about. */
  other = $state.raw<OtherDraft | null>(null)
  readonly #api: Api
  readonly #conversationId: ConversationId
  readonly #field: Field
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What all machines had when the text in the field was begun. */
  #base: DraftVersionId | undefined
  #isTouched = false
  /** Something was saved that the other machines may lack. */
  #isOwed = false
  #saving = 0
  #saved: Promise<void> = Promise.resolve()
  #asked = 0

  constructor(api: Api, conversationId: ConversationId, field: Field) {
    this.#api = api
    this.#conversationId = conversationId
    this.#field = field
  }

  /** Shows the draft and keeps up with it; the returned function keeps and gives away the newest state of it. */
  open(): () => void {
    void this.#look()
    const stop = this.#api.on('draft.changed', ({ conversationId }) => {
      if (conversationId === this.#conversationId) void this.#look()
    })
    const turnAway = () => void this.share()
    window.addEventListener('blur', turnAway)
    window.addEventListener('pagehide', turnAway)
    return () => {
      stop()
      window.removeEventListener('blur', turnAway)
      window.removeEventListener('pagehide', turnAway)
      turnAway()
    }
  }

  edited(): void {
    this.#isTouched = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.keep(), draftMs)
  }

  /** Saves at once what changed since it was last saved. */
  keep(): void {
    clearTimeout(this.#timer)
    if (!this.#isTouched) return
    this.#isTouched = false
    this.#isOwed = true
    this.#saved = this.#put()
  }

  /** The person turns away, or has sent it. */
  async share(): Promise<void> {
    this.keep()
    await this.#saved
    if (!this.#isOwed) return
    this.#isOwed = false
    const conversationId = this.#conversationId
    // It is kept on this machine, and given away when it is opened again.
    await this.#api.call('draft.share', { conversationId }).catch(() => undefined)
  }

  /** Shows the other text in the field. */
  async choose(): Promise<void> {
    this.keep()
    await this.#saved
    await this.#decide(() =>
      this.#api.call('draft.choose', { conversationId: this.#conversationId }),
    )
  }

  async discard({ version }: OtherDraft): Promise<void> {
    const conversationId = this.#conversationId
    await this.#decide(() => this.#api.call('draft.discard', { conversationId, version }))
  }

  async #decide(ask: () => Promise<DraftView | null>): Promise<void> {
    try {
      this.#take(await ask())
    } catch (error) {
      this.#field.failed(error)
    }
  }

  /** Answers may overtake one another; only the last question's counts. */
  async #look(): Promise<void> {
    const asked = ++this.#asked
    try {
      const view = await this.#api.call('draft.get', { conversationId: this.#conversationId })
      if (asked === this.#asked) this.#take(view)
    } catch {
      // Without its draft the field is as it is; typing makes a new one.
    }
  }

  async #put(): Promise<void> {
    const { text, mode, replyTo } = this.#field.read()
    this.#saving += 1
    try {
      const view = await this.#api.call('draft.put', {
        conversationId: this.#conversationId,
        text: text.slice(0, mostDraftText),
        mode,
        updatedAtMs: Math.max(0, Math.round(this.#field.nowMs())),
        ...(replyTo ? { replyTo } : {}),
        ...(this.#base === undefined ? {} : { base: this.#base }),
      })
      this.#saving -= 1
      this.#asked += 1 // what was asked before does not know of this
      this.#take(view)
    } catch (error) {
      this.#saving -= 1
      this.#isTouched = true // it is nowhere but in the field
      this.#field.failed(error)
    }
  }

  /** Nothing takes the place of what is being typed or sent. */
  #take(view: DraftView | null): void {
    this.other = view?.other ?? null
    if (this.#isTouched || this.#saving > 0 || this.#field.isSending()) return
    this.#base = view?.base
    const { text = '', mode = 'reply', replyTo = null } = view ?? {}
    const now = this.#field.read()
    const isSame = text === '' || (mode === now.mode && replyTo === now.replyTo)
    if (text !== now.text.slice(0, mostDraftText) || !isSame)
      this.#field.show({ text, mode: text === '' ? now.mode : mode, replyTo })
  }
}
