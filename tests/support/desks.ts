import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import type { UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { scopesSeenBy } from '../../core/domain/scopes.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Mismatch } from '../../core/protocol/digest.ts'
import { uuidV7 } from '../../core/lib/uuid.ts'
import { Desk, type Announce, type ServerSide } from '../../core/replica/desk.ts'
import type { Disk, Machine } from '../../core/replica/ports.ts'
import { Replica } from '../../core/replica/replica.ts'
import { fetchesSnapshot, protocolVersion } from '../../core/protocol/version.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { emptyUnseenDrafts } from '../../server/log/drafts.ts'
import { createLog, prepareLane, type BeforeCommit } from '../../server/log/log.ts'
import type { RevokedWhy } from '../../server/auth/tables.ts'
import type { Database } from '../../server/store/database.ts'
import { readBefore, type Before } from '../../server/sync/earlier.ts'
import { Hub, Joined } from '../../server/sync/hub.ts'
import type { DigestPace } from '../../server/sync/rounds.ts'
import { readPage } from '../../server/sync/snapshot.ts'
import { serveSync } from '../../server/sync/sockets.ts'

export const newId = () => uuidV7(Date.now(), randomBytes(10))

/** The sync part of a server on a real database and a real socket; a ticket is simply the user's id. */
export async function startSync(
  db: Database,
  beforeCommit: BeforeCommit[] = [],
  pace?: DigestPace,
) {
  await prepareLane(db, newId)
  const log = createLog(db, { nowMs: Date.now, beforeCommit: [emptyUnseenDrafts, ...beforeCommit] })
  const faults: unknown[] = []
  const report = (fault: unknown) => void faults.push(fault)
  const hub = await Hub.start(db, log, report, pace)
  const revoked = new Set<(sessionId: string, why: RevokedWhy) => void>()
  const who = (id: string) => Promise.resolve({ userId: id as UserId, sessionId: id })
  const admission = {
    redeemTicket: who,
    authenticate: who,
    onRevoked: (listener: (sessionId: string, why: RevokedWhy) => void) => {
      revoked.add(listener)
      return () => revoked.delete(listener)
    },
  }
  /** Places of the pages of snapshots that were answered, and how many more will be before the line is cut instead. */
  const pages = { answered: [] as (string | null)[], left: Infinity }
  const http = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://kontor')
    answer(request.headers.authorization ?? '', pathname, query)
      .then((text) => {
        if (pathname === '/snapshot' && pages.left-- <= 0) return response.destroy()
        if (pathname === '/snapshot') pages.answered.push(query.get('from'))
        return response.end(text)
      })
      .catch((fault: unknown) => {
        report(fault)
        response.destroy()
      })
  })

  /** The token is simply the user's id, as the ticket is. */
  async function answer(token: string, pathname: string, query: URLSearchParams): Promise<string> {
    const rows = db.selectFrom('user').select('data').where('id', '=', token)
    const scopes = scopesSeenBy((await rows.executeTakeFirst())?.data)
    if (pathname === '/snapshot') {
      const proto = Number(query.get('proto') ?? fetchesSnapshot)
      return readPage(db, { scopes, proto, from: query.get('from'), nowMs: Date.now() })
    }
    const before = await readBefore(db, {
      scopes,
      conversationId: query.get('conversationId') ?? '',
      beforeMs: Number(query.get('beforeMs')),
      limit: Number(query.get('limit')),
    })
    return JSON.stringify(before)
  }
  const beginNewHistory = async () => {
    await db.updateTable('lane').set({ epoch: newId() }).execute()
  }
  const parts = { db, log, hub, joined: new Joined(), nowMs: Date.now, newId, report }
  /** Digests that were sent, and what consoles had found in them. */
  const compared = { sent: 0, mismatches: [] as Mismatch[] }
  const digests = {
    sent: () => void (compared.sent += 1),
    differ: (mismatch: Mismatch) => void compared.mismatches.push(mismatch),
  }
  const shared = { ...parts, digests, beginNewHistory }
  let sync = serveSync(http, admission, shared, [])
  const port = await listen(http, 0)
  return {
    log,
    hub,
    port,
    faults,
    pages,
    compared,
    /** Bytes that consoles were sent and have not read. */
    unreadBytes: () => sync.bufferedBytes(),
    /** Nobody hears what others do until it is let go; who comes meanwhile catches up by themselves. */
    holdNews() {
      const wake = hub.wake.bind(hub)
      hub.wake = () => undefined
      return () => {
        hub.wake = wake
        wake()
      }
    },
    revoke: (sessionId: string) =>
      revoked.forEach((listener) => listener(sessionId, 'password-changed')),
    /** The server is gone for a while. */
    async goAway() {
      sync.stop()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    },
    async comeBack() {
      sync = serveSync(http, admission, shared, [])
      await listen(http, port)
    },
    async close() {
      sync.stop()
      hub.stop()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    },
  }
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((done) => {
    http.listen(port, '127.0.0.1', () => done((http.address() as AddressInfo).port))
  })
}

/** For whoever looks at the desk itself. */
export const silentAnnounce: Announce = {
  everything: () => undefined,
  people: () => undefined,
  labels: () => undefined,
  templates: () => undefined,
  numbers: () => undefined,
  conversations: () => undefined,
  drafts: () => undefined,
  outbox: () => undefined,
  link: () => undefined,
}

/** Digests as often as can be, so that tests need not wait for them. */
export const eager: DigestPace = { everyMs: 0, restMs: 20, restFactor: 0, lookEveryMs: 20 }

/** A machine of Node's, its waits shortened so that tests need not wait for them. */
export function aMachine(disk: Disk, faults: unknown[], nowMs = Date.now): Machine {
  return {
    platform: {
      nowMs,
      newId,
      random: () => 0.05,
      after: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs)
        timer.unref()
        return () => clearTimeout(timer)
      },
    },
    host: 'desktop',
    device: 'linux',
    language: 'de-DE',
    serverUrl: null,
    isServerManaged: false,
    settings: disk,
    replicaDisk: async () => disk,
    connect(url, events) {
      const socket = new WebSocket(url)
      let isClosed = false
      const closed = () => {
        if (!isClosed) events.closed()
        isClosed = true
      }
      socket.on('open', () => events.opened())
      socket.on('message', (bytes: Buffer) => events.heard(bytes.toString('utf8')))
      socket.on('close', closed)
      socket.on('error', closed)
      return { send: (text) => socket.send(text), close: () => socket.terminate() }
    },
    http: () => Promise.reject(new Error('not in these tests')),
    sha256: () => Promise.reject(new Error('not in these tests')),
    report: (fault) => void faults.push(fault),
  }
}

/** The server of `startSync`, as a desk asks it. */
export function serverAt(port: number, userId: string): ServerSide {
  const ask = async (path: string) => {
    try {
      const headers = { authorization: userId }
      return await (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text()
    } catch (error) {
      throw new AppError('offline', 'no answer', { cause: error })
    }
  }
  return {
    ticket: async () => ({ url: `ws://127.0.0.1:${port}/sync?ticket=${userId}` }),
    snapshotPage: (from) =>
      ask(
        `/snapshot?proto=${protocolVersion}${from === null ? '' : `&from=${encodeURIComponent(from)}`}`,
      ),
    messagesBefore: async (id, beforeMs, limit) => {
      const query = `conversationId=${id}&beforeMs=${beforeMs}&limit=${limit}`
      return JSON.parse(await ask(`/before?${query}`)) as Before // the server's own answer
    },
    sessionEnded: () => undefined,
  }
}

/** Somebody at work on a memory disk. `restart` is a new process on the same disk. */
export async function sitDown(
  port: number,
  user: User,
  disk = createMemoryDisk(),
  nowMs = Date.now,
) {
  const faults: unknown[] = []
  /** How far its clock is ahead. */
  const clock = { aheadMs: 0 }
  const machine = aMachine(disk, faults, () => nowMs() + clock.aheadMs)
  const heard = { threads: new Set<string>() }
  const open = async () => {
    const replica = await Replica.open(disk, machine.platform)
    const desk = new Desk(
      machine,
      replica,
      user,
      {
        ...silentAnnounce,
        conversations: (ids) => {
          for (const id of ids) heard.threads.add(id)
        },
      },
      serverAt(port, user.id),
    )
    desk.link.start()
    return desk
  }
  const seat = {
    disk,
    faults,
    clock,
    heard,
    desk: await open(),
    async restart(options: { isPowerCut?: boolean; keepUnsynced?: number } = {}) {
      seat.desk.link.stop()
      if (options.isPowerCut === true) disk.crash(options)
      else await seat.desk.replica.close()
      seat.desk = await open()
    },
  }
  return seat
}
