import { AppError } from '../lib/errors.ts'
import type { Platform } from '../lib/clock.ts'
import type { Welcome } from '../protocol/down.ts'
import type { Replica } from './replica.ts'
import { parsePage, Staging, type Page } from './staging.ts'

/** A page that has not come after this long does not come. */
const longestPageMs = 60_000

/** What the copy is of, by the server's word, and how far it had this replica's deeds before anything was fetched. */
type Offer = Pick<Welcome, 'proto' | 'epoch' | 'lmid' | 'lmuid'>

/**
 * Fetches a whole copy page by page and puts it in the place of what is held. Until then everything stays as it is,
 * and what is interrupted goes on where it was, after a restart as well.
 */
export class Bootstrap {
  /** Rows that have come, of about how many; null when nothing is being fetched. */
  progress: { rows: number; of: number } | null = null
  readonly #replica: Replica
  readonly #platform: Platform
  readonly #fetchPage: (from: string | null) => Promise<string>
  #running: Promise<void> | null = null
  #isStopped = false

  /** @param fetchPage asks the server. @throws AppError offline, unauthenticated, conflict, bad-request */
  constructor(
    replica: Replica,
    platform: Platform,
    fetchPage: (from: string | null) => Promise<string>,
  ) {
    this.#replica = replica
    this.#platform = platform
    this.#fetchPage = fetchPage
  }

  /**
   * Resolves when the replica stands on the copy. One at a time: who asks meanwhile waits for the one under way.
   *
   * @throws AppError what fetching throws; disk-full
   */
  run(offer: Offer, onProgress: () => void): Promise<void> {
    this.#isStopped = false
    this.#running ??= this.#run(offer, onProgress).finally(() => {
      this.#running = null
      this.progress = null
      onProgress()
    })
    return this.#running
  }

  stop(): void {
    this.#isStopped = true
  }

  async #run({ proto, epoch, lmid, lmuid }: Offer, onProgress: () => void): Promise<void> {
    const staging = await this.#replica.stage((disk) =>
      Staging.open(disk, { epoch, proto }, this.#replica.cursor),
    )
    try {
      await this.#fill(staging, epoch, onProgress)
    } catch (error) {
      const isLost = error instanceof AppError && error.code === 'bad-request'
      if (isLost) await this.#inStage(() => staging.remove()) // the server no longer knows where we were
      throw error
    }
    const { begun } = staging
    if (this.#isStopped) throw new AppError('offline', 'the console was stopped')
    if (begun === null) throw new Error('bug: a snapshot ended before it began')
    const cursor = { epoch, seq: { '0': begun.seq } }
    const place = { cursor, scopes: begun.scopes, rowsProto: proto, lmid, lmuid }
    const isLate = () => staging.isBehind(this.#replica.cursor) // frames of another line may have led further
    if (await this.#replica.adopt(staging.base, place, isLate)) return
    await this.#inStage(() => staging.remove())
    throw new AppError('conflict', 'more is held by now than this copy has')
  }

  /** The page after the one being written down is on its way already. */
  async #fill(staging: Staging, epoch: string, onProgress: () => void): Promise<void> {
    let coming = staging.isComplete ? null : this.#page(staging.next, epoch)
    this.#report(staging, onProgress)
    while (coming !== null) {
      const page: Page = await coming
      coming = page.next === null ? null : this.#page(page.next, epoch)
      coming?.catch(() => undefined) // heard of when its turn comes, unless writing fails first
      await this.#inStage(() => staging.add(page))
      this.#report(staging, onProgress)
    }
  }

  async #page(from: string | null, epoch: string): Promise<Page> {
    const page = parsePage(await this.#withinTime(this.#fetchPage(from)))
    if (page.head.epoch !== epoch) throw new AppError('conflict', 'the history began anew')
    return page
  }

  #report({ rows, begun }: Staging, onProgress: () => void): void {
    this.progress = { rows, of: Math.max(rows, begun?.rows ?? 0) }
    onProgress()
  }

  /** Whoever signed out meanwhile has a disk that nothing may be written to any more. */
  #inStage(work: () => Promise<void>): Promise<void> {
    return this.#replica.stage(async () => {
      if (this.#isStopped) throw new AppError('offline', 'the console was stopped')
      await work()
    })
  }

  async #withinTime<T>(answer: Promise<T>): Promise<T> {
    let cancel = () => {}
    const late = new Promise<never>((_resolve, reject) => {
      cancel = this.#platform.after(longestPageMs, () =>
        reject(new AppError('offline', 'a page took too long')),
      )
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      cancel()
    }
  }
}
