import Value from 'typebox/value'
import { AppError } from '../lib/errors.ts'
import { Down, type Welcome } from '../protocol/down.ts'
import type { Up } from '../protocol/up.ts'
import { oldestProtocolVersion, protocolVersion } from '../protocol/version.ts'
import { nextWaitMs } from './backoff.ts'
import type { Machine, Socket } from './ports.ts'
import { FrameAssembler, fits } from './pull.ts'
import type { Gone } from './purge.ts'
import type { FrameRecord } from './records.ts'
import type { Replica } from './replica.ts'

/** Silence longer than this means the connection is dead, whatever TCP believes. */
const silenceMs = 35_000

export type LinkEvents = {
  /** A one-time ticket for the socket. @throws AppError unauthenticated, offline */
  ticket(): Promise<{ url: string }>
  /** Rows, acknowledgements or refusals changed, by this frame; `gone` are held no more. */
  frameTaken(frame: FrameRecord, gone: readonly Gone[]): void
  /** Online, synced or waiting changed. */
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
  readonly #machine: Machine
  readonly #replica: Replica
  readonly #events: LinkEvents
  readonly #frames = new FrameAssembler()
  #socket: Socket | null = null
  #generation = 0
  #pushedTo: number | null = null
  #isStopped = true
  #waitMs: number | null = null
  #cancelWait: () => void = () => undefined
  #cancelSilence: () => void = () => undefined
  #pings = 0
  #heard: Promise<void> = Promise.resolve()

  constructor(machine: Machine, replica: Replica, events: LinkEvents) {
    this.#machine = machine
    this.#replica = replica
    this.#events = events
  }

  start(): void {
    this.#isStopped = false
    void this.#connect()
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelWait()
    this.#drop()
  }

  /** Tries at once instead of when the wait is over. */
  retry(): void {
    if (this.#isStopped || this.#socket !== null) return
    this.#cancelWait()
    void this.#connect()
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
      this.#expectSound(generation)
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
    const { outbox, cursor, scopes } = this.#replica
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
        cursor,
        scopes,
      },
    ])
  }

  /** Messages are worked off one after the other, because taking a frame waits for the disk. */
  #inTurn(generation: number, text: string): void {
    this.#expectSound(generation)
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
        this.#replica.clockOffsetMs = down[1].s - (down[1].c + this.#machine.platform.nowMs()) / 2
        return
      case 'goaway':
        if (down[1].why === 'auth' || down[1].why === 'revoked') {
          this.stop()
          this.#events.sessionEnded(down[1].wipe === true)
          return
        }
        this.#waitMs = down[1].retryMs ?? this.#waitMs
        this.#reconnect()
        return
      default:
        return this.#takePiece(down)
    }
  }

  async #welcomed(generation: number, welcome: Welcome): Promise<void> {
    const { outbox } = this.#replica
    if (welcome.mode === 'fork' || outbox.isForked(welcome.lmid, welcome.lmuid)) {
      await this.#replica.fork()
      this.#reconnect()
      return
    }
    this.#replica.clockOffsetMs = welcome.nowMs - this.#machine.platform.nowMs()
    this.isOnline = true
    this.#waitMs = null
    this.#pushedTo = welcome.lmid
    this.#beat(generation, welcome.heartbeatMs)
    // Deeds the server has but whose effect has not come back yet stay pending until their frame arrives.
    const batch = outbox.batch(welcome.lmid)
    if (batch.length > 0) {
      this.#pushedTo = batch.at(-1)?.mid ?? welcome.lmid
      this.#say(['push', { muts: batch }])
    }
    this.#events.stateChanged()
  }

  async #takePiece(piece: Parameters<FrameAssembler['take']>[0]): Promise<void> {
    const frame = this.#frames.take(piece)
    if (frame === null) return
    if (frame === 'out-of-order' || !fits(frame, this.#replica.cursor)) {
      this.#reconnect()
      return
    }
    if (this.#replica.outbox.isForked(frame.lmid, frame.lmuid)) {
      await this.#replica.fork()
      this.#reconnect()
      return
    }
    const gone = await this.#replica.takeFrame(frame)
    this.#replica.syncedAtMs = this.#machine.platform.nowMs()
    this.isSynced = true
    this.#say(['got', { cursor: frame.cursor }])
    this.#events.frameTaken(frame, gone)
    this.push()
  }

  /** Says something now and then, so that neither side takes the other for dead, and measures the clock on the way. */
  #beat(generation: number, everyMs: number): void {
    this.#machine.platform.after(everyMs, () => {
      if (generation !== this.#generation || this.#socket === null) return
      this.#pings += 1
      this.#say(['ping', { n: this.#pings, c: this.#machine.platform.nowMs() }])
      this.#beat(generation, everyMs)
    })
  }

  #expectSound(generation: number): void {
    this.#cancelSilence()
    this.#cancelSilence = this.#machine.platform.after(silenceMs, () => {
      if (generation === this.#generation) this.#reconnect()
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
    this.#cancelSilence()
    this.#socket?.close()
    this.#socket = null
  }

  #lost(generation: number): void {
    if (generation !== this.#generation) return
    this.#drop()
    this.#pushedTo = null
    const wasOnline = this.isOnline
    this.isOnline = false
    this.isSynced = false
    if (wasOnline) this.#events.stateChanged()
    if (this.#isStopped) return
    this.#waitMs = nextWaitMs(this.#waitMs, this.#machine.platform.random())
    this.#cancelWait = this.#machine.platform.after(this.#waitMs, () => void this.#connect())
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
