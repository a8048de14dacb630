/** What WhatsApp posts to the webhook: a message of the contact of that conversation, or how far one of ours has come. */
export type Post =
  | { kind: 'message'; wamid: string; conversation: number }
  | {
      kind: 'status'
      wamid: string
      messageId: string
      status: 'sent' | 'delivered' | 'read'
    }
/** How a call ends. `lost`: it was taken, and nobody heard so; `nothing`: it was not, and nobody heard that either. */
export type Outcome = 'accepted' | 'lost' | 'refused' | 'nothing'
type Answer = (how: Outcome, wamid: string) => void

/** WhatsApp and the customers behind it: loses answers, posts late, twice and in any order. The same in both tiers. */
export class WhatsApp {
  /** By message: how often it was accepted. */
  readonly accepted = new Map<string, number>()
  /** What customers wrote and the server answered 200 for, since no backup took it back. */
  readonly received = new Set<string>()
  /** Accepted, but all that would tell so was told to a database that went back. */
  readonly untold = new Set<string>()
  readonly onTheWay: Post[] = []
  readonly #calls: { messageId: string; answer: Answer | null }[] = []
  readonly #reports: Extract<Post, { kind: 'status' }>[] = []
  #receivedAtBackup: ReadonlySet<string> = new Set()
  #written = 0

  get hasCalls(): boolean {
    return this.#calls.length > 0
  }

  get hasReports(): boolean {
    return this.#reports.length > 0
  }

  write(conversation: number): void {
    this.#written += 1
    this.onTheWay.push({ kind: 'message', wamid: `wamid.IN${this.#written}`, conversation })
  }

  /** At least once, in any order. @param isAgain whether it comes another time */
  take(which: number, isAgain: boolean): Post | undefined {
    const index = which % Math.max(1, this.onTheWay.length)
    const post = this.onTheWay[index]
    if (!isAgain && post !== undefined) this.onTheWay.splice(index, 1)
    if (post?.kind === 'message') this.received.add(post.wamid)
    return post
  }

  /** Somebody asks for a message to be sent. */
  call(messageId: string, answer: Answer): void {
    this.#calls.push({ messageId, answer })
  }

  /** A call ends. */
  end(which: number, how: Outcome): void {
    const [call] = this.#calls.splice(which % Math.max(1, this.#calls.length), 1)
    if (call === undefined) return
    const { messageId } = call
    const wamid = `wamid.OUT ${messageId}`
    if (how === 'accepted' || how === 'lost') {
      this.accepted.set(messageId, (this.accepted.get(messageId) ?? 0) + 1)
      for (const status of ['sent', 'delivered', 'read'] as const)
        this.#reports.push({ kind: 'status', wamid, messageId, status })
    }
    call.answer?.(how, wamid)
  }

  /** The process that made the calls is gone. */
  loseAnswers(): void {
    for (const call of this.#calls) call.answer = null
  }

  /** A report sets out. */
  report(which: number): void {
    const [report] = this.#reports.splice(which % Math.max(1, this.#reports.length), 1)
    if (report !== undefined) this.onTheWay.push(report)
  }

  backedUp(): void {
    this.#receivedAtBackup = new Set(this.received)
  }

  restored(): void {
    for (const wamid of this.received)
      if (!this.#receivedAtBackup.has(wamid)) this.received.delete(wamid)
    const told = new Set(
      [...this.#reports, ...this.onTheWay].flatMap((post) =>
        post.kind === 'status' ? post.messageId : [],
      ),
    )
    for (const id of this.accepted.keys()) if (!told.has(id)) this.untold.add(id)
  }
}
