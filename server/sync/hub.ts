import type { Kysely } from 'kysely'
import type { Log } from '../log/log.ts'
import type { Tables } from '../store/tables.ts'
import {
  inSnapshot,
  readDelta,
  readLane,
  type Asked,
  type Delta,
  type Rendered,
} from './changes.ts'

/**
 * What changes while frames are sent, and for a few times as long after it, goes out together: most of the time is left
 * for the work that brings the changes, and with few consoles nobody waits.
 */
const restFactor = 3
const maxRestMs = 20

/** A console that is up to date and waits for news. */
export type Follower = {
  /** Deeds it pushed whose acknowledgement it still owes its console. */
  readonly owed: { replica: string; muids: readonly string[] } | null
  /** News up to `head`, starting no later than where this follower stands. */
  news(delta: Delta): void
}

/**
 * Reads what is new once for everybody. A console joins when it has caught up by itself (connection.ts) and leaves
 * when it falls behind; nothing is queued for it meanwhile.
 */
export class Hub {
  readonly #db: Kysely<Tables>
  readonly #followers = new Set<Follower>()
  readonly #report: (error: unknown) => void
  #head: number
  #isBuilding = false
  #isStale = false
  #stopListening: () => void
  #timer: NodeJS.Timeout | null = null
  #restsUntilMs = 0

  private constructor(
    db: Kysely<Tables>,
    log: Log,
    head: number,
    report: (error: unknown) => void,
  ) {
    this.#db = db
    this.#head = head
    this.#report = report
    this.#stopListening = log.onCommit(() => this.wake())
  }

  static async start(db: Kysely<Tables>, log: Log, report: (error: unknown) => void): Promise<Hub> {
    const { head } = await readLane(db)
    return new Hub(db, log, head, report)
  }

  /** The place in the log up to which followers have news. */
  get head(): number {
    return this.#head
  }

  get size(): number {
    return this.#followers.size
  }

  follow(follower: Follower): void {
    this.#followers.add(follower)
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
  }

  /** Something was committed, here or elsewhere. */
  wake(): void {
    this.#isStale = true
    if (this.#isBuilding || this.#timer !== null) return
    const waitMs = Math.max(0, this.#restsUntilMs - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#build()
    }, waitMs)
  }

  stop(): void {
    this.#stopListening()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#followers.clear()
  }

  async #build(): Promise<void> {
    this.#isBuilding = true
    this.#isStale = false
    const startedMs = performance.now()
    try {
      if (this.#followers.size === 0) return await this.#skip()
      const owed = [...this.#followers].flatMap(({ owed }) => owed ?? [])
      const asked: Asked = {
        replicas: owed.map(({ replica }) => replica),
        muids: owed.flatMap(({ muids }) => muids),
      }
      const read = (db: Kysely<Tables>) => readDelta(db, this.#head, asked)
      const delta = owed.length === 0 ? await read(this.#db) : await inSnapshot(this.#db, read)
      this.#head = delta.head
      for (const follower of this.#followers) follower.news(delta)
    } catch (error) {
      this.#report(error)
      setTimeout(() => this.wake(), 1000).unref()
    } finally {
      this.#isBuilding = false
      const nowMs = performance.now()
      this.#restsUntilMs = nowMs + Math.min(maxRestMs, restFactor * (nowMs - startedMs))
      if (this.#isStale) this.wake()
    }
  }

  /** Nobody follows, so nothing is read but the place. Whoever joined meanwhile gets a proper look. */
  async #skip(): Promise<void> {
    const { head } = await readLane(this.#db)
    if (this.#followers.size === 0) this.#head = head
    else this.#isStale = true
  }
}

/** The puts one person may see, as bytes for the wire. Most see the same, so each set of scopes is joined once. */
export class Joined {
  readonly #byScopes = new WeakMap<readonly Rendered[], Map<string, Buffer>>()

  of(puts: readonly Rendered[], scopes: readonly string[]): Buffer {
    const shared = this.#byScopes.get(puts) ?? new Map<string, Buffer>()
    this.#byScopes.set(puts, shared)
    const mine = scopes.filter((scope) => puts.some((put) => put.scope === scope))
    const key = mine.join(' ')
    const known = shared.get(key)
    if (known !== undefined) return known
    const visible = new Set(mine)
    const visiblePuts = puts.filter((put) => visible.has(put.scope))
    const joined = Buffer.from(visiblePuts.map((put) => put.json).join(','))
    shared.set(key, joined)
    return joined
  }
}
