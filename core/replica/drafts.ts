import type { DraftView } from '../contract/views.ts'
import type { Draft } from '../domain/draft.ts'
import type { ConversationId, DraftVersionId, UserId } from '../domain/ids.ts'
import {
  sharedDraftId,
  type Device,
  type DraftVersion,
  type SharedDraft,
} from '../domain/shared-draft.ts'
import type { Platform } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { present } from '../lib/present.ts'
import type { MutatorArgs } from '../mutators/all.ts'
import { sharesDrafts } from '../protocol/version.ts'
import { viewOfDraft } from './draft-view.ts'
import type { LocalDraft } from './local-drafts.ts'
import type { Overlay } from './overlay.ts'
import type { JournalRecord } from './records.ts'
import type { Replica } from './replica.ts'

/** Who stops for so long has written something worth having on another machine: at most six deeds a minute. */
const restMs = 10_000

type Parts = {
  replica: Replica
  overlay: Overlay
  userId: UserId
  device: Device
  platform: Platform
  /** How far the server can be told. */
  link(): { isSynced: boolean; proto: number }
  /** Does the deed; the records go to disk with it. @throws AppError */
  perform(args: MutatorArgs<'draft.put'>, along: readonly JournalRecord[]): Promise<void>
  changed(id: ConversationId): void
  report(bug: unknown): void
}

/**
 * A person's drafts on this machine, and how their other machines get them. What is typed is kept here at once and is
 * no deed; it becomes one when they turn away, rest or empty it, and then only while the server can hear of it. Nothing
 * here is done twice at a time.
 */
export class Drafts {
  readonly #parts: Parts
  /** Where somebody has typed and not turned away since. */
  readonly #writing = new Set<ConversationId>()
  /** Where they may still go on. */
  readonly #resting = new Map<ConversationId, () => void>()
  /** What became of a version by deeds of ours, because a field may not have heard of that yet. */
  readonly #followed = new Map<ConversationId, Map<DraftVersionId | null, DraftVersionId>>()
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  view(id: ConversationId): DraftView | null {
    const { replica } = this.#parts
    return viewOfDraft(replica.drafts.get(id), this.#shared(id), replica.outbox.replica)
  }

  /** Keeps what is typed. @throws AppError not-found, disk-full */
  put({ base, ...draft }: Draft): Promise<DraftView | null> {
    const id = draft.conversationId
    return this.#inTurn(async () => {
      const newest = this.#newestOf(id, base ?? null) ?? undefined
      await this.#parts.replica.putDraft({ ...draft, ...present({ base: newest }) })
      this.#writing.add(id)
      this.#rest(id)
      this.#parts.changed(id)
      return this.view(id)
    })
  }

  /** They turned away from it: other machines get it now, or as soon as the server is there. */
  share(id: ConversationId): Promise<void> {
    return this.#inTurn(async () => {
      this.#turnAway(id)
      await this.#give(id)
    })
  }

  /** Shows the text that stands beside, and puts the one that was shown there. @throws AppError disk-full */
  choose(id: ConversationId): Promise<DraftView | null> {
    return this.#inTurn(async () => {
      this.#turnAway(id)
      await this.#give(id, true)
      const other = this.#shared(id)?.other
      if (other) await this.#perform({ conversationId: id, base: other.version }, other)
      this.#followed.delete(id)
      this.#parts.changed(id)
      return this.view(id)
    })
  }

  /** Takes that version away; the text in the field stays. @throws AppError disk-full */
  discard(id: ConversationId, base: DraftVersionId): Promise<DraftView | null> {
    return this.#inTurn(async () => {
      const gone = this.#versionsOf(id).find(({ version }) => version === base)
      if (gone) await this.#perform({ conversationId: id, base }, { ...gone, text: '' })
      this.#parts.changed(id)
      return this.view(id)
    })
  }

  /** Gives away what could not be given before. */
  catchUp(): void {
    for (const id of this.#parts.replica.drafts.keys()) {
      if (!this.#resting.has(id)) this.#giveSoon(id)
    }
  }

  stop(): void {
    for (const cancel of this.#resting.values()) cancel()
    this.#resting.clear()
  }

  #shared(id: ConversationId): SharedDraft | undefined {
    const { overlay, userId } = this.#parts
    return overlay.get('draft', sharedDraftId(userId, id))
  }

  #versionsOf(id: ConversationId): DraftVersion[] {
    const { shown = null, other = null } = this.#shared(id) ?? {}
    return [shown, other].filter((one) => one !== null)
  }

  #rest(id: ConversationId): void {
    this.#resting.get(id)?.()
    const cancel = this.#parts.platform.after(restMs, () => {
      this.#resting.delete(id)
      this.#giveSoon(id)
    })
    this.#resting.set(id, cancel)
  }

  #turnAway(id: ConversationId): void {
    this.#writing.delete(id)
    this.#resting.get(id)?.()
    this.#resting.delete(id)
  }

  /** Without room, or out of sight, it stays as it is. */
  #giveSoon(id: ConversationId): void {
    void this.#inTurn(() => this.#give(id)).catch((error: unknown) => {
      if (!(error instanceof AppError)) this.#parts.report(error)
    })
  }

  /**
   * Makes the deed that gives a local draft to the person's other machines. While they are writing it stays here as
   * well, so that nothing that arrives takes its place in the field.
   */
  async #give(id: ConversationId, isUrgent = false): Promise<void> {
    const local = this.#parts.replica.drafts.get(id)
    if (local === undefined || (local.isRefused === true && !isUrgent)) return
    const isEmpty = local.text.trim() === ''
    const isStaying = this.#writing.has(id) && !isEmpty
    if (this.#isShared(local, isEmpty)) {
      if (!isStaying) await this.#drop(local)
      return
    }
    const { isSynced, proto } = this.#parts.link()
    if (!isUrgent && !(isSynced && proto >= sharesDrafts)) return
    const base = local.base ?? null
    const text = isEmpty ? '' : local.text
    const { mode, replyTo, updatedAtMs: writtenAtMs } = local
    const { replica, device } = this.#parts
    const written = { text, mode, writtenAtMs, device, replica: replica.outbox.replica }
    const version = await this.#perform(
      { conversationId: id, base },
      { ...written, ...present({ replyTo }) },
      (own) =>
        isStaying ? ['draft', { ...local, base: own }] : ['draft-gone', { conversationId: id }],
    )
    if (isEmpty) this.#followed.delete(id)
    else this.#follow(id, base, version)
    this.#parts.changed(id)
  }

  async #drop({ base: _shared, ...local }: LocalDraft): Promise<void> {
    await this.#parts.replica.putDraft({ ...local, text: '' })
  }

  /** Whether the others have it already, or there is nothing they would have to be told. */
  #isShared(local: LocalDraft, isEmpty: boolean): boolean {
    const versions = this.#versionsOf(local.conversationId)
    const held = versions.find(({ version }) => version === local.base)
    if (isEmpty) return held === undefined
    const isSame = (one: DraftVersion | null | undefined) =>
      one?.text === local.text && one.mode === local.mode && one.replyTo === local.replyTo
    return isSame(held) || isSame(this.#shared(local.conversationId)?.shown)
  }

  async #perform(
    about: Pick<MutatorArgs<'draft.put'>, 'conversationId' | 'base'>,
    written: Omit<DraftVersion, 'version'>,
    along?: (version: DraftVersionId) => JournalRecord,
  ): Promise<DraftVersionId> {
    const version = this.#parts.platform.newId() as DraftVersionId // a fresh UUIDv7
    const args = { ...written, ...about, version }
    await this.#parts.perform(args, along === undefined ? [] : [along(version)])
    return version
  }

  #follow(id: ConversationId, base: DraftVersionId | null, version: DraftVersionId): void {
    const known = this.#followed.get(id) ?? new Map<DraftVersionId | null, DraftVersionId>()
    this.#followed.set(id, known.set(base, version))
  }

  #newestOf(id: ConversationId, base: DraftVersionId | null): DraftVersionId | null {
    const next = this.#followed.get(id)?.get(base)
    return next === undefined ? base : this.#newestOf(id, next)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }
}
