import { isDeepStrictEqual } from 'node:util'
import type { Conversation } from '../../../core/domain/conversation.ts'
import type { ConversationId, TeamId, UserId } from '../../../core/domain/ids.ts'
import type { User } from '../../../core/domain/people.ts'
import { must } from '../../../core/lib/must.ts'
import type { Base } from '../../../core/replica/base.ts'
import { entityNames } from '../../../core/domain/entities.ts'
import type { Database } from '../../../server/store/database.ts'
import { inbound, text } from '../../fixtures/bodies.ts'
import { Console } from '../console.ts'
import { perform } from '../deeds.ts'
import { Broken } from '../invariants.ts'
import { SimulatedMachine } from '../machine.ts'
import { consoleCount, conversationCount, teamCount, type Step } from '../steps.ts'
import { quiet } from '../world.ts'
import { RealServer } from './server.ts'

/** The same trouble as in the first tier, with the real server: consoles, deeds, frames, snapshots, and the way in. */
export class RealWorld {
  readonly server: RealServer
  readonly consoles: Console[] = []
  readonly #ids: SimulatedMachine
  readonly #faults: unknown[] = []
  readonly #teamIds: TeamId[] = []
  #conversationIds: ConversationId[] = []
  /** What customers wrote that has not come, and what the server said yes to. */
  readonly #onTheWay: { wamid: string; body: Buffer }[] = []
  readonly #received = new Set<string>()
  #written = 0

  private constructor(server: RealServer, ids: SimulatedMachine) {
    this.server = server
    this.#ids = ids
  }

  static async start(db: Database): Promise<RealWorld> {
    const ids = new SimulatedMachine(100)
    const world = new RealWorld(await RealServer.start(db, () => ids.newId()), ids)
    await world.#begin()
    return world
  }

  async #begin(): Promise<void> {
    for (let index = 0; index < teamCount; index += 1)
      this.#teamIds.push(this.#ids.newId() as TeamId) // fresh ids become what they are for
    const users = Array.from({ length: consoleCount }, (_, index): User => ({
      id: this.#ids.newId() as UserId,
      name: `Person ${index}`,
      email: `${index}@nordwerk.example`,
      role: 'agent',
      sees: 'teams',
      teamIds: [...this.#teamIds],
      isActive: true,
    }))
    await this.server.log.write(async (tx) => {
      for (const id of this.#teamIds) tx.put({ entity: 'team', row: { id, name: id } })
      for (const user of users) tx.put({ entity: 'user', row: user })
    })
    for (let index = 0; index < conversationCount; index += 1) {
      this.#write(index)
      await this.#deliver(0, false)
      await this.server.quiet()
    }
    const rows = await this.server.db
      .selectFrom('conversation')
      .select('data')
      .orderBy('rev')
      .execute()
    this.#conversationIds = rows.map(({ data }) => data.id)
    for (const [index, user] of users.entries()) {
      const console = new Console(
        index + 1,
        user,
        this.server,
        null,
        (bug) => void this.#faults.push(bug),
      )
      this.consoles.push(console)
      await console.start()
    }
    await this.#quiet()
  }

  /** Does what the step says, as far as this tier knows it, and looks at everybody afterwards. */
  async take(step: Step): Promise<void> {
    await this.#take(step)
    await this.#quiet()
    await this.#checkAll()
  }

  async #take(step: Step): Promise<unknown> {
    const console = 'who' in step ? must(this.consoles[step.who], 'console') : null
    switch (step.kind) {
      case 'deed':
        return perform(must(console, 'console'), this.#conversation(step.conversation), step.what)
      case 'up':
        return console?.deliverUp(step.count)
      case 'down':
        return console?.deliverDown(step.count)
      case 'cut':
        return console?.cut()
      case 'haunt':
        return console?.haunt()
      case 'ring':
        return console?.machine.ring()
      case 'kill':
        return console?.kill(step.keep)
      case 'fold':
        return console?.fold()
      case 'image':
        return console?.takeImage()
      case 'revert':
        return console?.revert()
      case 'customer':
        return this.#write(step.conversation)
      case 'webhook':
        return this.#deliver(step.which, step.again)
      case 'grant':
      case 'revoke':
        return this.#grant(must(console, 'console').user.id, step.team, step.kind === 'grant')
      case 'move':
        return this.#move(step.conversation, step.team)
      case 'compact':
        return this.server.compact()
      case 'crash':
        return this.#restart()
      default:
        return
    }
  }

  /** No more trouble: everything is delivered, and everybody is there. */
  async heal(): Promise<void> {
    for (let round = 0; round < 60; round += 1) {
      while (this.#onTheWay.length > 0) await this.#deliver(0, false)
      for (const console of this.consoles) {
        while (console.haunt()) await this.#quiet()
        if (!console.hasTraffic) console.machine.ring()
        console.deliverUp(20)
        await this.#quiet()
        console.deliverDown(20)
        await this.#quiet()
      }
      if (round > 4 && this.consoles.every((console) => isDone(console))) return
    }
  }

  /** What must hold at the end: everybody has everything once, and everything saved was done or refused. */
  async checkEnd(): Promise<void> {
    const [fault] = [...this.#faults, ...this.server.faults]
    if (fault !== undefined) throw fault as Error // whatever was reported was thrown
    const { db } = this.server
    const results = new Map(
      (await db.selectFrom('mutation').select(['muid', 'result']).execute()).map(
        ({ muid, result }) => [muid, result],
      ),
    )
    const messages = (await db.selectFrom('message').select('data').execute()).map(
      ({ data }) => data,
    )
    const wamids = messages.flatMap(({ wamid }) => wamid ?? []).sort()
    if (!isDeepStrictEqual(wamids, [...this.#received].sort()))
      throw new Broken('a customer’s message is there once', `${wamids.join()}`)
    await this.#checkAll()
    for (const console of this.consoles) {
      if (!isDone(console))
        throw new Broken('everybody comes back, and the outbox drains', console.user.name)
      for (const [muid, { name, args }] of console.saved) {
        const result = results.get(muid)
        if (result === undefined) throw new Broken('what was saved is done', name)
        const { id, activityId } = args as { id?: string; activityId?: string } // of every deed of deeds.ts
        const isThere = messages.some((message) => message.id === (id ?? activityId))
        const mayLeaveNothing = name === 'conversation.resolve' || name === 'conversation.assign'
        if (result.ok ? !isThere && !mayLeaveNothing : isThere)
          throw new Broken('a deed takes effect once or is refused', name)
      }
      await this.#compare(console)
    }
  }

  /** Every row a console holds that has not changed since its place is as the server has it. */
  async #checkAll(): Promise<void> {
    for (const entity of entityNames) {
      const found = await this.server.db.selectFrom(entity).select(['id', 'rev', 'data']).execute()
      const rows = new Map(found.map((row) => [row.id, row]))
      for (const { desk } of this.consoles) {
        const place = desk?.replica.cursor?.seq['0'] ?? 0
        for (const [rev, row] of desk?.replica.base.held(entity) ?? []) {
          const now = rows.get(row.id)
          const isAsThere =
            now !== undefined &&
            (now.rev > place || (now.rev === rev && isDeepStrictEqual(now.data, row)))
          if (!isAsThere)
            throw new Broken('a replica equals a snapshot', `${entity} ${row.id} differs`)
        }
      }
    }
  }

  /** Somebody who comes anew with the same eyes sees the same. */
  async #compare(console: Console): Promise<void> {
    const fresh = new Console(
      50 + this.consoles.indexOf(console),
      console.user,
      this.server,
      null,
      (bug) => void this.#faults.push(bug),
    )
    await fresh.start()
    for (let round = 0; round < 20 && fresh.desk?.link.isSynced !== true; round += 1) {
      await this.#quiet()
      fresh.deliverUp(5)
      await this.#quiet()
      fresh.deliverDown(5)
    }
    await this.#quiet()
    const [mine, theirs] = [console, fresh].map(({ desk }) =>
      keysOf(must(desk, 'desk').replica.base),
    )
    fresh.cut()
    if (!isDeepStrictEqual(mine, theirs))
      throw new Broken('a replica equals a snapshot', `${mine?.length} rows, not ${theirs?.length}`)
  }

  #write(index: number): void {
    this.#written += 1
    const wamid = `wamid.IN${this.#written}`
    const person = { phone: `4940123401${index}0`, userId: `DE.${index}`, name: `Kunde ${index}` }
    const body = Buffer.from(JSON.stringify(inbound(person, text('Hallo'), { id: wamid })))
    this.#onTheWay.push({ wamid, body })
  }

  /** WhatsApp delivers at least once, in any order. */
  async #deliver(which: number, isAgain: boolean): Promise<void> {
    const index = which % Math.max(1, this.#onTheWay.length)
    const call = this.#onTheWay[index]
    if (call === undefined) return
    await this.server.keep(call.body)
    this.#received.add(call.wamid)
    if (!isAgain) this.#onTheWay.splice(index, 1)
  }

  async #grant(id: UserId, team: number, isGranted: boolean): Promise<void> {
    const teamId = must(this.#teamIds[team], 'team')
    this.server.saw(isGranted ? 'grant' : 'revoke')
    await this.server.log.write(async (tx) => {
      const user = must(await tx.get('user', id), 'user')
      const others = user.teamIds.filter((one) => one !== teamId)
      tx.put({
        entity: 'user',
        row: { ...user, teamIds: isGranted ? [...others, teamId] : others },
      })
    })
  }

  async #move(index: number, team: number | null): Promise<void> {
    const teamId = team === null ? null : must(this.#teamIds[team], 'team')
    await this.server.log.write(async (tx) => {
      const row: Conversation = must(
        await tx.get('conversation', this.#conversation(index)),
        'conversation',
      )
      if (row.teamId !== teamId) tx.put({ entity: 'conversation', row: { ...row, teamId } })
    })
  }

  async #restart(): Promise<void> {
    await this.server.restart()
    for (const console of this.consoles) {
      console.cut()
      console.zombies.length = 0
    }
  }

  #conversation(index: number): ConversationId {
    return must(this.#conversationIds[index], 'conversation')
  }

  async #quiet(): Promise<void> {
    await this.server.quiet()
    await quiet()
  }
}

function isDone({ hasTraffic, desk }: Console): boolean {
  return !hasTraffic && desk?.link.isSynced === true && desk.replica.outbox.pending.length === 0
}

function keysOf(base: Base): string[] {
  return entityNames
    .flatMap((entity) => [...base.held(entity)].map(([rev, row]) => `${entity} ${row.id} ${rev}`))
    .sort()
}
