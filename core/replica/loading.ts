import { Low } from 'lowdb'
import type { Change } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import type { Base } from './base.ts'
import { shardOfMessages } from './folding.ts'
import type { Disk } from './ports.ts'
import type { Manifest, Shard } from './records.ts'

/** Hears what becomes of the rows that are read behind what is on screen. */
export type LoadingEvents = {
  /** More rows are in the base. */
  came(): void
  /** A document cannot be read: what it held has to come from the server. */
  damaged(): void
}

/**
 * The documents of a replica that are not in its base yet. They are read one after the other behind the work of the day;
 * one that somebody needs is read at once. What the base holds by then came later and stays. Whoever takes rows away
 * asks for all documents first, so that nothing taken away comes back.
 */
export class Loading {
  #events: LoadingEvents | null = null
  readonly #disk: Disk
  readonly #base: Base
  readonly #left: Map<string, string>
  readonly #reading = new Map<string, Promise<boolean>>()
  #isDamaged = false
  #isStopped = false
  #superseded = () => {}
  readonly #whenSuperseded = new Promise<void>((resolve) => (this.#superseded = resolve))

  /** @param shards names of shards and of the documents that hold them */
  constructor(disk: Disk, base: Base, shards: Manifest['shards']) {
    this.#disk = disk
    this.#base = base
    this.#left = new Map(Object.entries(shards))
  }

  /** Everything there is is in the base. */
  get isOver(): boolean {
    return this.#left.size === 0
  }

  /** Begins to read what nobody has asked for. */
  begin(events: LoadingEvents): void {
    this.#events = events
    if (this.#isDamaged) events.damaged()
    void this.all()
  }

  /** @returns whether everything is in the base now; not when something of it cannot be read */
  async all(): Promise<boolean> {
    for (const shard of [...this.#left.keys()]) await this.#shard(shard)
    return this.isOver && !this.#isStopped
  }

  /** @returns whether the messages of this conversation are in the base now; not when they cannot be read */
  messagesOf(id: ConversationId): Promise<boolean> {
    return this.#shard(shardOfMessages(id))
  }

  /** Waits until the messages of this conversation are here, from the server when need be. @throws AppError offline */
  async surely(id: ConversationId): Promise<void> {
    if (await this.messagesOf(id)) return
    if (!this.#isStopped) await this.#whenSuperseded
    if (this.#isStopped) throw new AppError('offline', 'the console was stopped')
  }

  /** The base holds something else now, whole: nothing of these documents counts. */
  supersede(): void {
    this.#left.clear()
    this.#superseded()
  }

  stop(): void {
    this.#isStopped = this.#isStopped || !this.isOver
    this.supersede()
  }

  #shard(name: string): Promise<boolean> {
    const document = this.#left.get(name)
    if (document === undefined) return Promise.resolve(!this.#isStopped)
    const reading = this.#reading.get(name) ?? this.#read(name, document)
    this.#reading.set(name, reading)
    return reading
  }

  async #read(name: string, document: string): Promise<boolean> {
    const low = new Low<Shard | null>(this.#disk.document(document), null)
    await low.read().catch(() => undefined) // what cannot be read now may be missing for good: the server has it
    if (!this.#left.has(name)) return !this.#isStopped
    if (low.data === null) {
      if (!this.#isDamaged) this.#events?.damaged()
      this.#isDamaged = true
      return false
    }
    for (const put of low.data) this.#put(put)
    this.#left.delete(name)
    this.#events?.came()
    return true
  }

  #put([entity, rev, row]: Shard[number]): void {
    const change = { entity, row } as Change // written by writeShards from a base
    const { id } = change.row
    const isHeld = this.#base.get(entity, id) !== undefined
    if (!isHeld || this.#base.revOf(entity, id) < rev) this.#base.put(change, rev)
  }
}
