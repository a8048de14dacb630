import type { Api } from '../../core/contract/client.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Media } from '../../core/domain/message.ts'
import { bodyOf, type Body } from './file-body.ts'
import { AttachedFiles, type AttachedFile } from './files.svelte.ts'
import { KeptDraft, type Written } from './kept-draft.svelte.ts'
import { stoppedBy, type Stopped } from './stopped.ts'
import { Typing } from './typing.ts'

/** WhatsApp's longest text and caption, and from where a counter is shown. */
export const mostText = 4096
const mostCaption = 1024
export const counterFrom = 3500

export type Mode = Written['mode']
/** What becomes of the conversation once it is sent. */
export type Then = 'resolve' | 'snooze'

/** What one person is writing in one conversation: text, files and quote, kept as a draft until it is sent. */
export class Composer {
  readonly conversationId: ConversationId
  readonly files: AttachedFiles
  readonly draft: KeptDraft
  text = $state('')
  mode = $state<Mode>('reply')
  replyTo = $state<MessageId | null>(null)
  isSending = $state(false)
  stopped = $state.raw<Stopped | null>(null)
  readonly length: number = $derived(this.text.trim().length)
  /** Why it cannot go out right now. */
  readonly obstacle: 'empty' | 'too-long' | 'saving' | 'failed-file' | null = $derived(
    this.#obstacle(),
  )
  readonly #api: Api
  readonly #nowMs: () => number
  readonly #typing: Typing

  constructor(api: Api, conversationId: ConversationId, nowMs: () => number) {
    this.#api = api
    this.#nowMs = nowMs
    this.conversationId = conversationId
    this.files = new AttachedFiles(api)
    this.#typing = new Typing(api, conversationId)
    this.draft = new KeptDraft(api, conversationId, {
      read: () => ({ text: this.text, mode: this.mode, replyTo: this.replyTo }),
      show: ({ text, mode, replyTo = null }) => {
        this.text = text
        this.mode = mode
        this.replyTo = replyTo
      },
      isSending: () => this.isSending,
      nowMs,
      failed: (error) => this.stop(error),
    })
  }

  /** Shows the draft kept for this conversation; the returned function keeps the newest state of it. */
  open(): () => void {
    const close = this.draft.open()
    return () => {
      close()
      this.files.clear()
    }
  }

  /** Something was typed, quoted or switched. */
  edited(): void {
    if (this.stopped?.code !== 'colleague-answered') this.stopped = null
    this.draft.edited()
  }

  /** A person typed: the contact sees it, when it is a reply. */
  typed(): void {
    this.edited()
    if (this.mode === 'reply' && this.length > 0) this.#typing.tell(this.#nowMs())
  }

  switchMode(mode: Mode): void {
    if (mode === this.mode) return
    this.mode = mode
    this.edited()
    this.keep()
  }

  quote(id: MessageId | null): void {
    this.replyTo = id
    if (id !== null) this.mode = 'reply'
    this.edited()
  }

  /** Saves the draft at once when anything changed since it was last saved. */
  keep(): void {
    this.draft.keep()
  }

  /** Adds text to what is there, on a line of its own. */
  append(text: string): void {
    this.text = this.text.trim() === '' ? text : `${this.text}\n${text}`
    this.edited()
    this.keep()
  }

  discard(): void {
    this.text = ''
    this.replyTo = null
    this.stopped = null
    this.files.clear()
    this.edited()
    void this.draft.share()
  }

  /**
   * Sends what is written, or saves it as a note. What could not go out is back in the field, in front of what was
   * typed meanwhile.
   * @returns whether everything went
   */
  async send(basedOn: MessageId | null, isAnyway = false): Promise<boolean> {
    if (this.obstacle !== null || this.isSending) return false
    this.isSending = true
    this.stopped = null
    const { text, replyTo, mode } = this
    const files = mode === 'reply' ? this.files.list : []
    this.text = ''
    if (mode === 'reply') this.replyTo = null
    try {
      if (mode === 'note') await this.#note(text.trim())
      else await this.#reply(text.trim(), files, { basedOn, isAnyway, replyTo })
      this.draft.edited()
      return true
    } catch (error) {
      this.text = this.text === '' ? text : `${text}\n${this.text}`
      this.replyTo ??= replyTo
      this.stopped = stoppedBy(error)
      this.draft.edited()
      return false
    } finally {
      this.isSending = false
      void this.draft.share()
    }
  }

  /** Sends a voice note; what is written stays for later. @returns whether it went */
  async sendVoice(media: Media, basedOn: MessageId | null): Promise<boolean> {
    const { conversationId, replyTo } = this
    try {
      await this.#api.call('message.send', {
        conversationId,
        body: { type: 'audio', media },
        basedOn,
        ...(replyTo === null ? {} : { replyTo }),
      })
      if (replyTo !== null) this.quote(null)
      return true
    } catch (error) {
      this.stopped = stoppedBy(error)
      return false
    }
  }

  stop(error: unknown): void {
    this.stopped = stoppedBy(error)
  }

  async saveAsNote(text: string): Promise<boolean> {
    try {
      await this.#note(text.trim())
      return true
    } catch (error) {
      this.stopped = stoppedBy(error)
      return false
    }
  }

  async #note(text: string): Promise<void> {
    await this.#api.call('note.add', { conversationId: this.conversationId, text })
  }

  async #reply(
    text: string,
    files: readonly AttachedFile[],
    given: { basedOn: MessageId | null; isAnyway: boolean; replyTo: MessageId | null },
  ): Promise<void> {
    let { replyTo } = given
    const send = async (body: Body) => {
      await this.#api.call('message.send', {
        conversationId: this.conversationId,
        body,
        basedOn: given.basedOn,
        ...(replyTo === null ? {} : { replyTo }),
        ...(given.isAnyway ? { isAnyway: true } : {}),
      })
      replyTo = null
    }
    const isCaption = this.#isCaption(text, files)
    for (const file of files) {
      await send(bodyOf(file, isCaption ? text : file.caption.trim()))
      this.files.remove(file)
    }
    if (text !== '' && !isCaption) await send({ type: 'text', text })
  }

  /** One file and a text are one message, as on a phone. */
  #isCaption(text: string, [file, ...more]: readonly AttachedFile[]): boolean {
    if (file === undefined || more.length > 0 || file.kind === 'audio') return false
    return text !== '' && text.length <= mostCaption && file.caption.trim() === ''
  }

  #obstacle(): Composer['obstacle'] {
    if (this.length > mostText) return 'too-long'
    if (this.mode === 'note') return this.length === 0 ? 'empty' : null
    if (this.files.list.some((file) => file.phase === 'failed')) return 'failed-file'
    if (this.files.list.some((file) => file.phase === 'saving')) return 'saving'
    return this.length === 0 && this.files.list.length === 0 ? 'empty' : null
  }
}
