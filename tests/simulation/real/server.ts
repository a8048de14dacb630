import { EventEmitter } from 'node:events'
import { sql } from 'kysely'
import type { WebSocket } from 'ws'
import type { UserId } from '../../../core/domain/ids.ts'
import { scopesSeenBy } from '../../../core/domain/scopes.ts'
import type { Down } from '../../../core/protocol/down.ts'
import { protocolVersion } from '../../../core/protocol/version.ts'
import { exampleNowMs } from '../../../core/testing/examples.ts'
import { clock as realClock } from '../../../server/clock.ts'
import { rememberAliases } from '../../../server/intake/aliases.ts'
import { createKeep } from '../../../server/intake/keep.ts'
import { startIntake } from '../../../server/intake/worker.ts'
import { recordOpenings } from '../../../server/log/openings.ts'
import { createLog, prepareLane } from '../../../server/log/log.ts'
import type { Database } from '../../../server/store/database.ts'
import { Connection } from '../../../server/sync/connection.ts'
import { Hub, Joined } from '../../../server/sync/hub.ts'
import { PushPace } from '../../../server/sync/push-pace.ts'
import { readPage } from '../../../server/sync/snapshot.ts'
import type { End, ServerSeen } from '../ends.ts'
import { quietDatabase } from './quiet.ts'

/** A socket without a network: what the server's connection uses of one. */
class SimulatedSocket extends EventEmitter {
  readonly OPEN = 1
  readonly bufferedAmount = 0
  readyState = 1
  readonly #say: (down: Down) => void

  constructor(say: (down: Down) => void) {
    super()
    this.#say = say
  }

  send(text: string | Buffer): void {
    this.#say(JSON.parse(text.toString('utf8')) as Down) // what our own server says
  }

  close(): void {
    this.readyState = 3
    this.emit('close')
  }

  terminate = () => this.close()
  pause = () => undefined
  resume = () => undefined
}

/** The server's own way in, log, deeds and frames on a real database; made up are its sockets and its clock. */
export class RealServer implements ServerSeen {
  readonly seen = new Set<string>()
  readonly faults: unknown[] = []
  readonly db: Database
  readonly log: ReturnType<typeof createLog>
  readonly keep: ReturnType<typeof createKeep>
  readonly intake: ReturnType<typeof startIntake>
  readonly #newId: () => string
  readonly #nowMs = () => exampleNowMs + 120_000
  readonly #report = (fault: unknown) => void this.faults.push(fault)
  #hub: Hub | null = null
  #sockets = new Set<SimulatedSocket>()

  private constructor(db: Database, newId: () => string) {
    this.db = db
    this.#newId = newId
    this.log = createLog(db, {
      nowMs: this.#nowMs,
      beforeCommit: [recordOpenings, rememberAliases],
    })
    this.intake = startIntake({
      db,
      log: this.log,
      clock: { ...realClock, nowMs: this.#nowMs },
      onMedia: () => Promise.resolve(),
      onTrouble: ({ error }) => this.#report(error),
    })
    this.keep = createKeep({ db, nowMs: this.#nowMs, onKept: (calls) => this.intake.wake(calls) })
  }

  /** On a database from which everything is taken that was in it. */
  static async start(db: Database, newId: () => string): Promise<RealServer> {
    await empty(db)
    await prepareLane(db, newId)
    const server = new RealServer(db, newId)
    server.#hub = await Hub.start(db, server.log, server.#report)
    return server
  }

  connect(userId: string, say: (down: Down) => void): End {
    const { db, log } = this
    const hub = this.#hub
    if (hub === null) throw new Error('bug: the server has ended')
    const socket = new SimulatedSocket(say)
    this.#sockets.add(socket)
    const who = { userId: userId as UserId, sessionId: userId } // a console is made with its user's id
    const shared = {
      ...{ db, log, hub, pace: new PushPace(), joined: new Joined(), nowMs: this.#nowMs },
      ...{ newId: this.#newId, report: this.#report, consoleIsAhead: () => Promise.resolve(false) },
      digests: { sent: () => this.saw('digests'), differ: this.#report },
    }
    new Connection(socket as unknown as WebSocket, who, shared) // all it uses of one
    return {
      get isOpen() {
        return socket.readyState === socket.OPEN
      },
      hear: (up) => void socket.emit('message', Buffer.from(JSON.stringify(up)), false),
      leave: () => {
        this.#sockets.delete(socket)
        socket.close()
      },
    }
  }

  async readPage(userId: string, from: string | null): Promise<string> {
    const rows = this.db.selectFrom('user').select('data').where('id', '=', userId)
    const scopes = scopesSeenBy((await rows.executeTakeFirst())?.data)
    return readPage(this.db, { proto: protocolVersion, scopes, from, nowMs: this.#nowMs() })
  }

  saw(what: string): void {
    this.seen.add(what)
  }

  /** Resolves when everything it was told is done, and everybody who follows has been told of it. */
  async quiet(): Promise<void> {
    await quietDatabase()
    await this.intake.idle()
    await quietDatabase()
    const { head } = await this.db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
    while ((this.#hub?.head ?? head) < head) await new Promise((resolve) => setImmediate(resolve))
    await quietDatabase()
  }

  /** The process ends and another begins: nobody is connected, and what was committed is there. */
  async restart(): Promise<void> {
    await this.quiet()
    this.#hub?.stop()
    for (const socket of this.#sockets) socket.close()
    this.#sockets.clear()
    this.#hub = await Hub.start(this.db, this.log, this.#report)
  }

  /** Forgets which changes there were; who comes from before has to take everything. */
  async compact(): Promise<void> {
    await this.db
      .updateTable('lane')
      .set({ floor: sql`head` })
      .execute()
    await this.db.deleteFrom('change').execute()
  }

  async stop(): Promise<void> {
    await this.quiet()
    this.#hub?.stop()
    await this.intake.stop()
  }
}

async function empty(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like '%migration%' and tablename <> 'lane'`.execute(
    db,
  )
  await sql`truncate ${sql.join(rows.map(({ name }) => sql.table(name)))} cascade`.execute(db)
  await db.updateTable('lane').set({ head: 0, floor: 0 }).execute()
}
