import type { Kysely } from 'kysely'
import type { Scope } from '../../core/domain/scopes.ts'
import { must } from '../../core/lib/must.ts'
import type { Log } from '../log/log.ts'
import type { Tables } from '../store/tables.ts'
import {
  inSnapshot,
  readDelta,
  readLane,
  type Asked,
  type Changed,
  type Delta,
  type Reader,
} from './changes.ts'
import type { Inventory, Wanted } from './digests.ts'
import { Rounds, usualPace, type DigestPace } from './rounds.ts'
import { shareOf, type Share } from './sight.ts'

/**
 * What changes while frames are sent, and for a few times as long after it, goes out together: most of the time is left
 * for the work that brings the changes, and with few consoles nobody waits.
 */
const restFactor = 3
const maxRestMs = 20

/** A console that is up to date and waits for news. */
export type Follower = {
  /** Where in the log it stands: where the hub does, or further on when it caught up after the hub last looked. */
  readonly place: number
  /** Deeds it pushed whose acknowledgement it still owes its console. */
  readonly owed: { replica: string; muids: readonly string[] } | null
  /** What is new since its place. */
  news(delta: Delta): void
  /** What it waits to have compared; null when nothing is due. */
  readonly wanted: Wanted | null
  /** Everything there was at `head`, right behind the news that lead there. */
  compare(head: number, inventory: Inventory, wanted: Wanted): void
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
  readonly #rounds: Rounds
  readonly #looking: NodeJS.Timeout

  private constructor(
    db: Kysely<Tables>,
    log: Log,
    head: number,
    report: (error: unknown) => void,
    pace: DigestPace,
  ) {
    this.#db = db
    this.#head = head
    this.#report = report
    this.#rounds = new Rounds(pace, report)
    this.#stopListening = log.onCommit(() => this.wake())
    this.#looking = setInterval(() => {
      if (this.#rounds.isDue(this.#followers, performance.now())) this.wake()
    }, pace.lookEveryMs).unref()
  }

  static async start(
    db: Kysely<Tables>,
    log: Log,
    report: (error: unknown) => void,
    pace = usualPace,
  ): Promise<Hub> {
    const { head } = await readLane(db)
    return new Hub(db, log, head, report, pace)
  }

  /** The place in the log up to which followers have news. */
  get head(): number {
    return this.#head
  }

  get pace(): DigestPace {
    return this.#rounds.pace
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
    clearInterval(this.#looking)
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
      const round = this.#rounds.begin(this.#followers, startedMs)
      const { deltas, inventory } = await this.#read([...round.values()])
      this.#head = must(deltas.get(this.#head), 'delta').head
      for (const follower of this.#followers) {
        const delta = deltas.get(follower.place)
        if (delta !== undefined) follower.news(delta)
        else this.#isStale ||= follower.place < this.#head // it joined meanwhile
      }
      if (inventory === null) return
      for (const [follower, wanted] of round) follower.compare(this.#head, inventory, wanted)
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

  /**
   * What is new since the hub's place, and since those of the few who are ahead of it, and what there is for those who
   * want it compared; all of one moment.
   */
  async #read(
    wanted: readonly Wanted[],
  ): Promise<{ deltas: Map<number, Delta>; inventory: Inventory | null }> {
    const startedMs = performance.now()
    const owed = [...this.#followers].flatMap(({ owed }) => owed ?? [])
    const asked: Asked = {
      replicas: owed.map(({ replica }) => replica),
      muids: owed.flatMap(({ muids }) => muids),
    }
    const places = new Set([this.#head, ...[...this.#followers].map(({ place }) => place)])
    const read = async (db: Reader) => {
      const deltas = new Map<number, Delta>()
      for (const place of places) deltas.set(place, await readDelta(db, place, asked))
      this.#rounds.heardOfNews(performance.now() - startedMs, performance.now())
      const inventory = wanted.length === 0 ? null : await this.#rounds.read(db, wanted)
      return { deltas, inventory }
    }
    const isOneStatement = owed.length === 0 && places.size === 1 && wanted.length === 0
    return isOneStatement ? read(this.#db) : inSnapshot(this.#db, read)
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
