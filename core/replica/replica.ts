import type { Change } from '../domain/entities.ts'
import type { ConversationId, MutationId, ReplicaId } from '../domain/ids.ts'
import type { Platform } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { Turns } from '../lib/turns.ts'
import type { Cursor } from '../protocol/shared.ts'
import { Base } from './base.ts'
import { carriedOver } from './carried-over.ts'
import { FoldTimes } from './fold-times.ts'
import { allShards, readDesk, shardOf, shardOfMessages } from './folding.ts'
import { writeGeneration, type Place } from './generation.ts'
import { keepOnly, removeCopies, removeLeftovers } from './leftovers.ts'
import { Loading, type LoadingEvents } from './loading.ts'
import { draftIn, forgetDrafts, recordOf, takeRefusals, type LocalDraft } from './local-drafts.ts'
import { Outbox } from './outbox.ts'
import type { Disk, Journal } from './ports.ts'
import { fits } from './pull.ts'
import { conversationsOf, purge, takesAway, type Gone } from './purge.ts'
import { findManifest } from './salvage.ts'
import { removeStaging } from './staging.ts'
import { trimMessages } from './trim.ts'
import type { Deed, FrameRecord, JournalRecord, Manifest, Refused } from './records.ts'

/**
 * One person's copy of one server: the rows, their own deeds and drafts, on disk and in memory. A deed is on disk
 * before it counts; a frame goes to disk as one record with the place it leads to. Opened by console.ts only.
 */
export class Replica {
  readonly base = new Base()
  readonly outbox: Outbox
  readonly drafts = new Map<ConversationId, LocalDraft>()
  readonly refused = new Map<MutationId, Refused>()
  cursor: Cursor | null = null
  /** The server's history as it said at the last greeting; the rows may still be of the one before. */
  epoch: string | null = null
  scopes: string[] = []
  /** Version of the protocol the rows were taken with, as far as it is known. */
  rowsProto: number | null = null
  syncedAtMs: number | null = null
  clockOffsetMs = 0
  /** When a whole copy last took the place of what was held. */
  readonly freshAtMs = () => this.#manifest.freshAtMs ?? null
  readonly #disk: Disk
  readonly #platform: Platform
  readonly #dirty = new Set<string>()
  /** One writer at a time: numbers and the order on disk are the same. */
  readonly #turns = new Turns()
  readonly #foldTimes: FoldTimes
  #manifest: Manifest
  #journal: Journal
  #loading: Loading
  #lastAcknowledged: MutationId | null = null
  /** Something was purged that a file still holds. */
  #isFoldOwed = false

  private constructor(disk: Disk, platform: Platform, manifest: Manifest, replica: ReplicaId) {
    this.#disk = disk
    this.#platform = platform
    this.#manifest = manifest
    this.#journal = disk.journal(manifest.journal)
    this.#loading = new Loading(disk, this.base, {})
    this.outbox = new Outbox(replica)
    const sizeBytes = () => this.#journal.sizeBytes()
    this.#foldTimes = new FoldTimes(platform, sizeBytes, () => this.fold())
  }

  /**
   * Opens what is on disk, or begins: with everything but the messages, which `loadRest` brings. Rows that cannot be read
   * are asked of the server again; deeds are never lost.
   */
  static async open(disk: Disk, platform: Platform): Promise<Replica> {
    const newId = platform.newId() as ReplicaId // a fresh UUIDv7
    const manifest = await findManifest(disk, newId)
    const replica = new Replica(disk, platform, manifest, newId)
    await replica.#load(newId)
    // What a process before this one was about to forget when it ended.
    await removeLeftovers(disk, replica.#manifest)
    if (replica.#isFoldOwed) await replica.#foldTimes.ifPossible()
    return replica
  }

  async #load(newId: ReplicaId): Promise<void> {
    const [rest, { records, isDamaged }] = await Promise.all([
      readDesk(this.#disk, this.#manifest, this.base),
      this.#journal.read(),
    ])
    if (rest !== null) this.#takePlace(this.#manifest)
    this.#loading = new Loading(this.#disk, this.base, rest ?? {})
    const [start, ...others] = records as JournalRecord[]
    const isBegun = start?.[0] === 'replica'
    this.outbox.replica = isBegun ? start[1].id : newId
    let isWhole = rest !== null && !isDamaged && start !== undefined
    for (const record of isBegun ? others : (records as JournalRecord[])) {
      if (record[0] === 'frame' && takesAway(record[1], this.scopes))
        isWhole = (await this.#loading.all()) && isWhole
      this.#replay(record)
    }
    if (isWhole) return
    this.#loading.supersede()
    this.base.clear()
    this.cursor = null
    this.#manifest = { ...this.#manifest, shards: {} }
    await removeStaging(this.#disk)
    await this.fold()
  }

  /** What of the messages is not in the base yet. */
  get loading(): Loading {
    return this.#loading
  }

  /**
   * Brings the messages that are on disk into the base, behind what else is asked for. When some of them cannot be read,
   * everything is asked of the server again, and what is here stays until that has come.
   */
  loadRest(events: LoadingEvents): void {
    const loading = this.#loading
    const giveUpPlace = async () => {
      if (loading.isOver) return // the server's copy has come
      this.cursor = null
      events.damaged()
    }
    loading.begin({ ...events, damaged: () => void this.#turns.run(giveUpPlace) })
  }

  #takePlace({ lmid, lmuid, syncedAtMs, clockOffsetMs, ...place }: Manifest): void {
    this.cursor = place.cursor
    this.scopes = place.scopes
    this.rowsProto = place.rowsProto ?? null
    this.syncedAtMs = syncedAtMs
    this.clockOffsetMs = clockOffsetMs
    this.outbox.lmid = lmid
    this.outbox.continueFrom(lmid, lmuid)
    this.#lastAcknowledged = lmuid
  }

  #replay(record: JournalRecord): void {
    switch (record[0]) {
      case 'replica':
        this.outbox.restart(record[1].id, [])
        break
      case 'fork':
        this.outbox.restart(record[1].id, record[1].deeds)
        break
      case 'deed':
        this.outbox.add(record[1])
        break
      case 'frame':
        this.#apply(record[1])
        break
      case 'refused':
        this.refused.set(record[1].deed.muid, record[1])
        break
      case 'settled':
        this.refused.delete(record[1].muid)
        break
      case 'draft':
        this.drafts.set(record[1].conversationId, record[1])
        break
      case 'draft-gone':
        this.drafts.delete(record[1].conversationId)
        break
    }
  }

  /**
   * Writes a deed down; when this resolves it survives a power cut.
   *
   * @param along what changes here because of it
   * @throws AppError disk-full; not-found for a draft of a conversation they see no longer
   */
  async keepDeed(name: string, args: unknown, along: readonly JournalRecord[] = []): Promise<Deed> {
    return this.#turns.run(async () => {
      this.#mustHold(draftIn({ name, args })?.conversationId)
      const muid = this.#platform.newId() as MutationId // a fresh UUIDv7
      const at = this.#platform.nowMs()
      const ep = this.epoch ?? this.cursor?.epoch ?? ''
      const doneAtMs = Math.round(at + this.clockOffsetMs)
      const deed = this.outbox.next({ muid, name, args, ep, at, doneAtMs })
      const records: JournalRecord[] = [['deed', deed], ...along]
      await this.#journal.append(records, true)
      for (const record of records) this.#replay(record)
      return deed
    })
  }

  /**
   * Takes over a whole frame: to disk, then to memory. What the person may see no longer is gone from both when this
   * resolves. @throws AppError disk-full: the frame was not taken, or what it took away is still on the disk; conflict when
   * it does not go on from here; unavailable when it takes away and what is on disk cannot be read
   *
   * @param taken hears of the rows that are held no more, also when they cannot leave the disk yet
   */
  async takeFrame(
    frame: FrameRecord,
    taken: (gone: readonly Gone[]) => Promise<void> = async () => undefined,
  ): Promise<Gone[]> {
    if (takesAway(frame, this.scopes)) await this.#haveAll()
    const gone = await this.#turns.run(async () => {
      if (!fits(frame, this.cursor))
        throw new AppError('conflict', 'the frame goes on from elsewhere')
      await this.#journal.append([['frame', frame]], false)
      return this.#apply(frame)
    })
    await taken(gone)
    if (this.#isFoldOwed) await this.fold()
    else await this.#foldTimes.grown()
    return gone
  }

  /** Goes on as another replica with the same work, because the server knows another history of this one. */
  async fork(): Promise<void> {
    await this.#turns.run(async () => {
      const id = this.#platform.newId() as ReplicaId // a fresh UUIDv7
      const deeds = this.outbox.requeued()
      await this.#journal.append([['fork', { id, deeds }]], true)
      this.outbox.restart(id, deeds)
    })
  }

  /** @throws AppError not-found for a conversation they see no longer: nothing of it is kept */
  async putDraft(draft: LocalDraft): Promise<void> {
    await this.#turns.run(async () => {
      if (draft.text !== '') this.#mustHold(draft.conversationId)
      const record = recordOf(this.drafts, draft)
      if (record === null) return
      this.#replay(record)
      await this.#journal.append([record], false)
    })
  }

  /** The person has decided about a refused deed. */
  async settle(muid: MutationId): Promise<void> {
    await this.#turns.run(async () => {
      if (this.refused.delete(muid)) await this.#journal.append([['settled', { muid }]], true)
    })
  }

  /**
   * Moves what the journal holds into the row documents; the manifest is the moment it counts.
   * @throws AppError disk-full; unavailable when what is on disk cannot be read: then the server's copy takes its place
   */
  async fold(): Promise<void> {
    await this.#haveAll()
    await this.#turns.run(async () => {
      if (this.#isFoldOwed) await removeCopies(this.#disk)
      this.outbox.trim(this.#platform.nowMs())
      for (const id of trimMessages(this.base)) this.#dirty.add(shardOfMessages(id))
      const { cursor, scopes, rowsProto } = this
      const acked = { lmid: this.outbox.lmid, lmuid: this.#lastAcknowledged }
      await this.#write(this.base, { cursor, scopes, rowsProto, ...acked })
      await removeLeftovers(this.#disk, this.#manifest)
      this.#isFoldOwed = false
    })
  }

  async #haveAll(): Promise<void> {
    if (await this.#loading.all()) return
    throw new AppError('unavailable', 'what is on disk cannot be read')
  }

  /** Lets a snapshot be put together on this disk, in turn with what else is written. */
  stage<T>(work: (disk: Disk) => Promise<T>): Promise<T> {
    return this.#turns.run(() => work(this.#disk))
  }

  /**
   * Puts a whole copy in the place of the rows held: on disk at the moment of the manifest, then in memory. Deeds, drafts
   * and refusals stay as they are.
   *
   * @param isLate whether it has become useless, asked when its turn has come
   * @returns false when it had, and then nothing changed
   * @throws AppError disk-full, and then nothing changed
   */
  async adopt(staged: Base, { lmid, lmuid, ...place }: Place, isLate: () => boolean) {
    return this.#turns.run(async () => {
      if (isLate()) return false
      // What the server has done of ours since may be in it or not: it is done again on top until a frame says so.
      const isLess = lmid < this.outbox.lmid
      const acked = isLess
        ? { lmid, lmuid }
        : { lmid: this.outbox.lmid, lmuid: this.#lastAcknowledged }
      this.#forgetDrafts(staged) // what does not come again is seen no more
      await this.#write(staged, { ...place, ...acked }, allShards(staged))
      this.base.become(staged)
      this.#loading.supersede()
      this.cursor = place.cursor
      this.scopes = place.scopes
      this.rowsProto = place.rowsProto ?? null
      this.outbox.lmid = acked.lmid
      this.#lastAcknowledged = acked.lmuid
      await keepOnly(this.#disk, this.#manifest)
      this.#isFoldOwed = false
      return true
    })
  }

  /**
   * Lets go of all rows; deeds, refusals and drafts stay.
   *
   * @throws AppError disk-full, and then nothing changed
   */
  async keepWorkOnly(): Promise<void> {
    await this.#turns.run(async () => {
      const acked = { lmid: this.outbox.lmid, lmuid: this.#lastAcknowledged }
      await this.#write(new Base(), { cursor: null, scopes: [], ...acked }, new Set())
      this.#loading.supersede()
      this.base.clear()
      this.cursor = null
      this.scopes = []
      await keepOnly(this.#disk, this.#manifest)
    })
  }

  /** @param anew every shard there will be, when all of them are written */
  async #write(base: Base, place: Place, anew?: ReadonlySet<string>): Promise<void> {
    const written = await writeGeneration(this.#disk, this.#manifest, {
      base,
      dirty: anew ?? this.#dirty,
      isWhole: anew !== undefined,
      journal: carriedOver(this),
      place,
      heard: { syncedAtMs: this.syncedAtMs, clockOffsetMs: this.clockOffsetMs },
      nowMs: this.#platform.nowMs(),
    })
    this.#manifest = written.manifest
    this.#journal = written.journal
    this.#dirty.clear()
  }

  /** Waits for what is being written; what is not read yet never will be. */
  async close(): Promise<void> {
    this.#foldTimes.stop()
    this.#loading.stop()
    await this.#turns.idle()
  }

  #apply(frame: FrameRecord): Gone[] {
    const held = frame.from === null ? this.#beginAnew() : []
    for (const [entity, rev, row] of frame.put) {
      const change = { entity, row } as Change // the server built it from the entity's own table
      this.base.put(change, rev)
      this.#dirty.add(shardOf(change))
    }
    const gone = [
      ...held.filter(([entity, id]) => this.base.get(entity, id) === undefined),
      ...purge(this.base, frame, this.scopes, this.#dirty),
    ]
    // Words of a draft that was sent are the person's own: they go with the next fold.
    if (gone.some(([entity]) => entity !== 'draft')) this.#isFoldOwed = true
    takeRefusals(this, frame.results)
    this.cursor = frame.cursor
    this.scopes = frame.scopes
    this.outbox.lmid = frame.lmid
    this.#lastAcknowledged = frame.lmuid
    if (gone.length > 0 || frame.results.some(([, { ok }]) => !ok)) this.#forgetDrafts(this.base)
    return gone
  }

  #forgetDrafts(base: Base): void {
    if (forgetDrafts(this.drafts, this.outbox, base)) this.#isFoldOwed = true
  }

  /**
   * Empties the base for a frame that brings everything.
   * @returns the conversations held so far and those of drafts: what does not come again is seen no more
   */
  #beginAnew(): Gone[] {
    const held = conversationsOf(this.base, this.drafts.keys())
    const documents = Object.keys(this.#manifest.shards)
    for (const shard of [...allShards(this.base), ...documents]) this.#dirty.add(shard)
    this.#isFoldOwed ||= documents.length > 0 // they may hold what does not come again
    this.#loading.supersede()
    this.base.clear()
    this.rowsProto = null
    return held
  }

  #mustHold(id: ConversationId | undefined): void {
    if (id === undefined || this.cursor === null || this.base.get('conversation', id)) return
    throw new AppError('not-found', 'no such conversation')
  }
}
