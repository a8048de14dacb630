import type { ContactComparison, RefusalView, ThreadPage } from '../contract/views.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Change, Entity } from '../domain/entities.ts'
import type { ContactId, ConversationId, MessageId, MutationId, NumberId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import type { User } from '../domain/people.ts'
import { AppError, errorCodes, type ErrorCode } from '../lib/errors.ts'
import { firstFault } from '../lib/fault.ts'
import { storableJson } from '../lib/text.ts'
import { mutators, type MutatorArgs, type MutatorName } from '../mutators/all.ts'
import { contentOf, type Body } from '../mutators/body.ts'
import type { Context } from '../mutators/mutator.ts'
import { templateOf } from '../mutators/template.ts'
import { again } from './again.ts'
import { Drafts } from './drafts.ts'
import { Earlier } from './earlier.ts'
import { changesIn, draftsIn } from './frame-changes.ts'
import { Link, type LinkEvents } from './link.ts'
import { Once } from './once.ts'
import { isTooLarge } from './outbox.ts'
import { Overlay } from './overlay.ts'
import type { Machine } from './ports.ts'
import type { Gone } from './purge.ts'
import type { Deed, FrameRecord, JournalRecord, Refused } from './records.ts'
import type { Replica } from './replica.ts'
import { Search } from './search.ts'
import { readThread, type AskBefore, type ThreadAsked } from './thread.ts'
import { Views } from './views.ts'

/** A frame with a new row is here within milliseconds; what takes longer than this comes by itself later. */
const longestArrivalMs = 5000

/** What a desk asks its server beside what goes over the socket. */
export type ServerSide = Pick<LinkEvents, 'ticket' | 'snapshotPage' | 'sessionEnded'> & {
  messagesBefore: AskBefore
}

/** Hears what changed, in the contract's words. */
export type Announce = {
  /** Everything may be different: a whole new copy came. */
  everything(): void
  people(): void
  labels(): void
  /** Templates, or what a contact wants to receive. */
  templates(): void
  /** Our numbers or their accounts. */
  numbers(): void
  /** These threads, and with them the list. */
  conversations(ids: Iterable<ConversationId>): void
  /** What is begun in these, and with it the list. */
  drafts(ids: Iterable<ConversationId>): void
  outbox(): void
  link(): void
}

/** One signed-in person at work: their replica, what the screen sees of it, and the line to the server. */
export class Desk {
  readonly replica: Replica
  readonly views: Views
  readonly drafts: Drafts
  readonly search: Search
  readonly link: Link
  /** Hears of every frame once it is in; what was taken away is gone when this resolves. */
  onFrame: (frame: FrameRecord, gone: readonly Gone[]) => Promise<void> = async () => undefined
  /** Hears when a whole new copy took the place of what was held. */
  onReplaced: () => Promise<void> = async () => undefined
  readonly #machine: Machine
  readonly #overlay: Overlay
  readonly #earlier = new Earlier()
  readonly #askBefore: AskBefore
  readonly #announce: Announce
  readonly #arrivals = new Set<() => void>()
  readonly #retries = new Once()
  #user: User

  constructor(
    machine: Machine,
    replica: Replica,
    user: User,
    announce: Announce,
    { messagesBefore, ...server }: ServerSide,
  ) {
    this.replica = replica
    this.#machine = machine
    this.#user = user
    this.#announce = announce
    this.#askBefore = messagesBefore
    this.#overlay = new Overlay(replica.base, this.#earlier)
    this.#rebuild()
    this.views = new Views(replica, this.#overlay, user.id)
    this.drafts = new Drafts({
      ...{ replica, overlay: this.#overlay, userId: user.id },
      ...{ device: machine.device, platform: machine.platform },
      link: () => this.link,
      perform: (args, along) => this.perform('draft.put', args, along),
      changed: (id) => announce.drafts([id]),
      report: (bug) => machine.report(bug),
    })
    this.search = new Search(this.#overlay, machine.platform, () => replica.loading.isOver)
    this.link = new Link(machine, replica, {
      ...server,
      frameTaken: (frame, gone) => this.#took(frame, gone),
      replaced: () => this.#replaced(),
      stateChanged: () => announce.link(),
    })
    replica.loadRest({ came: () => this.#cameLate(), damaged: () => this.link.startOver() })
  }

  get user(): User {
    return this.#overlay.get('user', this.#user.id) ?? this.#user
  }

  get hasRows(): boolean {
    return this.replica.cursor !== null || this.replica.base.count('conversation') > 0
  }

  /**
   * Does a deed here and now: on disk first, then on screen, then to the server when there is one.
   * What the server could not keep of a text is left out from the start.
   *
   * @param along what changes on this machine because of it
   * @throws AppError with the refusal's code, and then nothing was kept; too-large; disk-full
   */
  async perform<N extends MutatorName>(
    name: N,
    given: MutatorArgs<N>,
    along: readonly JournalRecord[] = [],
  ): Promise<void> {
    const args = storableJson(given)
    const fault = firstFault(mutators[name].args, args)
    if (fault !== undefined)
      throw new AppError('bad-request', `${name}: ${fault.at} ${fault.reason}`, { details: fault })
    if (isTooLarge(args)) throw new AppError('too-large', `${name}: more than a server takes`)
    await this.#loadWhatNeeds(name, args)
    const outcome = this.#overlay.try({ name, args }, this.#context(this.#machine.platform.nowMs()))
    if (!outcome.ok)
      throw new AppError(outcome.code, `${name} was refused`, { details: outcome.details })
    if (outcome.changes.length === 0) return
    const deed = await this.replica.keepDeed(name, args, along)
    this.#overlay.perform(deed, this.#context(deed.at))
    this.search.changed(outcome.changes.map(keyOf))
    this.#announce.conversations(new Set(this.#conversationsIn(outcome.changes)))
    this.#announce.link()
    this.link.push()
  }

  /** Waits for the messages of this conversation when they are not here yet: it is never shown as if it had none. */
  async thread(asked: ThreadAsked): Promise<ThreadPage> {
    for (const id of this.#partsOf(asked.conversationId)) await this.replica.loading.surely(id)
    return readThread(this.views, this.#earlier, this.#askBefore, asked)
  }

  /** @throws AppError not-found */
  async message(id: MessageId): Promise<Message> {
    if (this.#overlay.get('message', id) === undefined) await this.replica.loading.all()
    return this.views.message(id)
  }

  async compare(contactId: ContactId, otherId: ContactId): Promise<ContactComparison> {
    await this.replica.loading.all()
    return this.views.compare(contactId, otherId)
  }

  conversation(id: ConversationId): Conversation {
    const conversation = this.#overlay.get('conversation', id)
    if (conversation === undefined) throw new AppError('not-found', 'no such conversation')
    return conversation
  }

  /** Waits until the server's copy of it is here; for a while only, because the line may break. */
  async arrival(entity: Entity, id: string): Promise<void> {
    if (this.#overlay.get(entity, id) !== undefined) return
    await new Promise<void>((resolve) => {
      const done = () => {
        cancel()
        this.#arrivals.delete(arrived)
        resolve()
      }
      const arrived = () => {
        if (this.#overlay.get(entity, id) !== undefined) done()
      }
      const cancel = this.#machine.platform.after(longestArrivalMs, done)
      this.#arrivals.add(arrived)
    })
  }

  refusals(): RefusalView[] {
    return [...this.replica.refused.values()].map((refused) => this.#viewOf(refused))
  }

  /** Does a refused deed after all, on the newest state. Asked twice at once it is done once. */
  retry(muid: MutationId): Promise<void> {
    return this.#retries.run(muid, async () => {
      const refused = this.replica.refused.get(muid)
      if (refused === undefined)
        throw new AppError('not-found', 'nothing was refused under this id')
      const { platform } = this.#machine
      const { name, args } = again(refused.deed, platform.newId(), (id) => this.conversation(id))
      await this.perform(name, args, [['settled', { muid }]])
      await this.settle(muid)
    })
  }

  async settle(muid: MutationId): Promise<void> {
    await this.replica.settle(muid)
    this.#announce.outbox()
  }

  #viewOf({ deed, code, details }: Refused): RefusalView {
    const args = deed.args as Record<string, unknown>
    const conversationId = typeof args.conversationId === 'string' ? args.conversationId : null
    const known = (errorCodes as readonly string[]).includes(code)
      ? (code as ErrorCode)
      : 'internal' // checked against the list
    return {
      muid: deed.muid,
      name: deed.name,
      code: known,
      details,
      conversationId,
      message: this.#messageOf(deed),
      isOutOfSight:
        conversationId !== null && this.#overlay.get('conversation', conversationId) === undefined,
      atMs: deed.at,
    }
  }

  /** What they had written, as it would have looked. */
  #messageOf(deed: Deed): Message | null {
    const args = deed.args as Record<string, unknown>
    const isNote = deed.name === 'note.add' || deed.name === 'note.edit'
    if (deed.name !== 'message.send' && !isNote) return null
    const conversationId = args.conversationId as ConversationId // checked when it was done
    const conversation = this.#overlay.get('conversation', conversationId)
    const content = isNote
      ? { type: 'note' as const, text: String(args.text) }
      : contentOf(args.body as Body, templateOf(this.#overlay, args.body as Body)) // checked when it was done
    return {
      ...content,
      id: (args.id ?? args.noteId) as MessageId, // checked when it was done
      conversationId,
      numberId: conversation?.numberId ?? ('' as NumberId), // of what they see no longer nothing is known
      ord: (conversation?.lastOrd ?? 0) + 1,
      direction: isNote ? 'note' : 'out',
      status: 'held',
      statusAt: {},
      author: { kind: 'agent', id: this.user.id, name: this.user.name },
      reactions: [],
      sentAtMs: deed.at,
      receivedAtMs: deed.at,
    }
  }

  /** A deed is done on the messages it is about, unless they cannot be read here: the server has the last word. */
  async #loadWhatNeeds<N extends MutatorName>(name: N, args: MutatorArgs<N>): Promise<void> {
    if (this.replica.loading.isOver) return
    if (!('conversationId' in args)) await this.replica.loading.all()
    else
      for (const id of this.#partsOf(args.conversationId)) await this.replica.loading.messagesOf(id)
  }

  /** The conversation, and those it shows as well. */
  #partsOf(id: ConversationId): ConversationId[] {
    return [id, ...(this.#overlay.get('conversation', id)?.includes ?? [])]
  }

  /** Messages came into the base from the disk: deeds that wait may be about them. */
  #cameLate(): void {
    if (this.replica.outbox.pending.length === 0) return
    const touched = this.#rebuild()
    if (touched.size > 0) this.#announce.conversations(touched)
  }

  async #replaced(): Promise<void> {
    this.#earlier.clear()
    this.#rebuild()
    this.search.reset()
    for (const arrived of [...this.#arrivals]) arrived()
    this.#announce.everything()
    this.#announce.conversations([...this.#overlay.all('conversation')].map(({ id }) => id))
    const shared = [...this.#overlay.all('draft')].map((draft) => draft.conversationId)
    this.#announce.drafts(new Set([...shared, ...this.replica.drafts.keys()]))
    await this.onReplaced()
  }

  async #took(frame: FrameRecord, gone: readonly Gone[]): Promise<void> {
    const isLess = gone.some(([entity]) => entity !== 'draft')
    if (frame.from === null || isLess) this.#earlier.clear() // it holds no more than may be seen
    const before = this.#overlay.changes()
    const touched = this.#rebuild()
    this.#tellSearch(frame, [...before.map(keyOf), ...gone])
    for (const [entity, id] of gone)
      if (entity === 'conversation') touched.add(id as ConversationId) // named as a conversation's
    for (const id of this.#conversationsIn(changesIn(frame))) touched.add(id)
    for (const arrived of [...this.#arrivals]) arrived()
    if (frame.from === null) this.#announce.everything()
    if (
      frame.put.some(([entity]) => entity === 'user' || entity === 'team' || entity === 'number')
    ) {
      this.#announce.people()
    }
    if (frame.put.some(([entity]) => entity === 'label')) this.#announce.labels()
    if (frame.put.some(([entity]) => entity === 'template' || entity === 'contact')) {
      this.#announce.templates()
    }
    if (frame.put.some(([entity]) => entity === 'number' || entity === 'waba')) {
      this.#announce.numbers()
    }
    if (touched.size > 0) this.#announce.conversations(touched)
    const begun = draftsIn(frame, gone)
    if (begun.size > 0) this.#announce.drafts(begun)
    if (frame.results.some(([, result]) => !result.ok)) this.#announce.outbox()
    this.#announce.link()
    this.drafts.catchUp()
    await this.onFrame(frame, gone)
  }

  /** @param others rows that may look different for other reasons than that the frame brought them */
  #tellSearch({ from, put }: FrameRecord, others: readonly Gone[]): void {
    if (from === null) return this.search.reset()
    const came = put.map(([entity, , row]) => keyOf({ entity, row } as Change)) // the server built it from the entity's own table
    this.search.changed([...came, ...others, ...this.#overlay.changes().map(keyOf)])
  }

  *#conversationsIn(changes: Iterable<Change>): Generator<ConversationId> {
    const contacts = new Set<string>()
    for (const change of changes) {
      if (change.entity === 'conversation') yield* this.#shownIn(change.row.id)
      else if (change.entity === 'message' || change.entity === 'read')
        yield* this.#shownIn(change.row.conversationId)
      else if (change.entity === 'contact') contacts.add(change.row.id)
    }
    if (contacts.size === 0) return
    for (const conversation of this.#overlay.all('conversation')) {
      if (contacts.has(conversation.contactId)) yield conversation.id
    }
  }

  /** The conversation, and the one it is shown in since its contact was merged. */
  *#shownIn(id: ConversationId): Generator<ConversationId> {
    yield id
    const { mergedInto } = this.#overlay.get('conversation', id) ?? {}
    if (mergedInto !== undefined) yield* this.#shownIn(mergedInto)
  }

  #rebuild(): Set<ConversationId> {
    return this.#overlay.rebuild(this.replica.outbox.pending, (deed) => this.#context(deed.at))
  }

  #context(atMs: number): Context {
    return { user: this.user, nowMs: atMs + this.replica.clockOffsetMs }
  }
}

function keyOf({ entity, row }: Change): [Entity, string] {
  return [entity, row.id]
}
