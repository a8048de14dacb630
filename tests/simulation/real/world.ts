import type { Conversation } from '../../../core/domain/conversation.ts'
import type { ConversationId, TeamId, UserId } from '../../../core/domain/ids.ts'
import type { User } from '../../../core/domain/people.ts'
import { must } from '../../../core/lib/must.ts'
import type { Database } from '../../../server/store/database.ts'
import { inbound, status, statuses, text } from '../../fixtures/bodies.ts'
import { Console } from '../console.ts'
import { SimulatedMachine } from '../machine.ts'
import { consoleCount, conversationCount, teamCount, type Step } from '../steps.ts'
import { take, type Stage } from '../take.ts'
import { WhatsApp, type Post } from '../whatsapp.ts'
import { quiet } from '../world.ts'
import { RealServer } from './server.ts'
import { Witness } from './witness.ts'

/** Longer than a call may take, and than a report is waited for. */
const patienceMs = 31_000

/** The same trouble as in the first tier, with the real server: consoles, deeds, frames, snapshots, way in and way out. */
export class RealWorld implements Stage {
  readonly server: RealServer
  readonly whatsapp: WhatsApp
  readonly consoles: Console[] = []
  readonly #ids = new SimulatedMachine(100)
  readonly #faults: unknown[] = []
  readonly #teamIds: TeamId[] = []
  readonly #witness: Witness
  #conversationIds: ConversationId[] = []

  private constructor(server: RealServer, whatsapp: WhatsApp) {
    this.server = server
    this.whatsapp = whatsapp
    this.#witness = new Witness(server, whatsapp, this.consoles)
  }

  static async start(place: { db: Database; url: string }): Promise<RealWorld> {
    const whatsapp = new WhatsApp()
    const world = new RealWorld(await RealServer.start(place, whatsapp), whatsapp)
    await world.#begin()
    return world
  }

  async #begin(): Promise<void> {
    for (let index = 0; index < teamCount; index += 1)
      this.#teamIds.push(this.#ids.newId() as TeamId) // fresh ids become what they are for
    const users = Array.from({ length: consoleCount }, (_, index) => this.#employ(index))
    await this.server.log.write(async (tx) => {
      for (const id of this.#teamIds) tx.put({ entity: 'team', row: { id, name: id } })
      for (const user of users) tx.put({ entity: 'user', row: user })
    })
    for (let index = 0; index < conversationCount; index += 1) {
      this.whatsapp.write(index)
      await this.deliver(0, false)
    }
    const found = this.server.db.selectFrom('conversation').select('data').orderBy('rev')
    this.#conversationIds = (await found.execute()).map(({ data }) => data.id)
    for (const [index, user] of users.entries()) {
      const console = this.#seat(index + 1, user)
      this.consoles.push(console)
      await console.start()
      await this.#bringUp(console)
    }
  }

  /** Until it is there. */
  async #bringUp(console: Console): Promise<void> {
    for (let round = 0; round < 20 && console.desk?.link.isSynced !== true; round += 1) {
      await this.#quiet()
      console.deliverUp(5)
      await this.#quiet()
      console.deliverDown(5)
    }
    await this.#quiet()
  }

  #employ(index: number): User {
    return {
      id: this.#ids.newId() as UserId, // as above
      name: `Person ${index}`,
      email: `${index}@nordwerk.example`,
      role: 'agent',
      sees: 'teams',
      teamIds: [...this.#teamIds],
      isActive: true,
    }
  }

  #seat(name: number, user: User): Console {
    return new Console(name, user, this.server, null, (bug) => void this.#faults.push(bug))
  }

  /** Does what the step says, and looks at everybody afterwards. */
  async take(step: Step): Promise<void> {
    await take(this, step)
    await this.#quiet()
    await this.#witness.look()
  }

  /** No more trouble: everything is delivered, everybody is there, and nothing is under way at the end. */
  async heal(): Promise<void> {
    const { whatsapp } = this
    for (let round = 0; round < 60; round += 1) {
      while (whatsapp.onTheWay.length > 0) await this.deliver(0, false)
      while (whatsapp.hasCalls) whatsapp.end(0, 'accepted')
      await this.#quiet()
      while (whatsapp.hasReports) whatsapp.report(0)
      for (const console of this.consoles) {
        while (console.haunt()) await this.#quiet()
        if (!console.hasTraffic) console.machine.ring()
        console.deliverUp(20)
        await this.#quiet()
        console.deliverDown(20)
        await this.#quiet()
      }
      if (round > 4 && (await this.#witness.isDone())) return
      if (round > 4) await this.server.passMs(patienceMs)
    }
  }

  /** What must hold at the end. @throws Broken */
  async checkEnd(): Promise<void> {
    const [fault] = [...this.#faults, ...this.server.faults]
    if (fault !== undefined) throw fault as Error // whatever was reported was thrown
    await this.#witness.checkEnd()
    for (const console of this.consoles) {
      const fresh = this.#seat(50 + this.consoles.indexOf(console), console.user)
      await fresh.start()
      await this.#bringUp(fresh)
      this.#witness.compare(console, fresh)
      fresh.cut()
    }
  }

  // What may happen

  conversation(index: number): ConversationId {
    return must(this.#conversationIds[index], 'conversation')
  }

  async deliver(which: number, isAgain: boolean): Promise<void> {
    const post = this.whatsapp.take(which, isAgain)
    if (post !== undefined) await this.server.hear(bodyOf(post))
  }

  /** The intake does it by itself. */
  understand(): void {
    this.server.pass()
  }

  drain(): void {
    this.server.pass()
  }

  claim(): void {
    this.server.pass()
  }

  async grant(who: number, team: number, isGranted: boolean): Promise<void> {
    const teamId = must(this.#teamIds[team], 'team')
    const what = isGranted ? 'grant' : 'revoke'
    this.server.saw(this.consoles[who]?.isCatchingUp === true ? `${what} while catching up` : what)
    await this.#change(who, ({ teamIds }) => {
      const others = teamIds.filter((one) => one !== teamId)
      return { teamIds: isGranted ? [...others, teamId] : others }
    })
  }

  async sees(who: number, what: 'all' | 'teams' | 'assigned'): Promise<void> {
    await this.#change(who, () => ({ sees: what }))
  }

  async #change(who: number, given: (user: User) => Partial<User>): Promise<void> {
    const { id } = must(this.consoles[who], 'console').user
    await this.server.log.write(async (tx) => {
      const row = must(await tx.get('user', id), 'user')
      tx.put({ entity: 'user', row: { ...row, ...given(row) } })
    })
  }

  async move(index: number, team: number | null): Promise<void> {
    const teamId = team === null ? null : must(this.#teamIds[team], 'team')
    await this.server.log.write(async (tx) => {
      const found = await tx.get('conversation', this.conversation(index))
      const row: Conversation = must(found, 'conversation')
      if (row.teamId !== teamId) tx.put({ entity: 'conversation', row: { ...row, teamId } })
    })
  }

  /** Transactions take their place as they commit: the database has no way to be slow between. */
  slow(): void {
    this.server.pass()
  }

  settle(): void {
    this.server.pass()
  }

  async compact(): Promise<void> {
    await this.server.compact()
  }

  async crash(): Promise<void> {
    await this.server.restart()
    for (const console of this.consoles) console.forsake()
  }

  async backup(): Promise<void> {
    this.whatsapp.backedUp()
    await this.server.backup()
  }

  async restore(): Promise<void> {
    if (!(await this.server.restore())) return
    this.server.saw('restore')
    this.whatsapp.restored()
    this.#witness.forget()
    for (const console of this.consoles) console.forsake()
  }

  /** Copies are looked through at a pace of minutes here: tests/integration/digests.test.ts has the real server find it. */
  spoil(): void {}

  async clone(who: number): Promise<void> {
    if (this.consoles.length > consoleCount) return
    this.server.saw('clone')
    this.consoles.push(await must(this.consoles[who], 'console').twin(consoleCount + 1))
  }

  async #quiet(): Promise<void> {
    await this.server.quiet()
    await quiet()
  }
}

function bodyOf(post: Post): object {
  if (post.kind === 'message') {
    const { wamid, conversation } = post
    const phone = `4940123401${conversation}0`
    const person = { phone, userId: `DE.${conversation}`, name: `Kunde ${conversation}` }
    return inbound(person, text('Hallo'), { id: wamid })
  }
  const { wamid, messageId } = post
  return statuses(status(wamid, post.status, { biz_opaque_callback_data: messageId }))
}
