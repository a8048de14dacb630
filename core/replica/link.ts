import Value from 'typebox/value'
import { AppError } from '../lib/errors.ts'
import { Down, type Welcome } from '../protocol/down.ts'
import type { Up } from '../protocol/up.ts'
import type { Digests } from '../protocol/digest.ts'
import {
  comparesDigests,
  fetchesSnapshot,
  oldestProtocolVersion,
  protocolVersion,
} from '../protocol/version.ts'
import { Backoff } from './backoff.ts'
import { Bootstrap } from './bootstrap.ts'
import { Integrity } from './integrity.ts'
import type { Machine, Socket } from './ports.ts'
import { FrameAssembler, fits } from './pull.ts'
import { Pulse } from './pulse.ts'
import type { Gone } from './purge.ts'
import type { FrameRecord } from './records.ts'
import { batchSize } from './outbox.ts'
import type { Replica } from './replica.ts'

/** A clock that differs by less than this more or less is not worth telling the window. */
const noticeableMs = 1_000

export type LinkEvents = {
  /** A one-time ticket for the socket. @throws AppError unauthenticated, offline */
  ticket(): Promise<{ url: string }>
  /** A page of a snapshot, as text; the first without a place. @throws AppError unauthenticated, offline, conflict, bad-request */
  snapshotPage(from: string | null): Promise<string>
  /** Rows, acknowledgements or refusals changed, by this frame; `gone` are held no more. Confirmed once it resolves. */
  frameTaken(frame: FrameRecord, gone: readonly Gone[]): Promise<void>
  /** Everything may be different: a whole new copy took the place of what was held. What is not in it is gone once it resolves. */
  replaced(): Promise<void>
  /** Online, synced, waiting, what has come of a snapshot or the clock changed. */
  stateChanged(): void
  /** @param isRevoked for good: nothing of theirs may stay */
  sessionEnded(isRevoked: boolean): void
}

/**
 * The connection of one replica to its server: says hello, takes frames, pushes deeds, comes back by itself. All it
 * believes about what the server has comes from the server's own words (welcome and frames), never from memory.
 */
export class Link {
  isOnline = false
  isSynced = false
  /** What both speak, as of the last welcome. */
  proto = 0
  readonly #machine: Machine
  readonly #replica: Replica
  readonly #events: LinkEvents
  readonly #frames = new FrameAssembler()
  readonly #backoff: Backoff
  readonly #bootstrap: Bootstrap
  readonly #integrity: Integrity
  /** What the server and we speak. */
  #proto = protocolVersion
  #pulse: Pulse | null = null
  #socket: Socket | null = null
  #generation = 0
  #pushedTo: number | null = null
  #isStopped = true
  /** After a fork: what is held may be of a history that the server does not have, so everything is asked for. */
  #isAnew = false
  #cancelWait: () => void = () => undefined
  #heard: Promise<void> = Promise.resolve()

  constructor(machine: Machine, replica: Replica, events: LinkEvents) {
    this.#machine = machine
    this.#replica = replica
    this.#events = events
    const { platform } = machine
    this.#backoff = new Backoff(() => platform.random())
    this.#bootstrap = new Bootstrap(replica, platform, (from) => events.snapshotPage(from))
    this.#integrity = new Integrity(replica, platform)
  }

  /** Rows of a snapshot that have come, of about how many; null when none is under way. */
  get progress(): { rows: number; of: number } | null {
    return this.#bootstrap.progress
  }

  start(): void {
    this.#isStopped = false
    void this.#connect()
  }

  stop(): void {
    this.#isStopped = true
    this.#bootstrap.stop()
    this.#cancelWait()
    this.#drop()
  }

  /** Tries at once instead of when the wait is over; asks for a sign of life when there is a connection. */
  retry(): void {
    if (this.#isStopped) return
    if (this.isOnline) return this.#pulse?.probe()
    if (this.#socket !== null) return
    this.#cancelWait()
    void this.#connect()
  }

  /** Says hello anew: where the replica stands is not where it said. */
  startOver(): void {
    if (this.#socket !== null) this.#reconnect()
  }

  /** Tells the server what is new here, when there is a server to tell. */
  push(): void {
    if (this.#pushedTo === null || !this.isOnline) return
    if (this.#pushedTo > this.#replica.outbox.lmid) return // one batch at a time
    const muts = this.#replica.outbox.batch(this.#pushedTo)
    const last = muts.at(-1)
    if (last === undefined) return
    this.#pushedTo = last.mid
    this.#say(['push', { muts }])
  }

  async #connect(): Promise<void> {
    const generation = ++this.#generation
    try {
      const { url } = await this.#events.ticket()
      if (this.#isStopped || generation !== this.#generation) return
      this.#socket = this.#machine.connect(url, {
        opened: () => this.#hello(generation),
        heard: (text) => this.#inTurn(generation, text),
        closed: () => this.#lost(generation),
      })
      this.#pulse = this.#feel(generation)
    } catch (error) {
      if (generation !== this.#generation) return
      if (error instanceof AppError && error.code === 'unauthenticated') {
        this.#events.sessionEnded(isRevocation(error))
        return
      }
      if (!(error instanceof AppError)) this.#machine.report(error)
      this.#lost(generation)
    }
  }

  #hello(generation: number): void {
    if (generation !== this.#generation) return
    const { outbox, cursor, scopes, rowsProto } = this.#replica
    this.#frames.reset()
    this.#say([
      'hello',
      {
        proto: protocolVersion,
        protoMin: oldestProtocolVersion,
        app: this.#machine.host,
        replica: outbox.replica,
        lastMid: outbox.last.mid,
        lastMuid: outbox.last.muid,
        cursor: this.#isAnew || this.#integrity.isHealing ? null : cursor,
        scopes,
        ...(rowsProto === null ? {} : { rowsProto }),
        unsettled: outbox.pending.slice(0, batchSize).map(({ mid, muid }) => [mid, muid]),
      },
    ])
  }

  /** Messages are worked off one after the other, because taking a frame waits for the disk. */
  #inTurn(generation: number, text: string): void {
    if (generation === this.#generation) this.#pulse?.heard()
    this.#heard = this.#heard
      .then(async () => {
        if (generation === this.#generation) await this.#hear(generation, parse(text))
      })
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) this.#machine.report(error)
        if (generation === this.#generation) this.#reconnect()
      })
  }

  async #hear(generation: number, down: Down | null): Promise<void> {
    if (down === null) throw new AppError('version-mismatch', 'the server said something unknown')
    switch (down[0]) {
      case 'welcome':
        return this.#welcomed(generation, down[1])
      case 'pong':
        this.#pulse?.answered(down[1].c, down[1].s)
        return
      case 'digests':
        return this.#compare(generation, down[1])
      case 'goaway':
        if (down[1].why === 'auth' || down[1].why === 'revoked') {
          this.stop()
          this.#events.sessionEnded(down[1].wipe === true)
          return
        }
        if (down[1].retryMs !== undefined)
          this.#backoff.sentAway(down[1].retryMs, down[1].why === 'drain')
        this.#reconnect()
        return
      default:
        return this.#takePiece(generation, down)
    }
  }

  async #welcomed(generation: number, welcome: Welcome): Promise<void> {
    const { outbox } = this.#replica
    this.#replica.epoch = welcome.epoch
    if (welcome.mode === 'fork' || outbox.isForked(welcome.lmid, welcome.lmuid)) return this.#fork()
    const { platform } = this.#machine
    if (!this.isOnline) this.#replica.clockOffsetMs = welcome.nowMs - platform.nowMs()
    this.isOnline = true
    this.proto = welcome.proto
    this.#backoff.connected(platform.nowMs())
    this.#pushedTo = welcome.lmid
    this.#proto = welcome.proto
    this.#pulse?.beat(welcome.heartbeatMs)
    // Deeds the server has but whose effect has not come back yet stay pending until their frame arrives.
    const batch = outbox.batch(welcome.lmid)
    if (batch.length > 0) {
      this.#pushedTo = batch.at(-1)?.mid ?? welcome.lmid
      this.#say(['push', { muts: batch }])
    }
    this.#events.stateChanged()
    if (welcome.mode === 'snapshot' && welcome.proto >= fetchesSnapshot)
      void this.#fetchSnapshot(generation, welcome)
    else this.#verify()
  }

  /** Names what the next digests should hold besides. */
  #verify(): void {
    if (this.#proto < comparesDigests) return
    this.#say(['verify', { windows: this.#integrity.nextWindows() }])
  }

  #compare(generation: number, digests: Digests): void {
    const mismatch = this.#integrity.compare(digests, this.#proto)
    if (mismatch !== null) {
      this.#say(['mismatch', mismatch])
      this.#machine.report(new Error(`bug: the copy differs: ${JSON.stringify(mismatch)}`))
    }
    if (mismatch?.isHealing === true) this.#hello(generation)
    else this.#verify()
  }

  /** Fetches a whole copy beside the socket, then goes on from its place on the same one. */
  async #fetchSnapshot(generation: number, welcome: Welcome): Promise<void> {
    try {
      await this.#bootstrap.run(welcome, () => this.#events.stateChanged())
      this.#isAnew = false
      this.#integrity.fetched()
      await this.#events.replaced()
      if (generation === this.#generation) this.#hello(generation)
    } catch (error) {
      this.#integrity.fetched(error)
      if (!(error instanceof AppError)) this.#machine.report(error)
      if (generation === this.#generation) this.#reconnect()
    }
  }

  async #fork(): Promise<void> {
    await this.#replica.fork()
    this.#isAnew = true
    this.#reconnect()
  }

  async #takePiece(
    generation: number,
    piece: Parameters<FrameAssembler['take']>[0],
  ): Promise<void> {
    const frame = this.#frames.take(piece)
    if (frame === null) return
    if (frame === 'out-of-order' || !fits(frame, this.#replica.cursor)) {
      this.#reconnect()
      return
    }
    if (this.#replica.outbox.isForked(frame.lmid, frame.lmuid)) return this.#fork()
    await this.#replica.takeFrame(frame, async (gone) => {
      if (frame.from === null) this.#isAnew = false
      this.#replica.syncedAtMs = this.#machine.platform.nowMs()
      if (generation === this.#generation) this.isSynced = true
      await this.#events.frameTaken(frame, gone)
    })
    if (generation !== this.#generation) return // the line broke meanwhile; the next hello says how far we are
    this.#say(['got', { cursor: frame.cursor }])
    this.push()
  }

  #feel(generation: number): Pulse {
    return new Pulse(this.#machine.platform, {
      ping: (n, c) => this.#say(['ping', { n, c }]),
      dead: () => {
        if (generation === this.#generation) this.#reconnect()
      },
      offset: (ms) => {
        const before = this.#replica.clockOffsetMs
        this.#replica.clockOffsetMs = ms
        if (Math.abs(ms - before) > noticeableMs) this.#events.stateChanged()
      },
    })
  }

  #reconnect(): void {
    const generation = this.#generation
    this.#drop()
    this.#lost(generation + 1)
  }

  /** Lets go of the socket; whatever it still says is not heard. */
  #drop(): void {
    this.#generation += 1
    this.#pulse?.stop()
    this.#pulse = null
    this.#socket?.close()
    this.#socket = null
    this.#pushedTo = null
    const wasOnline = this.isOnline
    this.isOnline = false
    this.isSynced = false
    if (wasOnline) this.#events.stateChanged()
  }

  #lost(generation: number): void {
    if (generation !== this.#generation) return
    this.#drop()
    if (this.#isStopped) return
    const { platform } = this.#machine
    const waitMs = this.#backoff.nextMs(platform.nowMs())
    this.#cancelWait = platform.after(waitMs, () => void this.#connect())
  }

  #say(up: Up): void {
    this.#socket?.send(JSON.stringify(up))
  }
}

/** Whether the server says with it that the person may be here no more. */
function isRevocation({ details }: AppError): boolean {
  return (
    typeof details === 'object' && details !== null && Reflect.get(details, 'isRevoked') === true
  )
}

function parse(text: string): Down | null {
  const value: unknown = JSON.parse(text)
  return Value.Check(Down, value) ? value : null
}
