import type { MediaId } from '../domain/ids.ts'
import type { Platform } from '../lib/clock.ts'
import { AppError, type ErrorCode } from '../lib/errors.ts'
import { nextWaitMs } from './backoff.ts'
import type { OwnFile, OwnFiles } from './own-files.ts'
import { sendFile, type AskServer } from './upload-line.ts'

/** So many files at once: a large one does not hold up the photo in another conversation. */
const atOnce = 3
/** How far one is, is told no more often than that. */
const tellEveryMs = 250

/** What is wrong with the file itself or with who sends it: no other attempt will be better. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'unsupported-media',
  'too-large',
  'bad-request',
  'forbidden',
  'already-exists',
])

/** The server is not there for anybody: all files wait together. */
const away: ReadonlySet<ErrorCode> = new Set(['offline', 'unavailable', 'unauthenticated'])

type Parts = {
  files: OwnFiles
  ask: AskServer
  platform: Platform
  report: (bug: unknown) => void
  /** Something about this file is different on screen. */
  changed: (id: MediaId) => void
}

/**
 * Brings the files that wait to the server, oldest first, and tries again until it has them. One that does not go through
 * stands behind the others and has a wait of its own.
 */
export class Uploads {
  readonly #parts: Parts
  readonly #sent = new Map<MediaId, number>()
  /** Why the last attempt did not work. */
  readonly #troubles = new Map<MediaId, ErrorCode>()
  readonly #underWay = new Set<MediaId>()
  /** Files that did not go through: how long each waits, and until when nobody tries (null: it has its turn). */
  readonly #setBack = new Map<MediaId, { waitMs: number; cancel: (() => void) | null }>()
  #toldAtMs = 0
  #isStopped = false
  #waitMs: number | null = null
  #cancelWait: (() => void) | null = null

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Goes on at once: there is something new, or the server is back. */
  wake(): void {
    this.#cancelWait?.()
    this.#cancelWait = null
    for (const one of this.#setBack.values()) {
      one.cancel?.()
      one.cancel = null
    }
    this.#run()
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelWait?.()
    for (const { cancel } of this.#setBack.values()) cancel?.()
  }

  sentBytes(id: MediaId): number {
    return this.#sent.get(id) ?? 0
  }

  troubleOf(id: MediaId): ErrorCode | null {
    return this.#parts.files.get(id)?.code ?? this.#troubles.get(id) ?? null
  }

  #run(): void {
    if (this.#isStopped || this.#cancelWait !== null) return
    for (const file of this.#inLine()) {
      if (this.#underWay.size >= atOnce) return
      if (!this.#underWay.has(file.id)) void this.#upload(file)
    }
  }

  /** Whose turn it is, those that failed longest last. */
  #inLine(): OwnFile[] {
    const waitOf = ({ id }: OwnFile) => this.#setBack.get(id)?.waitMs ?? 0
    return this.#parts.files.waiting
      .filter(({ id }) => (this.#setBack.get(id)?.cancel ?? null) === null)
      .sort((a, b) => waitOf(a) - waitOf(b))
  }

  async #upload(file: OwnFile): Promise<void> {
    const { id } = file
    this.#underWay.add(id)
    try {
      await this.#send(file)
      this.#waitMs = null
      this.#troubles.delete(id)
      this.#setBack.delete(id)
    } catch (error) {
      await this.#failed(id, error)
    } finally {
      this.#underWay.delete(id)
      if (!this.#isStopped) this.#parts.changed(id)
      this.#run()
    }
  }

  async #send(file: OwnFile): Promise<void> {
    const { files, ask } = this.#parts
    const bytes = await files.read(file.id)
    if (bytes === null) {
      await files.move(file.id, 'refused', 'not-found')
      return
    }
    const isThere = await sendFile(ask, file, bytes, (sentBytes) => {
      this.#sent.set(file.id, sentBytes)
      this.#tell(file.id)
      return !this.#isStopped && files.get(file.id)?.state === 'waiting'
    })
    if (isThere && !this.#isStopped) await files.move(file.id, 'uploaded')
  }

  async #failed(id: MediaId, error: unknown): Promise<void> {
    const { files, platform, report } = this.#parts
    const code = error instanceof AppError ? error.code : 'internal'
    if (!(error instanceof AppError)) report(error)
    if (this.#isStopped) return
    if (refusals.has(code)) {
      await files.move(id, 'refused', code).catch(report)
      return
    }
    this.#troubles.set(id, code)
    if (!away.has(code)) return this.#standBack(id)
    this.#waitMs = nextWaitMs(this.#waitMs, platform.random())
    this.#cancelWait?.()
    this.#cancelWait = platform.after(this.#waitMs, () => this.wake())
  }

  #standBack(id: MediaId): void {
    const { platform } = this.#parts
    const waitMs = nextWaitMs(this.#setBack.get(id)?.waitMs ?? null, platform.random())
    const one = { waitMs, cancel: null as (() => void) | null }
    one.cancel = platform.after(waitMs, () => {
      one.cancel = null
      this.#run()
    })
    this.#setBack.set(id, one)
  }

  #tell(id: MediaId): void {
    const nowMs = this.#parts.platform.nowMs()
    if (nowMs - this.#toldAtMs < tellEveryMs) return
    this.#toldAtMs = nowMs
    this.#parts.changed(id)
  }
}
