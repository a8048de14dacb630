import type { Change } from '../../core/domain/entities.ts'
import type { ConversationId, NumberId, TeamId, UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import type { Bug } from './bugs.ts'
import { Console } from './console.ts'
import { firstRowsOf } from './first-rows.ts'
import { SimulatedMachine } from './machine.ts'
import { Server } from './server.ts'
import { consoleCount, conversationCount, teamCount, type Step } from './steps.ts'
import { take, type Stage } from './take.ts'
import { WhatsApp } from './whatsapp.ts'

const hourMs = 60 * 60 * 1000

/** The firm, its server, its consoles, WhatsApp and the customers, with everything that may happen to them. */
export class World implements Stage {
  readonly server: Server
  readonly consoles: Console[] = []
  readonly conversationIds: ConversationId[] = []
  readonly teamIds: TeamId[] = []
  readonly whatsapp = new WhatsApp()
  readonly bugsReported: unknown[] = []
  readonly #ids: SimulatedMachine

  private constructor(bug: Bug | null) {
    this.#ids = new SimulatedMachine(100)
    this.server = new Server(bug, () => this.#ids.newId())
    const numberId = this.#ids.newId() as NumberId // fresh ids become what they are for
    for (let index = 0; index < teamCount; index += 1)
      this.teamIds.push(this.#ids.newId() as TeamId)
    const changes: Change[] = this.teamIds.map((id, index) => ({
      entity: 'team',
      row: { id, name: `Team ${index}` },
    }))
    for (let index = 0; index < consoleCount; index += 1) {
      const user: User = {
        id: this.#ids.newId() as UserId,
        name: `Person ${index}`,
        email: `${index}@nordwerk.example`,
        role: 'agent',
        teamIds: this.teamIds,
        sees: 'teams',
        isActive: true,
      }
      changes.push({ entity: 'user', row: user })
      this.consoles.push(
        new Console(index + 1, user, this.server, bug, (reported) =>
          this.bugsReported.push(reported),
        ),
      )
    }
    for (let index = 0; index < conversationCount; index += 1) {
      const id = this.#ids.newId() as ConversationId // as above
      this.conversationIds.push(id)
      const teamId = this.teamIds[index] ?? null
      changes.push(...firstRowsOf({ id, numberId, teamId, index }, () => this.#ids.newId()))
    }
    this.server.change(changes)
  }

  static async start(bug: Bug | null): Promise<World> {
    const world = new World(bug)
    for (const console of world.consoles) await console.start()
    for (let round = 0; round < 20; round += 1) {
      for (const console of world.consoles) {
        console.deliverUp(20)
        console.deliverDown(20)
      }
      await quiet()
    }
    return world
  }

  async take(step: Step): Promise<void> {
    await take(this, step)
    await quiet()
  }

  /** Where everybody stands, in short. */
  print(): string {
    const { head, epoch } = this.server.log.stored
    const consoles = this.consoles.map((console) => console.print())
    return `${epoch}/${head}/${this.whatsapp.onTheWay.length} ${consoles.join(' ')};`
  }

  /** No more trouble: everything is delivered, everybody is there, and nothing is under way at the end. */
  async heal(): Promise<void> {
    this.server.log.settle()
    this.server.log.isSlow = false
    await this.#deliver()
    // After a while every copy is looked through, and is old enough to be fetched anew.
    for (const { machine } of this.consoles) machine.nowMs += hourMs
    this.server.compare()
    await this.#deliver()
  }

  async #deliver(): Promise<void> {
    const { whatsapp } = this
    for (let round = 0; round < 60; round += 1) {
      for (const console of this.consoles) while (console.haunt());
      while (whatsapp.onTheWay.length > 0) this.deliver(0, false)
      this.understand()
      this.drain()
      this.claim()
      while (whatsapp.hasCalls) whatsapp.end(0, 'accepted')
      while (whatsapp.hasReports) whatsapp.report(0)
      for (const console of this.consoles) {
        if (!console.hasTraffic) console.machine.ring()
        console.deliverUp(20)
        await quiet()
        console.deliverDown(20)
        await quiet()
      }
      if (round > 4 && this.#isDone()) return
    }
  }

  #isDone(): boolean {
    const isEverybodyThere = this.consoles.every(
      (console) =>
        !console.hasTraffic &&
        console.desk?.link.isSynced === true &&
        console.desk.replica.outbox.pending.length === 0 &&
        console.desk.replica.cursor?.seq['0'] === this.server.log.stored.head,
    )
    const isIdle = [...this.server.log.stored.outbox.values()].every(
      ({ state }) => state === 'done',
    )
    return isEverybodyThere && isIdle && this.whatsapp.onTheWay.length === 0
  }

  spoil(who: number, what: 'conversation' | 'message'): void {
    this.consoles[who]?.spoil(what)
  }

  conversation(index: number): ConversationId {
    return must(this.conversationIds[index], 'conversation')
  }

  deliver(which: number, isAgain: boolean): void {
    const post = this.whatsapp.take(which, isAgain)
    if (post?.kind === 'status') this.server.receive(post)
    else if (post !== undefined) {
      const { kind, wamid, conversation } = post
      this.server.receive({ kind, wamid, conversationId: this.conversation(conversation) })
    }
  }

  understand(): void {
    this.server.understand()
  }

  drain(): void {
    this.server.drain()
  }

  claim(): void {
    const messageId = this.server.claim()
    if (messageId === undefined) return
    this.whatsapp.call(messageId, (how, wamid) => {
      const isKnown = how === 'accepted' || how === 'refused'
      this.server.settle(messageId, isKnown ? how : 'unknown', wamid)
    })
  }

  grant(who: number, team: number, isGranted: boolean): void {
    const teamId = must(this.teamIds[team], 'team')
    const others = this.#user(who).teamIds.filter((id) => id !== teamId)
    const what = isGranted ? 'grant' : 'revoke'
    const isComing = this.consoles[who]?.isCatchingUp === true
    this.server.saw(isComing ? `${what} while catching up` : what)
    this.#change(who, { teamIds: isGranted ? [...others, teamId] : others })
  }

  sees(who: number, what: 'all' | 'teams' | 'assigned'): void {
    this.#change(who, { sees: what })
  }

  #change(who: number, given: Partial<User>): void {
    this.server.change([{ entity: 'user', row: { ...this.#user(who), ...given } }])
  }

  #user(who: number): User {
    const { user } = must(this.consoles[who], 'console')
    return must(this.server.log.get('user', user.id), 'user')
  }

  move(index: number, team: number | null): void {
    const id = this.conversation(index)
    const conversation = must(this.server.log.get('conversation', id), 'conversation')
    const teamId = team === null ? null : must(this.teamIds[team], 'team')
    if (conversation.teamId === teamId) return
    this.server.change([{ entity: 'conversation', row: { ...conversation, teamId } }])
  }

  slow(): void {
    this.server.log.isSlow = true
  }

  settle(): void {
    this.server.log.settle()
    this.server.wake()
  }

  compact(): void {
    this.server.log.compact()
  }

  crash(): void {
    this.server.crash()
    this.whatsapp.loseAnswers()
    for (const console of this.consoles) console.forsake()
  }

  backup(): void {
    this.whatsapp.backedUp()
    this.server.backup()
  }

  restore(): void {
    if (!this.server.restore()) return
    this.server.saw('restore')
    this.whatsapp.restored()
    this.crash()
  }

  async clone(who: number): Promise<void> {
    if (this.consoles.length > consoleCount) return
    this.server.saw('clone')
    this.consoles.push(await must(this.consoles[who], 'console').twin(consoleCount + 1))
  }
}

/** Everything that was begun has come to rest: in the simulation nothing waits for anything but a step. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
