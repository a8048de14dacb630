import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { WebSocket } from 'ws'
import type { UserId } from '../../../core/domain/ids.ts'
import { scopesSeenBy } from '../../../core/domain/scopes.ts'
import { must } from '../../../core/lib/must.ts'
import type { Down } from '../../../core/protocol/down.ts'
import { protocolVersion } from '../../../core/protocol/version.ts'
import { prepareLane } from '../../../server/log/log.ts'
import type { Database } from '../../../server/store/database.ts'
import { Connection } from '../../../server/sync/connection.ts'
import { Joined } from '../../../server/sync/hub.ts'
import { PushPace } from '../../../server/sync/push-pace.ts'
import { readPage } from '../../../server/sync/snapshot.ts'
import type { End, ServerSeen } from '../ends.ts'
import { SimulatedMachine } from '../machine.ts'
import type { WhatsApp } from '../whatsapp.ts'
import { backUp, restore } from './backup.ts'
import { startProcess, type Process } from './process.ts'
import { quietDatabase } from './quiet.ts'
import { SimulatedSocket } from './socket.ts'

/** The server's own parts gather work for a few milliseconds; what is due so soon is due now. */
const soonMs = 100
/** Its clock is ahead of the consoles'. */
const aheadMs = 120_000

type Place = { db: Database; url: string }

/** The server's way in, log, deeds, frames and way out on a real database; made up are its sockets and its clock. */
export class RealServer implements ServerSeen {
  readonly seen = new Set<string>()
  readonly faults: unknown[] = []
  readonly db: Database
  readonly #url: string
  readonly #machine = new SimulatedMachine(101)
  readonly #whatsapp: WhatsApp
  readonly #report = (fault: unknown) => void this.faults.push(fault)
  #process: Process | null = null
  readonly #sockets = new Set<SimulatedSocket>()
  #folder: string | null = null

  private constructor({ db, url }: Place, whatsapp: WhatsApp) {
    this.db = db
    this.#url = url
    this.#whatsapp = whatsapp
    this.#machine.nowMs += aheadMs
  }

  /** On a database from which everything is taken that was in it. */
  static async start(place: Place, whatsapp: WhatsApp): Promise<RealServer> {
    await empty(place.db)
    const server = new RealServer(place, whatsapp)
    await prepareLane(place.db, () => server.#machine.newId())
    await server.#begin()
    return server
  }

  async #begin(): Promise<void> {
    const { db } = this
    const clock = this.#machine.platform
    this.#process = await startProcess({
      db,
      clock,
      whatsapp: this.#whatsapp,
      report: this.#report,
    })
  }

  get log(): Process['log'] {
    return this.#now.log
  }

  get #now(): Process {
    return must(this.#process, 'a process')
  }

  connect(userId: string, say: (down: Down) => void): End {
    const { db } = this
    const { log, hub } = this.#now
    const socket = new SimulatedSocket((down) => {
      if (down[0] === 'welcome') this.saw(down[1].mode)
      say(down)
    })
    this.#sockets.add(socket)
    const who = { userId: userId as UserId, sessionId: userId } // a console is made with its user's id
    const clock = this.#machine.platform
    const shared = {
      ...{ db, log, hub, pace: new PushPace(), joined: new Joined() },
      ...{ nowMs: () => clock.nowMs(), newId: () => clock.newId() },
      ...{ report: this.#report, consoleIsAhead: () => Promise.resolve(false) },
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
    return readPage(this.db, { proto: protocolVersion, scopes, from, nowMs: this.#machine.nowMs })
  }

  /** WhatsApp posts this. */
  async hear(body: object): Promise<void> {
    await this.#now.keep(Buffer.from(JSON.stringify(body)))
    await this.quiet()
  }

  saw(what: string): void {
    this.seen.add(what)
  }

  /** Time goes by until something of the server's is due. */
  pass(): void {
    this.#machine.ring()
  }

  /** Time goes by. */
  async passMs(ms: number): Promise<void> {
    const untilMs = this.#machine.nowMs + ms
    while (this.#machine.ring(untilMs)) await this.quiet()
    this.#machine.nowMs = untilMs
  }

  /** Resolves when everything it was told is done, and everybody who follows has been told of it. */
  async quiet(): Promise<void> {
    const untilMs = this.#machine.nowMs + soonMs
    do {
      await quietDatabase()
      await this.#process?.intake.idle()
      await quietDatabase()
      await this.#isTold()
    } while (this.#machine.ring(untilMs))
  }

  async #isTold(): Promise<void> {
    const { head } = await this.db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
    while ((this.#process?.hub.head ?? head) < head)
      await new Promise((resolve) => setImmediate(resolve))
    await quietDatabase()
  }

  async #end(): Promise<void> {
    await this.quiet()
    const ended = must(this.#process, 'a process').stop()
    this.#process = null
    await this.quiet()
    await ended
    for (const socket of this.#sockets) socket.close()
    this.#sockets.clear()
    this.#machine.stop()
  }

  /** The process ends and another begins: nobody is connected, and what was committed is there. */
  async restart(): Promise<void> {
    await this.#end()
    await this.#begin()
  }

  /** Forgets which changes there were; who comes from before has to take everything. */
  async compact(): Promise<void> {
    await this.db
      .updateTable('lane')
      .set({ floor: sql`head` })
      .execute()
    await this.db.deleteFrom('change').execute()
  }

  async backup(): Promise<void> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'kontor-simulation-'))
    await backUp(this.#url, join(this.#folder, 'backup'), this.#machine.nowMs)
  }

  /** @returns whether there was a backup */
  async restore(): Promise<boolean> {
    if (this.#folder === null) return false
    await this.#end()
    await restore(this.#url, join(this.#folder, 'backup'), this.#machine.newId())
    await this.#begin()
    return true
  }

  async stop(): Promise<void> {
    await this.#end()
    if (this.#folder !== null) await rm(this.#folder, { recursive: true })
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
