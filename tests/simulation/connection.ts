import type { HeldWindow } from '../../core/protocol/digest.ts'
import type { Change } from '../../core/domain/entities.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import { isSeenWith } from '../../core/domain/scopes.ts'
import type { Down, Put } from '../../core/protocol/down.ts'
import { isEmptyDraft } from '../../core/domain/shared-draft.ts'
import type { Cursor, MutationResult, PushedMutation } from '../../core/protocol/shared.ts'
import type { Hello, Up } from '../../core/protocol/up.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import type { Bug } from './bugs.ts'
import { digestsOf } from './digests.ts'
import type { Server } from './server.ts'

/** The server's end of one socket: hello, deeds in, frames out. A model of server/sync/connection.ts with scopes. */
export class Connection {
  readonly #server: Server
  readonly #user: string
  readonly #say: (down: Down) => void
  readonly #bug: Bug | null
  #replica: string | null = null
  #fence = 0
  #epoch = 0
  #cursor: number | null = null
  #had = new Set<string>()
  #outstanding: Pick<PushedMutation, 'mid' | 'muid'>[] = []
  #acked: { lmid: number; lmuid: string | null } = { lmid: 0, lmuid: null }
  #frame = 0
  #windows: readonly HeldWindow[] = []
  isOpen = true

  constructor(server: Server, user: string, bug: Bug | null, say: (down: Down) => void) {
    this.#server = server
    this.#user = user
    this.#bug = bug
    this.#say = say
  }

  hear(up: Up): void {
    if (up[0] === 'hello') this.#hello(up[1])
    else if (up[0] === 'ping') this.#say(['pong', { ...up[1], s: this.#server.nowMs }])
    else if (up[0] === 'verify') this.#windows = up[1].windows
    else if (up[0] === 'push' && this.#replica !== null) this.#push(up[1].muts)
  }

  leave(): void {
    this.#server.connections.delete(this)
  }

  /** Something was committed. */
  news(): void {
    if (this.isOpen && this.#cursor !== null) this.#send(this.#cursor)
  }

  /** Says what the console should hold by now. */
  compare(): void {
    if (!this.isOpen || this.#cursor === null) return
    const rows = this.#server.log.snapshot(this.#cursor, this.#had).values()
    const cursor = this.#place(this.#cursor)
    this.#say(['digests', { cursor, ...digestsOf(rows, this.#had, this.#windows) }])
  }

  #hello(hello: Hello): void {
    const { stored } = this.#server.log
    const known = stored.replicas.get(hello.replica)
    const replica = known ?? { user: this.#user, lmid: 0, lmuid: null, fence: 0 }
    replica.fence += 1
    stored.replicas.set(hello.replica, replica)
    this.#replica = hello.replica
    this.#fence = replica.fence
    this.#epoch = stored.epoch
    this.#had = new Set(hello.scopes)
    const isForked =
      hello.lastMid < replica.lmid ||
      (hello.lastMid === replica.lmid && hello.lastMuid !== replica.lmuid)
    const mode = isForked && this.#bug !== 'blind to forks' ? 'fork' : this.#modeFor(hello)
    this.#say([
      'welcome',
      {
        proto: protocolVersion,
        session: 'simulated',
        epoch: String(stored.epoch),
        lmid: replica.lmid,
        lmuid: replica.lmuid as MutationId | null, // pushed as one
        mode,
        nowMs: this.#server.nowMs,
        heartbeatMs: 25_000,
        user: this.#user,
      },
    ])
    this.#cursor = null
    this.#acked = { lmid: replica.lmid, lmuid: replica.lmuid }
    this.#outstanding = (hello.unsettled ?? []).flatMap(([mid, muid]) =>
      mid <= replica.lmid ? [{ mid, muid }] : [],
    )
    this.#server.saw(mode)
    if (mode === 'fork') return
    if (mode === 'delta') this.#send(hello.cursor?.seq['0'] ?? 0, true)
  }

  #modeFor({ cursor }: Hello): 'delta' | 'snapshot' {
    const { epoch, head, floor } = this.#server.log.stored
    const seq = cursor?.seq['0']
    if (cursor === null || seq === undefined) return 'snapshot'
    if (this.#bug !== 'epoch ignored' && (cursor.epoch !== String(epoch) || seq > head)) {
      this.#server.saw('snapshot of another history')
      return 'snapshot'
    }
    if (seq >= floor || this.#bug === 'floor ignored') return 'delta'
    this.#server.saw('snapshot below the floor')
    return 'snapshot'
  }

  #push(muts: PushedMutation[]): void {
    this.#outstanding.push(...muts)
    const pushed = this.#server.push(this.#replica ?? '', this.#fence, this.#user, muts)
    if (pushed === 'done') return this.#server.wake()
    this.isOpen = false
    this.#say(['goaway', { why: pushed === 'fenced' ? 'fenced' : 'protocol', retryMs: 0 }])
  }

  #send(after: number, isFirst = false): void {
    const { log } = this.#server
    const { head, replicas, results } = log.stored
    const now = log.scopesOf(this.#user)
    const { put, del } = this.#delta(after, now)
    const place = replicas.get(this.#replica ?? '')
    if (place !== undefined && this.#outstanding.length > 0)
      this.#acked = { lmid: place.lmid, lmuid: place.lmuid }
    const settled = this.#outstanding.filter(({ mid }) => mid <= this.#acked.lmid)
    const isNothing = put.length === 0 && del.length === 0 && settled.length === 0
    if (!isFirst && isNothing && after === head) return
    this.#outstanding = this.#outstanding.filter(({ mid }) => mid > this.#acked.lmid)
    this.#say([
      'frame',
      {
        f: ++this.#frame,
        from: this.#place(after),
        lmid: this.#acked.lmid,
        lmuid: this.#acked.lmuid as MutationId | null, // pushed as one
        scopes: [...now].sort(),
        put,
        del,
        cursor: this.#place(head),
        results: settled.flatMap(({ muid }): [MutationId, MutationResult][] => {
          const result = results.get(muid)
          return result === undefined ? [] : [[muid, result]]
        }),
      },
    ])
    this.#cursor = head
    this.#had = now
    this.compare()
  }

  /**
   * What changed and is seen now, whole conversations that are seen since now, and what was moved out of sight. What
   * the person may see no longer the console finds by the frame's scopes.
   */
  #delta(after: number, now: ReadonlySet<string>) {
    const { log } = this.#server
    const { head, rows } = log.stored
    const news = log.news(after)
    const put: Put[] = []
    const del: [Put[0], string][] = []
    const shown = new Set<string>()
    for (const [key, versions] of rows) {
      const change = versions.at(-1)?.change
      if (change?.entity !== 'conversation') continue
      const was = news.has(key) ? news.get(key) : log.scopesAt(change, head)
      const isSeen = isSeenWith(now, log.scopesAt(change, head))
      const wasSeen = was != null && isSeenWith(this.#had, was)
      if (isSeen && !wasSeen) shown.add(change.row.id)
      const isMovedAway = news.has(key) && wasSeen && !isSeen
      if (isMovedAway && this.#bug !== 'move without delete')
        del.push(['conversation', change.row.id])
    }
    for (const [key, versions] of rows) {
      const version = versions.at(-1)
      if (version === undefined) continue
      const { change, seq } = version
      if (change.entity === 'draft' && news.get(key) != null && isEmptyDraft(change.row))
        del.push(['draft', change.row.id])
      const isWanted = news.has(key) || shown.has(conversationOf(change))
      if (isWanted && isSeenWith(now, log.scopesAt(change, head))) {
        put.push([change.entity, seq, change.row])
      }
    }
    return { put, del }
  }

  #place(seq: number): Cursor {
    return { epoch: String(this.#epoch), seq: { '0': seq } }
  }
}

function conversationOf({ entity, row }: Change): string {
  return entity === 'message' ? row.conversationId : row.id
}
