import { isDeepStrictEqual } from 'node:util'
import { entityNames } from '../../../core/domain/entities.ts'
import type { MessageStatus } from '../../../core/domain/status.ts'
import { must } from '../../../core/lib/must.ts'
import type { Base } from '../../../core/replica/base.ts'
import type { Console } from '../console.ts'
import { Broken, checkAccepted, checkAssignments, checkSaved, checkStep } from '../invariants.ts'
import type { WhatsApp } from '../whatsapp.ts'
import type { RealServer } from './server.ts'

/** Looks at what the database holds, and holds consoles and WhatsApp against it. */
export class Witness {
  readonly #server: RealServer
  readonly #whatsapp: WhatsApp
  readonly #consoles: readonly Console[]
  readonly #statuses = new Map<string, MessageStatus>()

  constructor(server: RealServer, whatsapp: WhatsApp, consoles: readonly Console[]) {
    this.#server = server
    this.#whatsapp = whatsapp
    this.#consoles = consoles
  }

  /** The database went back. */
  forget(): void {
    this.#statuses.clear()
  }

  /** Every row a console holds that has not changed since its place is as the server has it. @throws Broken */
  async look(): Promise<void> {
    const { db } = this.#server
    const { epoch } = await db.selectFrom('lane').select('epoch').executeTakeFirstOrThrow()
    for (const entity of entityNames) {
      const found = await db.selectFrom(entity).select(['id', 'rev', 'data']).execute()
      const rows = new Map(found.map((row) => [row.id, row]))
      for (const { desk } of this.#consoles) {
        if (desk?.replica.cursor?.epoch !== epoch) continue // of a history that is no more
        const place = desk.replica.cursor.seq['0'] ?? 0
        for (const [rev, row] of desk.replica.base.held(entity)) {
          const now = rows.get(row.id)
          const isAsThere =
            now !== undefined &&
            (now.rev > place || (now.rev === rev && isDeepStrictEqual(now.data, row)))
          if (!isAsThere) throw new Broken('I1', `${entity} ${row.id} differs`)
        }
      }
    }
    const messages = await db.selectFrom('message').select('data').execute()
    for (const { data } of messages) {
      if (data.direction === 'out') this.#server.saw(`a message is ${data.status}`)
      checkStep(data.id, this.#statuses.get(data.id) ?? data.status, data.status)
      this.#statuses.set(data.id, data.status)
    }
  }

  /** Everybody is there, and nothing is on its way out. */
  async isDone(): Promise<boolean> {
    return this.#consoles.every((console) => isHere(console)) && (await this.#onItsWay()) === null
  }

  async #onItsWay(): Promise<string | null> {
    const row = await this.#server.db
      .selectFrom('outbox')
      .select(['id', 'state'])
      .where('state', 'in', ['scheduled', 'queued', 'sending', 'unknown'])
      .executeTakeFirst()
    return row === undefined ? null : `${row.id} ${row.state}`
  }

  /** What must hold at the end. @throws Broken */
  async checkEnd(): Promise<void> {
    const { db } = this.#server
    await this.look()
    const answers = await db.selectFrom('mutation').select(['muid', 'result']).execute()
    const results = new Map(answers.map(({ muid, result }) => [muid, result]))
    for (const { result } of answers) if (!result.ok) this.#server.saw(`refused: ${result.code}`)
    const rows = await db.selectFrom('message').select('data').execute()
    const messages = new Map<string, (typeof rows)[number]['data']>(
      rows.map(({ data }) => [data.id, data]),
    )
    const isThere = (id: string) => messages.has(id)
    const inbound = rows.flatMap(({ data }) => (data.direction === 'in' ? (data.wamid ?? []) : []))
    if (!isDeepStrictEqual(inbound.sort(), [...this.#whatsapp.received].sort()))
      throw new Broken('I3', inbound.join())
    checkAccepted(this.#whatsapp, (id) => messages.get(id)?.status)
    const stuck = await this.#onItsWay()
    if (stuck !== null) throw new Broken('L2', stuck)
    checkAssignments(this.#consoles, isThere)
    for (const console of this.#consoles) {
      if (!isHere(console)) throw new Broken('L1', console.user.name)
      checkSaved(console, (muid) => results.get(muid), isThere)
    }
  }

  /** Somebody who comes anew with the same eyes sees the same. @throws Broken */
  compare(console: Console, fresh: Console): void {
    const [mine = [], theirs = []] = [console, fresh].map(({ desk }) =>
      keysOf(must(desk, 'desk').replica.base),
    )
    if (!isDeepStrictEqual(mine, theirs))
      throw new Broken('I1', `${mine.length} rows, not ${theirs.length}`)
  }
}

function isHere({ hasTraffic, desk }: Console): boolean {
  return !hasTraffic && desk?.link.isSynced === true && desk.replica.outbox.pending.length === 0
}

function keysOf(base: Base): string[] {
  return entityNames
    .flatMap((entity) => [...base.held(entity)].map(([rev, row]) => `${entity} ${row.id} ${rev}`))
    .sort()
}
