import type { ConversationId } from '../domain/ids.ts'
import type { Platform } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import {
  countedNouns,
  mostVerified,
  type Digest,
  type DigestKind,
  type Digests,
  type HeldWindow,
  type Mismatch,
} from '../protocol/digest.ts'
import type { Cursor } from '../protocol/shared.ts'
import { Tally } from '../protocol/tally.ts'
import type { Replica } from './replica.ts'

/** As many messages are compared at once, about; with twenty in each that is the most conversations there may be. */
const fewMessages = 2_000
/** A copy fetched this lately is not fetched anew: what differs already would differ again. */
const betweenHealsMs = 60 * 60 * 1000
/** Named to the server at most. */
const mostFound = 20

/**
 * Promise P4, while it runs: a replica equals a fresh snapshot at its cursor. What it holds is compared with the server's
 * digests of the same place. Where it differs the server hears of it, and a whole copy is fetched, deeds and drafts kept;
 * at most once an hour.
 *
 * Rows are compared scope by scope. Messages are compared a few conversations at a time, one after the other through all
 * of them, each from the time on from which this console holds it: within that both sides have to have the same, and what
 * a console may have from before it is nobody's concern.
 */
export class Integrity {
  /** A whole copy is owed or on its way although one is held. */
  isHealing = false
  readonly #replica: Replica
  readonly #platform: Platform
  /** Conversations still to come in this round through all of them. */
  #turn: ConversationId[] = []
  #isFirstRound = true
  /** When a copy could not be put in place for a reason that is still there. */
  #failedAtMs: number | null = null

  constructor(replica: Replica, platform: Platform) {
    this.#replica = replica
    this.#platform = platform
  }

  /** The conversations whose turn it is. */
  nextWindows(): HeldWindow[] {
    const { base } = this.#replica
    const windows: HeldWindow[] = []
    if (this.#turn.length === 0) this.#turn = this.#everyConversation()
    for (let messages = 0; messages < fewMessages && windows.length < mostVerified;) {
      const id = this.#turn.pop()
      if (id === undefined) break
      if (base.get('conversation', id) === undefined) continue
      windows.push([id, base.heldFromMs(id)])
      messages += base.countMessages(id)
    }
    return windows
  }

  /** @returns where this copy differs; null where it does not, and when it stands elsewhere by now */
  compare(digests: Digests, proto: number): Mismatch | null {
    if (!isSame(digests.cursor, this.#replica.cursor)) return null
    const found = [...this.#rowsIn(digests, proto), ...this.#messagesIn(digests)]
      .filter(({ ours, theirs }) => ours.join() !== theirs.join())
      .slice(0, mostFound)
    if (found.length === 0) return null
    this.isHealing = this.#mayHeal()
    return { cursor: digests.cursor, found, isHealing: this.isHealing }
  }

  /** The copy is in its place; or it is not, and why. */
  fetched(error: unknown = null): void {
    this.isHealing = false
    this.#turn = []
    const isLineAtFault = error instanceof AppError && error.code === 'offline'
    this.#failedAtMs = error === null || isLineAtFault ? null : this.#platform.nowMs()
  }

  *#rowsIn({ scopes }: Digests, proto: number): Generator<Mismatch['found'][number]> {
    const { base, loading, scopes: seen } = this.#replica
    const nouns = new Set(countedNouns(proto))
    for (const [scope, theirs] of scopes) {
      yield { kind: kindOf(scope), ours: base.tallies.under(scope, nouns).digest, theirs }
    }
    const unseen = base.tallies.unseenWith(new Set(seen), nouns)
    if (loading.isOver) unseen.join(base.tallyStrays())
    yield { kind: 'unseen', ours: unseen.digest, theirs: nothing }
  }

  /**
   * Not before all of them are read from the disk; what was let go since they were asked for cannot be compared, nor what
   * is seen no more.
   */
  *#messagesIn({ messages }: Digests): Generator<Mismatch['found'][number]> {
    const { base, loading } = this.#replica
    if (!loading.isOver) return
    for (const [id, fromMs, theirs] of messages) {
      if (base.get('conversation', id) === undefined || base.heldFromMs(id) > fromMs) continue
      yield { kind: 'messages', ours: base.tallyMessages(id, fromMs).digest, theirs }
    }
  }

  /** Somewhere else first at each start, or a console that runs by day only would never come to the last ones. */
  #everyConversation(): ConversationId[] {
    const ids = [...this.#replica.base.all('conversation')].map(({ id }) => id)
    const from = this.#isFirstRound ? Math.floor(this.#platform.random() * ids.length) : 0
    this.#isFirstRound = false
    return [...ids.slice(from), ...ids.slice(0, from)]
  }

  #mayHeal(): boolean {
    const nowMs = this.#platform.nowMs()
    return [this.#replica.freshAtMs(), this.#failedAtMs].every(
      (atMs) => atMs === null || Math.abs(nowMs - atMs) >= betweenHealsMs,
    )
  }
}

const nothing: Digest = new Tally().digest

/** Whose the rows are is not said. */
function kindOf(scope: string): DigestKind {
  if (scope === 'ws') return 'ws'
  return scope.startsWith('team:') ? 'team' : 'user'
}

function isSame(one: Cursor, other: Cursor | null): boolean {
  return other !== null && one.epoch === other.epoch && one.seq['0'] === other.seq['0']
}
