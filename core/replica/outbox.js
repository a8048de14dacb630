/** How long a deed the server has acknowledged is kept, to heal a server restored from a backup. */
export const retainedMs = 7 * 24 * 60 * 60 * 1000
/** A push: at most this many deeds. */
const batchSize = 100
/**
 * The deeds of this replica in the order they were done, and how far the server has them. `mid` is dense from 1, and
 * every deed names the one before it, so that two histories that parted can never be taken for one.
 */
export class Outbox {
  replica
  /** Newest deed whose effect is in the base. */
  lmid = 0
  #deeds = []
  #last = { mid: 0, muid: null }
  constructor(replica) {
    this.replica = replica
  }
  get nextMid() {
    return this.#last.mid + 1
  }
  get last() {
    return this.#last
  }
  /** Not yet in the base, oldest first. */
  get pending() {
    return this.#deeds.filter((deed) => deed.mid > this.lmid)
  }
  get retained() {
    return this.#deeds
  }
  deed(muid) {
    return this.#deeds.find((deed) => deed.muid === muid)
  }
  add(deed) {
    this.#deeds.push(deed)
    this.#last = { mid: deed.mid, muid: deed.muid }
  }
  /** Starts after deeds that are kept no more. */
  continueFrom(mid, muid) {
    if (mid > this.#last.mid) this.#last = { mid, muid }
  }
  /**
   * Whether what the server says of us cannot be our history: it has more than we did, or at that place another deed.
   */
  isForked(lmid, lmuid) {
    if (lmid >= this.nextMid) return true
    const ours = this.#deeds.find((deed) => deed.mid === lmid)
    return ours !== undefined && ours.muid !== lmuid
  }
  /** What comes after `lmid`, for one push. */
  batch(lmid) {
    return this.#deeds.filter((deed) => deed.mid > lmid).slice(0, batchSize)
  }
  /** A new identity for the same work: all that is retained is queued again, under new numbers and a new chain. */
  fork(replica) {
    let prev = null
    const again = this.#deeds.map((deed, index) => {
      const next = { ...deed, mid: index + 1, prev }
      prev = deed.muid
      return next
    })
    this.replica = replica
    this.lmid = 0
    this.#deeds = again
    this.#last = { mid: again.length, muid: prev }
    return again
  }
  /** Forgets acknowledged deeds older than a week. */
  trim(nowMs) {
    this.#deeds = this.#deeds.filter((deed) => deed.mid > this.lmid || deed.at > nowMs - retainedMs)
  }
}
