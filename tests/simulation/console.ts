import Value from 'typebox/value'
import type { User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Down } from '../../core/protocol/down.ts'
import { Up } from '../../core/protocol/up.ts'
import type { MutatorArgs, MutatorName } from '../../core/mutators/all.ts'
import { Desk } from '../../core/replica/desk.ts'
import type { SocketEvents } from '../../core/replica/ports.ts'
import { Replica } from '../../core/replica/replica.ts'
import { createMemoryDisk, type MemoryDisk } from '../../core/testing/memory-disk.ts'
import { brokenDisk, keepCounted } from './broken.ts'
import type { Bug } from './bugs.ts'
import type { End, ServerSeen } from './ends.ts'
import { SimulatedMachine } from './machine.ts'

/** One socket: what is on its way in each direction, and both ends. */
type Wire = { up: string[]; down: string[]; events: SocketEvents; end: End; isOpen: boolean }

/** A page that was asked for and has not come. */
type Asked = { from: string | null; came: (page: string) => void; failed: (why: unknown) => void }

/** A real console, replica and link and all, on a disk that can lose power and a network that can be cut. */
export class Console {
  readonly machine: SimulatedMachine
  readonly user: User
  /** Deeds it called saved, by id, that no image of an older disk has taken back. */
  readonly saved = new Map<string, { name: string; args: unknown }>()
  /** Checked after every frame it takes. */
  onFrame: (desk: Desk) => void = () => undefined
  /** Something of its copy was lost once: until it is whole again it differs, and says so. */
  isSpoiled = false
  readonly #server: ServerSeen
  readonly #bug: Bug | null
  readonly #report: (bug: unknown) => void
  #disk: MemoryDisk = createMemoryDisk()
  #image: { disk: MemoryDisk; saved: Console['saved'] } | null = null
  #desk: Desk | null = null
  #wire: Wire | null = null
  #asked: Asked[] = []
  /** Sockets the console gave up, with bytes that are still on their way. */
  readonly zombies: Wire[] = []

  constructor(
    name: number,
    user: User,
    server: ServerSeen,
    bug: Bug | null,
    report: (bug: unknown) => void,
  ) {
    this.machine = new SimulatedMachine(name)
    this.user = user
    this.#server = server
    this.#bug = bug
    this.#report = (bug) => {
      if (!this.isSpoiled || !String(bug).includes('the copy differs')) report(bug)
    }
  }

  get desk(): Desk | null {
    return this.#desk
  }

  async start(): Promise<void> {
    const machine = this.machine.machine((events) => this.#connect(events), this.#report)
    const replica = await Replica.open(brokenDisk(this.#disk, this.#bug), machine.platform)
    const { outbox } = replica
    if (this.#bug === 'blind to forks') outbox.isForked = () => false
    if (this.#bug === 'only what waits goes along') {
      const requeued = outbox.requeued.bind(outbox)
      outbox.requeued = () => {
        outbox.trim(Infinity)
        return requeued()
      }
    }
    if (this.#bug === 'digest ignores deletes') keepCounted(replica.base)
    const desk: Desk = new Desk(
      machine,
      replica,
      this.user,
      {
        everything() {},
        people() {},
        labels() {},
        templates() {},
        numbers() {},
        conversations() {},
        drafts() {},
        outbox() {},
        link: () => this.#tookFrame(),
      },
      {
        ticket: async () => ({ url: 'simulated' }),
        snapshotPage: (from) =>
          new Promise((came, failed) => void this.#asked.push({ from, came, failed })),
        messagesBefore: () => Promise.reject(new AppError('offline', 'nobody scrolls back here')),
        sessionEnded: () => undefined,
      },
    )
    this.#desk = desk
    desk.link.start()
  }

  async perform<N extends MutatorName>(name: N, args: MutatorArgs<N>): Promise<boolean> {
    if (this.#desk === null) return false
    const before = this.#desk.replica.outbox.last.muid
    try {
      await this.#desk.perform(name, args)
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
    const { muid } = this.#desk.replica.outbox.last
    if (muid !== null && muid !== before) this.saved.set(muid, { name, args })
    return true
  }

  // The network

  deliverUp(count: number, wire = this.#wire): void {
    for (let index = 0; index < count && wire !== null; index += 1) {
      const text = wire.up.shift()
      if (text === undefined) return
      const up: unknown = JSON.parse(text)
      if (!Value.Check(Up, up)) throw new Error(`bug: a console said ${text}`)
      if (this.#bug === 'end not asked for' && up[0] === 'hello') delete up[1].unsettled
      if (wire.end.isOpen) wire.end.hear(up)
    }
  }

  deliverDown(count: number): void {
    const wire = this.#wire
    for (let index = 0; index < count && wire?.isOpen; index += 1) {
      const text = wire.down.shift()
      if (text !== undefined) this.#hear(wire, text)
      else if (!this.#deliverPage()) return
    }
  }

  #hear(wire: Wire, text: string): void {
    if (this.#bug === 'digests not compared' && text.startsWith('["digests"')) return
    wire.events.heard(text)
  }

  /** A page is read when it is answered. @returns whether one was asked for */
  #deliverPage(): boolean {
    const asked = this.#asked.shift()
    if (asked === undefined) return false
    this.#server
      .readPage(this.user.id, asked.from)
      .then((page) =>
        this.#bug === 'half a copy' ? page.replace(/"next":".*"/, '"next":null') : page,
      )
      .then(asked.came, asked.failed)
    return true
  }

  /** Where it stands, in short. */
  print(): string {
    const { outbox, cursor, refused, drafts } = this.#desk?.replica ?? {}
    const wires = [this.#wire?.up.length, this.#wire?.down.length, this.zombies.length]
    const place = [outbox?.last.mid, outbox?.lmid, cursor?.seq['0'], refused?.size, drafts?.size]
    return [...wires, ...place, this.machine.nowMs].join()
  }

  get hasTraffic(): boolean {
    return (
      this.#wire !== null &&
      this.#wire.isOpen &&
      this.#wire.up.length + this.#wire.down.length + this.#asked.length > 0
    )
  }

  /** It has said hello, or is about to, and not heard yet what it missed. */
  get isCatchingUp(): boolean {
    return (
      this.#asked.length > 0 || (this.#wire?.isOpen === true && this.#desk?.link.isSynced === false)
    )
  }

  /** The line is cut; bytes that were sent may still arrive, late. */
  cut(): void {
    const wire = this.#wire
    this.#wire = null
    if (this.#asked.length > 0) this.#server.saw('cut while fetching')
    for (const { failed } of this.#asked.splice(0)) failed(new AppError('offline', 'cut'))
    if (wire === null) return
    wire.isOpen = false
    if (wire.up.length > 0) this.zombies.push(wire)
    else wire.end.leave()
    wire.events.closed()
  }

  /** The server is gone, and with it whatever was on its way. */
  forsake(): void {
    this.zombies.length = 0
    this.cut()
    this.zombies.length = 0
  }

  /** The oldest bytes of a socket that was given up arrive after all. */
  haunt(): boolean {
    const [wire] = this.zombies
    if (wire === undefined) return false
    const isPush = wire.end.isOpen && wire.up[0]?.startsWith('["push"') === true
    if (wire.end.isOpen) this.#server.saw('zombie')
    this.deliverUp(1, wire)
    if (isPush) this.#server.saw(wire.end.isOpen ? 'zombie apply' : 'zombie refused')
    if (wire.up.length === 0) {
      this.zombies.shift()
      wire.end.leave()
    }
    return true
  }

  // The machine

  /** The process dies, and with it what was not synced but for the first `keep` records. */
  async kill(keep: number): Promise<void> {
    this.#halt()
    this.#disk.crash({ keepUnsynced: keep })
    await this.start()
  }

  takeImage(): void {
    this.#image = { disk: this.#disk.copy(), saved: new Map(this.saved) }
  }

  /** The machine is set back to an older image of its disk: what was done since is gone, and nobody was promised it. */
  async revert(): Promise<boolean> {
    if (this.#image === null) return false
    this.#halt()
    this.#disk = this.#image.disk.copy()
    this.#disk.crash({ keepUnsynced: Infinity })
    this.saved.clear()
    for (const [muid, deed] of this.#image.saved) this.saved.set(muid, deed)
    this.#server.saw('older disk')
    await this.start()
    return true
  }

  /** Another machine with a copy of this one's disk, as it is now; both go on. */
  async twin(name: number): Promise<Console> {
    const twin = new Console(name, this.user, this.#server, this.#bug, this.#report)
    twin.#disk = this.#disk.copy()
    twin.#disk.crash({ keepUnsynced: Infinity })
    for (const [muid, deed] of this.saved) twin.saved.set(muid, deed)
    twin.onFrame = this.onFrame
    twin.isSpoiled = this.isSpoiled
    await twin.start()
    return twin
  }

  /** A row is lost to a fault of memory or of ours, and nobody is told. */
  spoil(what: 'conversation' | 'message'): void {
    const base = this.#desk?.replica.base
    const [row] = base?.all(what) ?? []
    if (base === undefined || row === undefined) return
    this.isSpoiled = true
    base.remove(what, row.id)
    this.#server.saw('spoiled copy')
  }

  async fold(): Promise<void> {
    await this.#desk?.replica.fold()
  }

  #halt(): void {
    const wire = this.#wire
    this.#wire = null
    if (this.#asked.splice(0).length > 0) this.#server.saw('killed while fetching')
    this.#desk?.link.stop()
    this.#desk = null
    this.machine.stop()
    if (wire !== null && wire.up.length > 0) this.zombies.push(wire)
    else if (wire !== null) wire.end.leave()
  }

  #connect(events: SocketEvents) {
    const wire: Wire = {
      up: [],
      down: [],
      events,
      isOpen: true,
      end: this.#server.connect(this.user.id, (down) => this.#say(wire, down)),
    }
    this.#wire = wire
    void Promise.resolve().then(() => events.opened())
    return {
      send: (text: string) => {
        if (!wire.isOpen) return
        wire.up.push(text)
        if (text.startsWith('["push"')) this.#pushed()
      },
      close: () => {
        if (this.#wire === wire) this.#wire = null
        wire.isOpen = false
        if (wire.up.length > 0) this.zombies.push(wire)
        else wire.end.leave()
      },
    }
  }

  #say(wire: Wire, down: Down): void {
    if (!wire.isOpen) return
    if (this.#bug === 'nothing purged' && down[0] === 'frame') down[1].del = []
    wire.down.push(JSON.stringify(down))
  }

  #tookFrame(): void {
    const desk = this.#desk
    if (desk === null || !desk.link.isSynced) return
    if (this.#bug === 'no retention') desk.replica.outbox.trim(Infinity)
    if (!this.isSpoiled) this.onFrame(desk)
  }

  /** With the bug, what was handed to the socket is forgotten. */
  #pushed(): void {
    if (this.#bug !== 'deed dropped on push' || this.#desk === null) return
    const { outbox } = this.#desk.replica
    const { mid, muid } = outbox.last
    outbox.restart(outbox.replica, [])
    outbox.continueFrom(mid, muid)
  }
}
