import type { ConversationId, MutationId, ReplicaId } from '../domain/ids.ts'
import { utf8Bytes } from '../lib/text.ts'
import { withoutDrafts } from './local-drafts.ts'
import type { Deed, FrameRecord, Refused } from './records.ts'

/** How long a deed the server has acknowledged is kept, to heal a server restored from a backup. */
export const retainedMs = 7 * 24 * 60 * 60 * 1000
/** A push: at most this many deeds, */
export const batchSize = 100
/** and at most about so many bytes, which leaves room in the 1 MiB that a server takes at once. No deed is larger. */
const batchBytes = 256 * 1024

/** Whether a deed with such arguments would be more than one push holds. */
export function isTooLarge(args: unknown): boolean {
  return bytesOf(args) > batchBytes
}

function bytesOf(value: unknown): number {
  return utf8Bytes(JSON.stringify(value))
}

/**
 * The deeds of this replica in the order they were done, and how far the server has them. `mid` is dense from 1, and
 * every deed names the one before it, so that two histories that parted can never be taken for one.
 */
export class Outbox {
  replica: ReplicaId
  /** Newest deed whose effect is in the base. */
  lmid = 0
  #deeds: Deed[] = []
  #last: { mid: number; muid: MutationId | null } = { mid: 0, muid: null }

  constructor(replica: ReplicaId) {
    this.replica = replica
  }

  get nextMid(): number {
    return this.#last.mid + 1
  }

  get last(): { mid: number; muid: MutationId | null } {
    return this.#last
  }

  /** Not yet in the base, oldest first. */
  get pending(): Deed[] {
    return this.#deeds.filter((deed) => deed.mid > this.lmid)
  }

  get retained(): readonly Deed[] {
    return this.#deeds
  }

  deed(muid: MutationId): Deed | undefined {
    return this.#deeds.find((deed) => deed.muid === muid)
  }

  /** What is done now, as the one that follows all others. Not added yet. */
  next(done: Omit<Deed, 'mid' | 'prev'>): Deed {
    return { mid: this.nextMid, prev: this.#last.muid, ...done }
  }

  add(deed: Deed): void {
    this.#deeds.push(deed)
    this.continueFrom(deed.mid, deed.muid)
  }

  /** The next deed comes after this one, which may be one that is kept no more. */
  continueFrom(mid: number, muid: MutationId | null): void {
    if (mid > this.#last.mid) this.#last = { mid, muid }
  }

  /**
   * Whether we cannot go on from what the server says of us: it has more than we did, or at that place another deed, or
   * (restored from an old backup) so little that the deed to follow is kept no more.
   */
  isForked(lmid: number, lmuid: MutationId | null): boolean {
    const following = this.#deeds.find((deed) => deed.mid > lmid)?.mid ?? this.nextMid
    if (following !== lmid + 1) return true
    const ours = this.#deeds.find((deed) => deed.mid === lmid)
    return ours !== undefined && ours.muid !== lmuid
  }

  /** What comes after `lmid`, for one push. */
  batch(lmid: number): Deed[] {
    const batch: Deed[] = []
    let bytes = 0
    for (const deed of this.#deeds) {
      if (deed.mid <= lmid) continue
      bytes += bytesOf(deed)
      if (batch.length === batchSize || (batch.length > 0 && bytes > batchBytes)) break
      batch.push(deed)
    }
    return batch
  }

  /** The same work for another replica: all that is retained, under new numbers and a new chain. */
  requeued(): Deed[] {
    let prev: MutationId | null = null
    return this.#deeds.map((deed, index) => {
      const next: Deed = { ...deed, mid: index + 1, prev }
      prev = deed.muid
      return next
    })
  }

  /** Goes on as another replica that has done these deeds, none of which the server knows by their new numbers. */
  restart(replica: ReplicaId, deeds: readonly Deed[]): void {
    this.replica = replica
    this.lmid = 0
    this.#deeds = []
    this.#last = { mid: 0, muid: null }
    for (const deed of deeds) this.add(deed)
  }

  /** Forgets the words of drafts of conversations that are gone. @returns whether there were any */
  forgetDrafts(isGone: (id: ConversationId) => boolean): boolean {
    const left = withoutDrafts(this.#deeds, this.lmid, isGone)
    const isLess =
      left.length < this.#deeds.length || left.some((deed, at) => deed !== this.#deeds[at])
    this.#deeds = left
    return isLess
  }

  /**
   * Takes out what the server refused: done again it would be by the person's decision, as another deed. The gap that is
   * left parts us from a server that was set back to before it, and the fork does without it.
   */
  takeRefused(results: FrameRecord['results']): Refused[] {
    return results.flatMap(([muid, result]) => {
      const deed = this.deed(muid)
      if (result.ok || deed === undefined) return []
      this.#deeds = this.#deeds.filter((other) => other !== deed)
      const details = (result.details ?? {}) as Record<string, unknown> // an object wherever a mutator gave any
      return [{ deed, code: result.code, details }]
    })
  }

  /** Forgets acknowledged deeds older than a week. */
  trim(nowMs: number): void {
    this.#deeds = this.#deeds.filter((deed) => deed.mid > this.lmid || deed.at > nowMs - retainedMs)
  }
}
