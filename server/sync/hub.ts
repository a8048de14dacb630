import type { Kysely } from 'kysely'
import type { Scope } from '../../core/domain/scopes.ts'
import type { Log } from '../log/log.ts'
import type { Tables } from '../store/tables.ts'
import { inSnapshot, readDelta, readLane, type Asked, type Changed, type Delta } from './changes.ts'
import { shareOf, type Share } from './sight.ts'

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

/** One person's share of shared news, and its rows as bytes for the wire. */
export type JoinedShare = Share & { rows: Buffer }

/** Most see the same, so what some news come to for each set of scopes is worked out once. */
export class Joined {
  readonly #known = new WeakMap<readonly Changed[], Shares>()

  of(news: readonly Changed[], scopes: readonly Scope[]): JoinedShare {
    const { mentioned, byScopes } = this.#known.get(news) ?? this.#begin(news)
    const mine = scopes.filter((scope) => mentioned.has(scope))
    const key = mine.join(' ')
    const known = byScopes.get(key)
    if (known !== undefined) return known
    const seen = new Set(mine)
    const share = shareOf(news, seen, seen)
    const joined = { ...share, rows: Buffer.from(share.puts.join(',')) }
    byScopes.set(key, joined)
    return joined
  }

  #begin(news: readonly Changed[]): Shares {
    const mentioned = new Set(news.flatMap(({ scopes, before }) => [...scopes, ...(before ?? [])]))
    const shares: Shares = { mentioned, byScopes: new Map() }
    this.#known.set(news, shares)
    return shares
  }
}

type Shares = { mentioned: ReadonlySet<Scope>; byScopes: Map<string, JoinedShare> }
