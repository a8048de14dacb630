import type { Change } from '../../core/domain/entities.ts'
import type { Message } from '../../core/domain/message.ts'
import { maySee } from '../../core/domain/scopes.ts'
import { further, reached } from '../../core/domain/status.ts'
import { withMessage } from '../../core/domain/conversation.ts'
import { mutatorNamed } from '../../core/mutators/all.ts'
import { refuse, type Outcome } from '../../core/mutators/mutator.ts'
import type { PushedMutation } from '../../core/protocol/shared.ts'
import { must } from '../../core/lib/must.ts'
import { aMessage, exampleNowMs } from '../../core/testing/examples.ts'
import type { Bug } from './bugs.ts'
import { Connection } from './connection.ts'
import type { Down } from '../../core/protocol/down.ts'
import { readPage } from './snapshot.ts'
import { withEmptiedDrafts } from './drafts.ts'
import { copyOf, Log, type Stored, type Webhook } from './log.ts'

export type Pushed = 'done' | 'fenced' | 'fork' | 'order'

/** A model of the server: the log, deeds, webhooks, and what waits to be sent. */
export class Server {
  readonly log: Log
  readonly connections = new Set<Connection>()
  readonly nowMs = exampleNowMs
  readonly seen = new Set<string>()
  readonly #bug: Bug | null
  readonly #newId: () => string
  #backup: Stored | null = null
  #kept: Webhook[] = []

  constructor(bug: Bug | null, newId: () => string) {
    this.#bug = bug
    this.#newId = newId
    this.log = new Log(bug)
  }

  /** Remembers that this happened, so that a test can tell whether schedules still reach it. */
  saw(what: string): void {
    this.seen.add(what)
  }

  connect(userId: string, say: (down: Down) => void): Connection {
    const connection = new Connection(this, userId, this.#bug, say)
    this.connections.add(connection)
    return connection
  }

  async readPage(userId: string, from: string | null): Promise<string> {
    return readPage(this.log, userId, from)
  }

  wake(): void {
    for (const connection of this.connections) connection.news()
  }

  /** A quarter of an hour has passed. */
  compare(): void {
    for (const connection of this.connections) connection.compare()
  }

  // Deeds

  /** As server/sync/push.ts does it: in order, in one chain, each once. */
  push(id: string, fence: number, userId: string, muts: readonly PushedMutation[]): Pushed {
    const before = copyOf(this.log.stored)
    const pushed = this.#pushIn(id, fence, userId, muts)
    if (pushed !== 'done') this.log.stored = before
    return pushed
  }

  #pushIn(id: string, fence: number, userId: string, muts: readonly PushedMutation[]): Pushed {
    const { replicas, results } = this.log.stored
    const replica = must(replicas.get(id), 'replica that said hello')
    const isBlind = this.#bug === 'only the last deed compared'
    const isFencing = this.#bug !== 'no dedupe of deeds' && !isBlind
    if (replica.fence !== fence && isFencing) return 'fenced'
    const isStrict = this.#bug !== 'blind to forks' && !isBlind
    for (const mutation of muts) {
      if (mutation.mid <= replica.lmid && this.#bug !== 'no dedupe of deeds') {
        const isOther = mutation.mid === replica.lmid && mutation.muid !== replica.lmuid
        if (isOther && isStrict) return 'fork'
        continue
      }
      if (this.#bug !== 'no dedupe of deeds') {
        if (mutation.mid !== replica.lmid + 1) return 'order'
        if (mutation.prev !== replica.lmuid && isStrict) return 'fork'
      }
      if (!results.has(mutation.muid) || this.#bug === 'no dedupe of deeds') {
        const outcome = this.#perform(userId, mutation)
        results.set(mutation.muid, outcome.ok ? { ok: true } : { ok: false, code: outcome.code })
        if (!outcome.ok) this.saw(`refused: ${outcome.code}`)
      } else this.saw('known deed')
      replica.lmid = Math.max(replica.lmid, mutation.mid)
      replica.lmuid = mutation.muid
    }
    return 'done'
  }

  #perform(userId: string, { name, args, ep }: PushedMutation): Outcome {
    const user = must(this.log.get('user', userId), 'user')
    const mutator = must(mutatorNamed(name), 'mutator')
    const given = this.#bug === 'last assignment wins' ? this.#withNewestVersion(args) : args
    const conversation = this.log.get(
      'conversation',
      String(Reflect.get(args as object, 'conversationId')),
    )
    if (conversation !== undefined && !maySee(user, conversation)) {
      this.saw('deed out of sight')
      return refuse('forbidden')
    }
    const reads = {
      get: this.log.get.bind(this.log),
      conversationsOf: this.log.conversationsOf.bind(this.log),
    }
    const outcome = mutator.run(reads, given, { user, nowMs: this.nowMs })
    if (!outcome.ok) return outcome
    const isOld = ep !== String(this.log.stored.epoch) && this.#bug !== 'sent again after restore'
    if (isOld && name === 'message.send') this.saw('send of an older history')
    this.#commit(outcome.changes.map((change) => (isOld ? doubted(change) : change)))
    return outcome
  }

  #withNewestVersion(args: unknown): unknown {
    if (typeof args !== 'object' || args === null || !('baseVersion' in args)) return args
    const id = String(Reflect.get(args, 'conversationId'))
    return { ...args, baseVersion: this.log.get('conversation', id)?.assignVersion ?? 0 }
  }

  /** Writes rows, and puts what is to leave into the outbox with them. */
  #commit(changes: readonly Change[]): void {
    for (const { entity, row } of changes) {
      if (entity !== 'message' || row.status !== 'queued' || row.direction !== 'out') continue
      if (this.log.stored.outbox.has(row.id)) continue
      const { conversationId, ord } = row
      this.log.stored.outbox.set(row.id, { state: 'queued', conversationId, ord })
    }
    this.log.write(withEmptiedDrafts(this.log, changes))
  }

  /** An administrator's own deed, which needs no console. */
  change(changes: readonly Change[]): void {
    this.#commit(changes)
    this.wake()
  }

  // Webhooks

  /** It is answered 200. */
  receive(webhook: Webhook): void {
    if (this.#bug === 'answered before kept') this.#kept.push(webhook)
    else this.log.stored.kept.push(webhook)
  }

  /** Understands what is kept. Two workers may look at once. */
  understand(): void {
    const { stored } = this.log
    const webhooks = [...stored.kept, ...this.#kept]
    stored.kept = []
    this.#kept = []
    const isNew = new Map(
      webhooks.map((webhook) => [webhook, !stored.wamids.has(webhook.wamid)] as const),
    )
    for (const webhook of webhooks) {
      const lookedNew =
        this.#bug === 'look, then insert'
          ? isNew.get(webhook) === true
          : !stored.wamids.has(webhook.wamid)
      if (webhook.kind === 'status') this.#report(webhook)
      else if (lookedNew) this.#store(webhook)
      else this.saw('duplicate webhook')
    }
    this.wake()
  }

  #store({ wamid, conversationId }: Extract<Webhook, { kind: 'message' }>): void {
    const conversation = must(this.log.get('conversation', conversationId), 'conversation')
    const message = aMessage({
      id: this.#newId() as Message['id'], // a fresh id
      wamid,
      conversationId: conversation.id,
      numberId: conversation.numberId,
      ord: conversation.lastOrd + 1,
      sentAtMs: this.nowMs + conversation.lastOrd * 1000,
    })
    this.log.stored.wamids.set(wamid, message.id)
    this.#commit([
      { entity: 'message', row: message },
      { entity: 'conversation', row: withMessage(conversation, message) },
    ])
  }

  #report(webhook: Extract<Webhook, { kind: 'status' }>): void {
    const message = this.log.get('message', webhook.messageId)
    if (message === undefined) {
      this.log.stored.parked.push(webhook)
      this.saw('parked status')
      return
    }
    const status =
      this.#bug === 'status goes back' ? webhook.status : further(message.status, webhook.status)
    if (message.status !== webhook.status && reached(message.status, webhook.status))
      this.saw('late status')
    const { error: _error, ...rest } = message
    const sending = this.log.stored.outbox.get(message.id)
    if (sending !== undefined) sending.state = 'done'
    this.#commit([{ entity: 'message', row: { ...rest, wamid: webhook.wamid, status } }])
  }

  /** Reports that waited for their message. */
  drain(): void {
    const { stored } = this.log
    const waiting = stored.parked
    stored.parked = []
    for (const webhook of waiting) if (webhook.kind === 'status') this.#report(webhook)
  }

  // Sending

  /** Takes the oldest of a conversation that has nothing under way. */
  claim(): string | undefined {
    const rows = [...this.log.stored.outbox]
    const busy = new Set(
      rows.filter(([, row]) => row.state === 'sending').map(([, row]) => row.conversationId),
    )
    const [next] = rows
      .filter(([, row]) => row.state === 'queued' && !busy.has(row.conversationId))
      .sort(([, a], [, b]) => a.ord - b.ord)
    if (next === undefined) return undefined
    const [id, row] = next
    row.state = 'sending'
    this.#move(id, 'sending')
    return id
  }

  /** How a call ended, as far as the process that made it knows. */
  settle(id: string, how: 'accepted' | 'refused' | 'unknown', wamid: string): void {
    const row = this.log.stored.outbox.get(id)
    if (row === undefined || row.state === 'done') return
    if (how === 'refused' || (how === 'unknown' && this.#bug === 'unknown sent again')) {
      row.state = 'queued'
      return this.#move(id, 'queued')
    }
    row.state = 'done'
    if (how !== 'accepted') this.saw('unknown end')
    this.#move(
      id,
      how === 'accepted' ? 'accepted' : 'uncertain',
      how === 'accepted' ? wamid : undefined,
    )
  }

  #move(id: string, status: 'queued' | 'sending' | 'accepted' | 'uncertain', wamid?: string): void {
    const message = this.log.get('message', id)
    if (message === undefined) return
    // A refusal is the one way back: WhatsApp proved that it has nothing.
    const next =
      status === 'queued' && message.status === 'sending' ? status : further(message.status, status)
    this.#commit([
      {
        entity: 'message',
        row: { ...message, status: next, ...(wamid === undefined ? {} : { wamid }) },
      },
    ])
    this.wake()
  }

  // Ends and beginnings

  /** The process dies: what was not committed is gone, and nobody knows how calls under way ended. */
  crash(): void {
    this.#kept = []
    this.log.settle()
    for (const connection of this.connections) connection.isOpen = false
    this.connections.clear()
    for (const [id, row] of this.log.stored.outbox) {
      if (row.state === 'sending') this.settle(id, 'unknown', '')
    }
  }

  backup(): void {
    this.#backup = copyOf(this.log.stored)
  }

  /** @returns whether there was a backup */
  restore(): boolean {
    if (this.#backup === null) return false
    const epoch = this.log.stored.epoch + 1
    this.crash()
    this.log.stored = { ...copyOf(this.#backup), epoch }
    if (this.#bug === 'sent again after restore') return true
    for (const [id, row] of this.log.stored.outbox) {
      if (row.state !== 'done') {
        row.state = 'done'
        this.saw('uncertain after restore')
        this.#move(id, 'uncertain')
      }
    }
    return true
  }
}

/** A message written under an older history may have left before: a person decides. */
function doubted(change: Change): Change {
  if (change.entity !== 'message' || change.row.status !== 'queued') return change
  return { ...change, row: { ...change.row, status: 'uncertain' } }
}
