import type { Change } from '../../core/domain/entities.ts'
import type { ConversationId, NumberId, TeamId, UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import type { Bug } from './bugs.ts'
import { Console } from './console.ts'
import { perform } from './deeds.ts'
import { firstRowsOf } from './first-rows.ts'
import type { Webhook } from './log.ts'
import { SimulatedMachine } from './machine.ts'
import { Server } from './server.ts'
import { consoleCount, conversationCount, teamCount, type Step } from './steps.ts'

const hourMs = 60 * 60 * 1000

/** A call to WhatsApp under way; `isLost` once the process that made it is gone. */
type Call = { messageId: string; isLost: boolean }

/** The firm, its server, its consoles, WhatsApp and the customers, with everything that may happen to them. */
export class World {
  readonly server: Server
  readonly consoles: Console[] = []
  readonly conversationIds: ConversationId[] = []
  readonly teamIds: TeamId[] = []
  /** By message: how often WhatsApp accepted it. */
  readonly accepted = new Map<string, number>()
  /** What customers wrote and the server answered 200 for, since no backup took it back. */
  readonly received = new Set<string>()
  readonly bugsReported: unknown[] = []
  /** The only order there may be in a restored history: what was answered before the backup. */
  #receivedAtBackup: Set<string> | null = null
  readonly #ids: SimulatedMachine
  readonly #calls: Call[] = []
  readonly #onTheWay: Webhook[] = []
  readonly #reports: Extract<Webhook, { kind: 'status' }>[] = []
  #written = 0

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
    await this.#take(step)
    await quiet()
  }

  async #take(step: Step): Promise<unknown> {
    const console = 'who' in step ? must(this.consoles[step.who], 'console') : null
    switch (step.kind) {
      case 'deed':
        return perform(
          must(console, 'console'),
          must(this.conversationIds[step.conversation], 'conversation'),
          step.what,
        )
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
      case 'spoil':
        return console?.spoil(step.what)
      case 'customer':
        return this.#write(step.conversation)
      case 'webhook':
        return this.#deliverWebhook(step.which, step.again)
      case 'understand':
        return this.server.understand()
      case 'drain':
        return this.server.drain()
      case 'claim':
        return this.#claim()
      case 'outcome':
        return this.#outcome(step.which, step.how)
      case 'status':
        return this.#status(step.which)
      case 'grant':
        return this.#grant(step.who, step.team, true)
      case 'revoke':
        return this.#grant(step.who, step.team, false)
      case 'sees':
        return this.#change(step.who, { sees: step.what })
      case 'move':
        return this.#move(step.conversation, step.team)
      case 'slow':
        this.server.log.isSlow = true
        return
      case 'settle':
        this.server.log.settle()
        return this.server.wake()
      case 'compact':
        return this.server.log.compact()
      case 'crash':
        return this.crashServer()
      case 'backup':
        this.#receivedAtBackup = new Set(this.received)
        return this.server.backup()
      case 'restore':
        return this.#restore()
    }
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
    for (let round = 0; round < 60; round += 1) {
      for (const console of this.consoles) while (console.haunt());
      while (this.#onTheWay.length > 0) this.#deliverWebhook(0, false)
      this.server.understand()
      this.server.drain()
      this.#claim()
      while (this.#calls.length > 0) this.#outcome(0, 'accepted')
      while (this.#reports.length > 0) this.#status(0)
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
    return isEverybodyThere && isIdle && this.#onTheWay.length === 0
  }

  #write(index: number): void {
    this.#written += 1
    const conversationId = must(this.conversationIds[index], 'conversation')
    this.#onTheWay.push({ kind: 'message', wamid: `wamid.IN${this.#written}`, conversationId })
  }

  /** WhatsApp delivers at least once, in any order. */
  #deliverWebhook(which: number, isAgain: boolean): void {
    const index = this.#onTheWay.length === 0 ? -1 : which % this.#onTheWay.length
    const webhook = this.#onTheWay[index]
    if (webhook === undefined) return
    if (!this.server.receive(webhook)) return
    if (webhook.kind === 'message') this.received.add(webhook.wamid)
    if (!isAgain) this.#onTheWay.splice(index, 1)
  }

  #claim(): void {
    const messageId = this.server.claim()
    if (messageId !== undefined) this.#calls.push({ messageId, isLost: false })
  }

  #outcome(which: number, how: 'accepted' | 'lost' | 'refused' | 'nothing'): void {
    const index = this.#calls.length === 0 ? -1 : which % this.#calls.length
    const [call] = index < 0 ? [] : this.#calls.splice(index, 1)
    if (call === undefined) return
    const wamid = `wamid.OUT ${call.messageId}`
    if (how === 'accepted' || how === 'lost') {
      this.accepted.set(call.messageId, (this.accepted.get(call.messageId) ?? 0) + 1)
      for (const status of ['sent', 'delivered', 'read'] as const) {
        this.#reports.push({ kind: 'status', wamid, messageId: call.messageId, status })
      }
    }
    if (call.isLost) return
    if (how === 'accepted' || how === 'refused') this.server.settle(call.messageId, how, wamid)
    else this.server.settle(call.messageId, 'unknown', wamid)
  }

  #status(which: number): void {
    const index = this.#reports.length === 0 ? -1 : which % this.#reports.length
    const [report] = index < 0 ? [] : this.#reports.splice(index, 1)
    if (report !== undefined) this.#onTheWay.push(report)
  }

  #grant(who: number, team: number, isGranted: boolean): void {
    const teamId = must(this.teamIds[team], 'team')
    const others = this.#user(who).teamIds.filter((id) => id !== teamId)
    this.server.saw(isGranted ? 'grant' : 'revoke')
    this.#change(who, { teamIds: isGranted ? [...others, teamId] : others })
  }

  #change(who: number, given: Partial<User>): void {
    this.server.change([{ entity: 'user', row: { ...this.#user(who), ...given } }])
  }

  #user(who: number): User {
    const { user } = must(this.consoles[who], 'console')
    return must(this.server.log.get('user', user.id), 'user')
  }

  #move(index: number, team: number | null): void {
    const id = must(this.conversationIds[index], 'conversation')
    const conversation = must(this.server.log.get('conversation', id), 'conversation')
    const teamId = team === null ? null : must(this.teamIds[team], 'team')
    if (conversation.teamId === teamId) return
    this.server.change([{ entity: 'conversation', row: { ...conversation, teamId } }])
  }

  crashServer(): void {
    this.server.crash()
    for (const call of this.#calls) call.isLost = true
    for (const console of this.consoles) {
      console.zombies.length = 0
      console.cut()
      console.zombies.length = 0
    }
  }

  #restore(): void {
    if (!this.server.restore()) return
    this.server.saw('restore')
    this.crashServer()
    for (const wamid of this.received) {
      if (this.#receivedAtBackup?.has(wamid) !== true) this.received.delete(wamid)
    }
  }
}

/** Everything that was begun has come to rest: in the simulation nothing waits for anything but a step. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
