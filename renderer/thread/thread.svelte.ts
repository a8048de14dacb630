import { untrack } from 'svelte'
import type { Api } from '../../core/contract/client.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { AppError } from '../../core/lib/errors.ts'

/** Messages mounted at first, added for each step back, and mounted at most: more made switching slow. */
export const firstPage = 60
export const step = 40
export const mostMounted = 240
/** Steps back in search of one message. */
const mostSearched = 50

/**
 * One open conversation, as far as the screen is concerned. The host has the truth; this has the last page asked for
 * and knows what of it the person has had in front of them.
 */
export class Thread {
  readonly id: ConversationId
  page = $state.raw<ThreadPage | null>(null)
  phase = $state<'loading' | 'ready' | 'failed' | 'gone'>('loading')
  /** Where "new" began when the conversation was opened. */
  firstUnreadId = $state<MessageId | null>(null)
  readonly messages: readonly Message[] = $derived(this.page?.messages ?? [])
  /** Ids of messages that only this machine knows so far. */
  readonly local: readonly string[] = $derived(this.page?.local ?? [])

  readonly #api: Api
  #asked = 0
  #limit = $state(firstPage)
  /** Ends of the pages passed on the way back, newest first; empty while the newest page is shown. */
  #ends = $state.raw<readonly MessageId[]>([])
  #seen = $state.raw<{ id: MessageId | null; ord: number }>({ id: null, ord: 0 })
  #readInbound = -1
  /** How often it had been marked unread when it was opened: a mark made since then stays. */
  #readVersion = 0
  #arrived = $state.raw<readonly MessageId[]>([])
  readonly #heard: (arrived: readonly Message[]) => void

  readonly hasOlder: boolean = $derived(this.page?.hasOlder ?? false)
  readonly hasNewer: boolean = $derived(this.#ends.length > 0)
  /** Newest message the server knows of that was on this screen: what a reply is based on. */
  readonly basedOn: MessageId | null = $derived(this.#seen.id)
  /** Messages by others below what the person has seen. */
  readonly unseen: number = $derived(this.#unseen())

  /** @param heard is told what the contact wrote since the answer before */
  constructor(
    api: Api,
    id: ConversationId,
    heard: (arrived: readonly Message[]) => void = () => undefined,
  ) {
    this.#api = api
    this.#heard = heard
    this.id = id
  }

  /** Shows the newest page, and keeps it so until the returned function is called. */
  open(): () => void {
    untrack(() => void this.#ask()) // an effect that opens must not follow what asking reads
    const offThread = this.#api.on('thread.changed', ({ conversationId }) => {
      if (conversationId === this.id) void this.#ask(true)
    })
    const offOutbox = this.#api.on('outbox.changed', () => void this.#ask(true))
    return () => {
      offThread()
      offOutbox()
    }
  }

  retry(): Promise<void> {
    return this.#ask(false, true)
  }

  /** Mounts one step more of the past; at the most it may hold, the newest step makes room. */
  async older(): Promise<void> {
    if (!this.hasOlder) return
    if (this.#limit < mostMounted) this.#limit = Math.min(mostMounted, this.#limit + step)
    else {
      const end = this.messages[this.messages.length - step]
      if (end !== undefined) this.#ends = [...this.#ends, end.id]
    }
    await this.#ask(false, true)
  }

  async newer(): Promise<void> {
    if (!this.hasNewer) return
    this.#ends = this.#ends.slice(0, -1)
    await this.#ask()
  }

  async newest(): Promise<void> {
    this.#limit = firstPage
    this.#ends = []
    await this.#ask()
  }

  /** The person has had everything up to this message in front of them. */
  saw(id: MessageId): void {
    let seen = this.#seen
    for (const message of this.messages) {
      if (message.ord > seen.ord && !this.local.includes(message.id)) {
        seen = { id: message.id, ord: message.ord }
      }
      if (message.id === id) break
    }
    if (seen !== this.#seen) this.#seen = seen
  }

  /** Tells the host that everything the contact wrote was seen. Once for each state of the conversation. */
  async read(): Promise<void> {
    const inbound = this.page?.conversation.inboundCount ?? 0
    if (this.page === null || this.page.unread === 0 || this.hasNewer) return
    if (inbound <= this.#readInbound) return
    const before = this.#readInbound
    this.#readInbound = inbound
    try {
      const version = this.#readVersion
      await this.#api.call('conversation.read', { conversationId: this.id, inbound, version })
    } catch {
      this.#readInbound = before
    }
  }

  /**
   * Answers may overtake one another; only the last question's counts.
   *
   * @param staysHere the person did not move: what they read must not be pushed out by newcomers
   * @param isDeep the past is what they want, and it may have to be fetched
   */
  async #ask(staysHere = false, isDeep = false): Promise<void> {
    const asked = ++this.#asked
    const before = this.#ends.at(-1)
    const input = { conversationId: this.id, limit: this.#limit, isDeep }
    try {
      const page = await this.#api.call(
        'thread.page',
        before === undefined ? input : { ...input, before },
      )
      if (asked === this.#asked) this.#show(page, staysHere)
    } catch (error) {
      if (asked !== this.#asked) return
      const isGone = error instanceof AppError && error.code === 'not-found' && before === undefined
      if (isGone) this.page = null
      if (this.page === null) this.phase = isGone ? 'gone' : 'failed'
    }
  }

  #show(page: ThreadPage, staysHere: boolean): void {
    const isFirst = this.page === null
    const added = staysHere ? this.#pushedOut(page) : 0
    if (isFirst) this.#readVersion = page.readVersion
    else this.#hear(page)
    this.page = page
    this.phase = 'ready'
    if (isFirst && page.unreadMessages > 0) this.#beginUnread(page)
    else if (added > 0) this.#grow(added)
  }

  /** Mounts the past until it holds that message. Answers whether it does. */
  async find(id: MessageId): Promise<boolean> {
    const has = () => this.messages.some((message) => message.id === id)
    for (let pages = 0; !has() && this.hasOlder && pages < mostSearched; pages += 1) {
      await this.older()
    }
    return has()
  }

  /** Came while this conversation is open, or was unread when it was opened. */
  isNew(id: MessageId): boolean {
    return this.#arrived.includes(id)
  }

  /** Newcomers that would push what is being read out at the other end. */
  #pushedOut(page: ThreadPage): number {
    const oldest = this.page?.messages[0]
    if (oldest === undefined || this.unseen === 0 || this.hasNewer) return 0
    if (page.messages.some((message) => message.id === oldest.id)) return 0
    const known = this.messages.map((message) => message.id)
    return page.messages.filter((message) => !known.includes(message.id)).length
  }

  #beginUnread(page: ThreadPage): void {
    const inbound = page.messages.filter(
      ({ direction, isHistory }) => direction === 'in' && isHistory !== true,
    )
    if (inbound.length < page.unreadMessages && page.hasOlder && this.#limit < mostMounted) {
      this.page = null
      this.#grow(page.unreadMessages)
      return
    }
    const unread = inbound.slice(-page.unreadMessages)
    this.firstUnreadId = unread[0]?.id ?? null
    this.#arrived = unread.map((message) => message.id)
  }

  #hear(page: ThreadPage): void {
    const before = this.page?.conversation.lastOrd ?? 0
    const arrived = page.messages.filter(
      (message) => message.direction === 'in' && message.ord > before,
    )
    if (arrived.length === 0) return
    this.#arrived = [...this.#arrived, ...arrived.map((message) => message.id)]
    this.#heard(arrived)
  }

  #grow(by: number): void {
    if (this.#limit >= mostMounted) return
    this.#limit = Math.min(mostMounted, this.#limit + by)
    void this.#ask()
  }

  #unseen(): number {
    return this.messages.filter(
      (message) =>
        message.ord > this.#seen.ord && isNews(message) && !this.local.includes(message.id),
    ).length
  }
}

function isNews(message: Message): boolean {
  return message.direction !== 'system' && message.type !== 'reaction'
}
