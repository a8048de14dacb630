import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { WebSocket } from 'ws'
import type { MutationId, UserId } from '../../core/domain/ids.ts'
import { everyTeam, scopesSeenBy } from '../../core/domain/scopes.ts'
import type { Down, Welcome } from '../../core/protocol/down.ts'
import type { Hello, Up } from '../../core/protocol/up.ts'
import type { Cursor, MutationResult, PushedMutation } from '../../core/protocol/shared.ts'
import {
  fetchesSnapshot,
  oldestProtocolVersion,
  protocolVersion,
  purgesUnseen,
} from '../../core/protocol/version.ts'
import type { Log } from '../log/log.ts'
import type { Tables } from '../store/tables.ts'
import type { DigestWatch } from './digest-watch.ts'
import { DigestDue } from './digest-due.ts'
import type { Inventory, Wanted } from './digests.ts'
import { inSnapshot, readLane, type Acks, type Asked, type Delta } from './changes.ts'
import { introduce, mostDelta } from './hello.ts'
import { messagesOf } from './frame.ts'
import type { Follower, Hub, Joined } from './hub.ts'
import { isKnownTo, knownTo } from './known.ts'
import { parse } from './parse.ts'
import { push } from './push.ts'
import type { PushPace } from './push-pace.ts'
import { mostFrameBytes, readOwn, type Share } from './sight.ts'
import { Ward } from './ward.ts'

const heartbeatMs = 25_000
/** A console that has not confirmed this many frames, or whose socket holds this many bytes, is built no more. */
const maxUnconfirmed = 4
const maxBufferedBytes = 1024 * 1024
/** Messages of one console that wait to be worked off before no more are read from its socket. */
const mostWaiting = 16
/** A console that could not read what it was sent comes again after this long. */
const overloadRetryMs = 5_000

export type Shared = {
  db: Kysely<Tables>
  log: Log
  hub: Hub
  pace: PushPace
  joined: Joined
  nowMs: () => number
  newId: () => string
  report: (error: unknown) => void
  digests: DigestWatch
  /**
   * A console has seen more than the database holds, so that went back: begins a new history and sends all consoles
   * away, to come again under it. Believed once in a server's life; false from then on.
   */
  consoleIsAhead: () => Promise<boolean>
}

/** What a frame brings; `rows` are the puts as bytes, where others get the same. */
type Content = {
  head: number
  acks: Acks
  share: Pick<Share, 'puts' | 'del'> & { rows?: Buffer }
}

/** One console's socket: hello, then frames of what is new and deeds in return. */
export class Connection implements Follower {
  readonly userId: UserId
  readonly sessionId: string
  readonly #socket: WebSocket
  readonly #shared: Shared
  /** Whose rows the console holds: what its person may see, as of the last frame. */
  #scopes: readonly string[] = []
  #replica: { id: string; userId: string; fence: number } | null = null
  #epoch = ''
  #proto = protocolVersion
  #cursor: number | null = null
  /** Deeds whose end it was not told. */
  #outstanding: { mid: number; muid: MutationId }[] = []
  #acked: { lmid: number; lmuid: MutationId | null } = { lmid: 0, lmuid: null }
  #frame = 0
  #unconfirmed = 0
  #isFollowing = false
  /** It fetches a whole copy and says hello again with its place. */
  #isFetching = false
  #work: Promise<void> = Promise.resolve()
  #waiting = 0
  readonly #ward = new Ward(performance.now())
  readonly #digestDue: DigestDue

  constructor(socket: WebSocket, who: { userId: UserId; sessionId: string }, shared: Shared) {
    this.#socket = socket
    this.#shared = shared
    this.#digestDue = new DigestDue(shared.hub.pace.everyMs)
    this.userId = who.userId
    this.sessionId = who.sessionId
    socket.on('message', (bytes: Buffer, isBinary) => {
      this.#ward.heard(performance.now())
      this.#take(parse(isBinary ? '' : bytes.toString('utf8')))
    })
    socket.on('close', () => this.close())
    socket.on('error', () => socket.terminate())
  }

  /** Says goodbye with a reason and hangs up. */
  goAway(
    why: Extract<Down, ['goaway', unknown]>[1]['why'],
    extra: { retryMs?: number; wipe?: boolean } = {},
  ): void {
    this.#say(['goaway', { why, ...extra }])
    this.#socket.close(1000)
    this.close()
  }

  close(): void {
    this.#isFollowing = false
    this.#shared.hub.leave(this)
  }

  get place(): number {
    return this.#cursor ?? 0
  }

  get owed(): { replica: string; muids: readonly string[] } | null {
    if (this.#replica === null || this.#outstanding.length === 0) return null
    return { replica: this.#replica.id, muids: this.#outstanding.map(({ muid }) => muid) }
  }

  news(delta: Delta): void {
    if (this.#cursor === null) return
    if (delta.head === this.#cursor && !this.#isAcknowledgedIn(delta)) return
    if (this.#isBehind()) return this.close()
    const { head, acks, news } = delta
    const share = this.#shared.joined.of(news, this.#scopes)
    const isFrame = share.rows.length <= mostFrameBytes
    if (isFrame && share.shown.length === 0 && this.#seesTheSame(delta)) {
      return this.#sendFrame(this.#cursor, { head, acks, share })
    }
    // What they see since now is nobody else's news: it is read for them alone. So is what is too much for a frame.
    this.close()
    this.#inTurn(() => this.#catchUp(false))
  }

  get wanted(): Wanted | null {
    const windows = this.#digestDue.windows(this.#proto, performance.now())
    return windows === null ? null : { scopes: this.#scopes, windows }
  }

  /** Whoever stands elsewhere by now, or sees something else, has its turn in the next round. */
  compare(head: number, inventory: Inventory, wanted: Wanted): void {
    if (!this.#isFollowing || this.#cursor !== head || wanted.scopes !== this.#scopes) return
    const digests = inventory.digestsFor(wanted, this.#proto)
    this.#say(['digests', { cursor: this.#place(head), ...digests }])
    this.#digestDue.sent(performance.now())
    this.#shared.digests.sent()
  }

  #seesTheSame({ people }: Delta): boolean {
    const user = people.get(this.userId)
    return user === undefined || scopesSeenBy(user).join(' ') === this.#scopes.join(' ')
  }

  /** Bytes its socket holds because it does not read them. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** Hangs up on a console that is gone, or that cannot read what it was sent. */
  look(): void {
    const state = this.#ward.look(this.bufferedBytes, performance.now())
    if (state === 'full') this.goAway('overload', { retryMs: overloadRetryMs })
    if (state !== 'sound') this.#socket.terminate()
  }

  /** A sign of life is answered at once; while much waits to be worked off, no more is read. */
  #take(up: Up | null): void {
    if (up?.[0] === 'ping' && this.#replica !== null) return this.#pong(up[1])
    this.#waiting += 1
    if (this.#waiting >= mostWaiting) this.#socket.pause()
    this.#inTurn(() => this.#hear(up))
    this.#inTurn(() => {
      this.#waiting -= 1
      if (this.#waiting < mostWaiting) this.#socket.resume()
    })
  }

  /** What one console says, and what has to be done about it, is worked off one after the other. */
  #inTurn(work: () => Promise<void> | void): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#shared.report(error)
      this.#socket.close(1011)
    })
  }

  #pong(ping: { n: number; c: number }): void {
    this.#say(['pong', { ...ping, s: this.#shared.nowMs() }])
  }

  async #hear(up: Up | null): Promise<void> {
    if (up === null) return this.goAway('protocol')
    if (up[0] === 'hello') return this.#hello(up[1])
    if (this.#replica === null) return this.goAway('protocol')
    switch (up[0]) {
      case 'push':
        return this.#push(up[1].muts)
      case 'got':
        return this.#got(up[1].cursor)
      case 'verify':
        return this.#digestDue.ask(up[1].windows)
      case 'mismatch':
        if (this.#digestDue.answer()) this.#shared.digests.differ(up[1])
        return
      case 'ping':
        return this.#pong(up[1])
    }
  }

  async #hello(hello: Hello): Promise<void> {
    this.close() // said once more on the same socket, it starts again
    if (hello.protoMin > protocolVersion || hello.proto < oldestProtocolVersion)
      return this.goAway('upgrade')
    const { db } = this.#shared
    const met = await introduce(db, hello, this.userId)
    if (met === 'foreign') return this.goAway('revoked')
    if (met.isAhead && (await this.#shared.consoleIsAhead())) return
    this.#replica = { id: hello.replica, userId: this.userId, fence: met.fence }
    this.#acked = { lmid: met.lmid, lmuid: met.lmuid }
    this.#epoch = met.epoch
    this.#proto = Math.min(hello.proto, protocolVersion)
    this.#welcome({ ...this.#acked, mode: met.mode })
    this.#digestDue.begin()
    this.#outstanding = (hello.unsettled ?? []).flatMap(([mid, muid]) =>
      mid <= met.lmid ? [{ mid, muid }] : [],
    )
    if (met.mode === 'fork') return
    this.#isFetching = met.mode === 'snapshot' && this.#fetches
    this.#cursor = met.mode === 'delta' ? met.after : null
    this.#scopes = hello.scopes
    if (!this.#isFetching) await this.#catchUp(true)
  }

  #welcome(place: Pick<Welcome, 'lmid' | 'lmuid' | 'mode'>): void {
    const { newId, nowMs } = this.#shared
    const told = { proto: this.#proto, session: newId(), epoch: this.#epoch, ...place }
    this.#say(['welcome', { ...told, nowMs: nowMs(), heartbeatMs, user: this.userId }])
  }

  /** Brings the console to where the hub is, then lets it follow. A first frame always goes out, even an empty one. */
  async #catchUp(isFirst: boolean): Promise<void> {
    const { db, hub } = this.#shared
    let isOwed = isFirst
    while (isOwed || this.#cursor === null || this.#cursor < hub.head) {
      const { owed } = this
      const asked: Asked = {
        replicas: owed === null ? [] : [owed.replica],
        muids: owed?.muids ?? [],
      }
      const standing = { userId: this.userId, after: this.#cursor, had: this.#scopes }
      const own = await inSnapshot(db, async (snapshot) => {
        const isLost = this.#isLost(await readLane(snapshot))
        return isLost ? null : readOwn(snapshot, standing, asked, this.#fetches ? mostDelta : null)
      })
      if (this.#socket.readyState !== this.#socket.OPEN) return
      if (own === null) return this.#sendForCopy()
      if (this.#proto < purgesUnseen && !own.scopes.includes(everyTeam))
        return this.goAway('upgrade')
      this.#scopes = own.scopes
      this.#sendFrame(own.after, own)
      if (!own.isWhole) return this.#sendForCopy()
      isOwed = false
    }
    this.#isFollowing = true
    hub.follow(this)
  }

  /** What it needs was dropped since it said hello, or is more than a frame should hold. */
  #isLost({ head, floor }: { head: number; floor: number }): boolean {
    if (this.#cursor === null) return false
    return this.#cursor < floor || (this.#fetches && head - this.#cursor > mostDelta)
  }

  /** Its release fetches whole copies. Others are sent all there is, in one frame. */
  get #fetches(): boolean {
    return this.#proto >= fetchesSnapshot
  }

  /** Bids it fetch a whole copy, after which it says hello with its place; who cannot comes again for it. */
  #sendForCopy(): void {
    if (!this.#fetches) return this.goAway('overload', { retryMs: 0 })
    this.#isFetching = true
    this.#welcome({ ...this.#acked, mode: 'snapshot' })
  }

  async #push(muts: PushedMutation[]): Promise<void> {
    const { hub } = this.#shared
    if (this.#replica === null) return
    const waitMs = this.#shared.pace.waitMs(this.#replica.id, muts.length, performance.now())
    if (waitMs > 0) await wait(waitMs)
    this.#outstanding.push(...muts)
    const pushed = await push(this.#shared, this.#replica, muts)
    if (pushed === 'fenced') return this.goAway('fenced')
    if (pushed !== 'done') return this.goAway('protocol', { retryMs: 0 })
    hub.wake()
  }

  async #got(cursor: Cursor): Promise<void> {
    if (cursor.epoch === this.#epoch) this.#unconfirmed = Math.max(0, this.#unconfirmed - 1)
    if (!this.#isFollowing && !this.#isFetching && !this.#isBehind()) await this.#catchUp(false)
  }

  #isBehind(): boolean {
    return this.#unconfirmed >= maxUnconfirmed || this.#socket.bufferedAmount > maxBufferedBytes
  }

  #sendFrame(after: number | null, { head, acks, share }: Content): void {
    const results = this.#takeAcks(acks)
    const begin = {
      f: ++this.#frame,
      from: after === null ? null : this.#place(after),
      ...this.#acked,
      scopes: this.#scopes,
    }
    const end = { cursor: this.#place(head), results }
    const del = share.del.filter(([entity]) => isKnownTo(this.#proto, entity))
    this.#cursor = head
    this.#unconfirmed += 1
    const puts = knownTo(this.#proto, share.puts)
    const rows = puts === share.puts ? share.rows : undefined
    for (const message of messagesOf(begin, { puts, del, rows }, end))
      this.#socket.send(message, { binary: false })
  }

  #isAcknowledgedIn({ acks }: Delta): boolean {
    const place = this.#replica === null ? undefined : acks.places.get(this.#replica.id)
    return place !== undefined && this.#outstanding.some(({ mid }) => mid <= place.lmid)
  }

  /**
   * The acknowledgements of the moment the frame was read in: never before their effect, never after it. Who is owed
   * none is told none: of a copied disk another connection may push the same deeds, and their ends are told there.
   */
  #takeAcks({ places, results }: Acks): [MutationId, MutationResult][] {
    const place = this.owed === null ? undefined : places.get(this.owed.replica)
    if (place === undefined) return []
    this.#acked = place
    const settled = this.#outstanding.filter(({ mid }) => mid <= place.lmid)
    this.#outstanding = this.#outstanding.filter(({ mid }) => mid > place.lmid)
    return settled.flatMap(({ muid }) => {
      const result = results.get(muid)
      return result === undefined ? [] : [[muid, result] as [MutationId, MutationResult]]
    })
  }

  #place(seq: number): Cursor {
    return { epoch: this.#epoch, seq: { '0': seq } }
  }

  #say(down: Down): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(down))
  }
}
