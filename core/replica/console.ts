import { Low } from 'lowdb'
import type { Host } from '../contract/host.ts'
import type { GeneralSignal } from '../contract/repeatable.ts'
import type { AppState, LinkState, Settings } from '../contract/views.ts'
import type { ConversationId, UserId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import { Attachments } from './attachments.ts'
import { Desk } from './desk.ts'
import { createHandlers } from './handlers.ts'
import { lend, type LentDisk } from './lent-disk.ts'
import type { Disk, Machine } from './ports.ts'
import { Replica } from './replica.ts'
import { Session } from './session.ts'
import { yieldingDisk } from './yielding-disk.ts'

/** A console without its window: what runs in the desktop's host process and in the browser's worker. */
export type Console = {
  host: Host
  /** Hears every signal for the window. */
  subscribe(listener: (signal: string, data: unknown) => void): () => void
  start(): Promise<void>
  stop(): Promise<void>
}

export function createConsole(machine: Machine): Console {
  const core = new ConsoleCore(machine)
  return {
    host: { handlers: createHandlers(core), report: (bug) => machine.report(bug) },
    subscribe: (listener) => core.subscribe(listener),
    start: () => core.start(),
    stop: () => core.stop(),
  }
}

/** What the handlers work on: who is signed in, their desk, and the settings of this machine. */
export class ConsoleCore {
  readonly machine: Machine
  readonly session: Session
  #desk: Desk | null = null
  #attachments: Attachments | null = null
  #lent: LentDisk | null = null
  #settings: Low<Settings>
  #wasOnline = false
  #typedServerUrl: string | null = null
  readonly #listeners = new Set<(signal: string, data: unknown) => void>()

  constructor(machine: Machine) {
    this.machine = machine
    this.session = new Session(machine)
    this.session.onArrival = (serverUrl, user) => this.#giveWay(serverUrl, user.id)
    const language = machine.language.toLowerCase().startsWith('de') ? 'de' : 'en'
    this.#settings = new Low<Settings>(machine.settings.document('settings'), {
      language,
      theme: 'system',
    })
  }

  subscribe(listener: (signal: string, data: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    await Promise.all([this.session.open(), this.#settings.read()])
    if (this.session.kept?.isLeaving === true) await this.#leaveNothing()
    await this.openDesk()
  }

  async stop(): Promise<void> {
    await this.#close(async () => undefined)
  }

  /** @param last what is done when nothing new comes in any more */
  async #close(last: (replica: Replica, attachments: Attachments) => Promise<void>): Promise<void> {
    const [desk, attachments] = [this.#desk, this.#attachments]
    this.#desk = null
    this.#attachments = null
    attachments?.stop()
    desk?.link.stop()
    desk?.drafts.stop()
    desk?.search.reset()
    if (desk !== null && attachments !== null) await last(desk.replica, attachments)
    await desk?.replica.close()
    await this.#lent?.takeBack()
    this.#lent = null
  }

  get settings(): Settings {
    return this.#settings.data
  }

  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    this.#settings.data = { ...this.#settings.data, ...change }
    await this.#settings.write()
    this.signal('settings.changed')
    return this.#settings.data
  }

  /** The desk of whoever is signed in. @throws AppError unauthenticated */
  get desk(): Desk {
    if (this.#desk === null) throw new AppError('unauthenticated', 'nobody is signed in')
    return this.#desk
  }

  /** The files of whoever is signed in. @throws AppError unauthenticated */
  get attachments(): Attachments {
    if (this.#attachments === null) throw new AppError('unauthenticated', 'nobody is signed in')
    return this.#attachments
  }

  appState(): AppState {
    const { host, serverUrl: own, isServerManaged } = this.machine
    const kept = this.session.kept
    const serverUrl = kept?.serverUrl ?? own ?? this.#typedServerUrl
    const base = { host, serverUrl, isServerManaged, workspace: kept?.workspace ?? null }
    if (kept === null || this.#desk === null) {
      return { ...base, phase: serverUrl === null ? 'server' : 'sign-in', user: null }
    }
    const phase = kept.isEnded ? 'ended' : this.#desk.hasRows ? 'ready' : 'loading'
    return { ...base, phase, user: this.#desk.user }
  }

  linkState(): LinkState {
    const desk = this.#desk
    return {
      isOnline: desk?.link.isOnline ?? false,
      isSynced: desk?.link.isSynced ?? false,
      waiting: (desk?.replica.outbox.pending.length ?? 0) + (this.#attachments?.waiting ?? 0),
      syncedAtMs: desk?.replica.syncedAtMs ?? null,
      clockOffsetMs: desk?.replica.clockOffsetMs ?? 0,
      fetching: desk?.link.progress ?? null,
    }
  }

  /** What only this machine has of the person's own: deeds and files that wait, refusals not decided about, drafts. */
  get unfinished(): number {
    const { outbox, refused, drafts } = this.desk.replica
    return outbox.pending.length + this.attachments.waiting + refused.size + drafts.size
  }

  rememberServer(url: string): void {
    this.#typedServerUrl = url
  }

  /** Opens the replica of whoever is signed in and begins to sync; nothing when nobody is. */
  async openDesk(): Promise<void> {
    await this.stop()
    const kept = this.session.kept
    if (kept !== null) {
      this.#lent = lend(yieldingDisk(await this.machine.replicaDisk(await this.#replicaKey())))
      const { disk } = this.#lent
      const replica = await Replica.open(disk, this.machine.platform)
      this.#desk = new Desk(this.machine, replica, kept.user, this.#announcements(), {
        ticket: async () => ({ url: await this.#ticket(kept.serverUrl) }),
        snapshotPage: (from) =>
          this.session.withToken((token) =>
            this.session.api.snapshotPage(kept.serverUrl, token, from),
          ),
        messagesBefore: (id, beforeMs, limit) =>
          this.session.withToken((token) =>
            this.session.api.messagesBefore(kept.serverUrl, token, { id, beforeMs, limit }),
          ),
        sessionEnded: (isRevoked) => void this.#ended(isRevoked),
      })
      this.#attachments = await this.#openAttachments(disk, replica, kept.serverUrl)
      this.#desk.onFrame = (frame, gone) =>
        this.#tendFiles((attachments) => attachments.took(frame, gone))
      this.#desk.onReplaced = () => this.#tendFiles((attachments) => attachments.replaced())
      if (!kept.isEnded) {
        this.#desk.link.start()
        this.#attachments.wake()
      }
    }
    this.signal('app.changed')
    this.signal('link.changed')
  }

  /**
   * Leaves nothing of the person on this machine but work that is not finished. That comes first: the server hears of it
   * last, if it does.
   *
   * @param isForGood the server has ended it: also their work is forgotten, since it would take it no more
   */
  async signOut(isForGood = false): Promise<void> {
    const kept = this.session.kept
    await this.#leave(isForGood)
    this.signal('app.changed')
    if (!isForGood) await this.#tellServer(kept)
  }

  /** Whoever was here leaves before another person comes, who shall find nothing of theirs. */
  async #giveWay(serverUrl: string, userId: UserId): Promise<void> {
    const kept = this.session.kept
    if (kept === null) return
    const isSame = kept.serverUrl === serverUrl && kept.user.id === userId
    if (isSame && kept.isLeaving !== true) return
    await this.#leave(false)
    void this.#tellServer(kept)
  }

  async #leave(isForGood: boolean): Promise<void> {
    const isWorkKept =
      !isForGood && this.#desk !== null && (this.unfinished > 0 || this.attachments.isNeeded)
    await this.#close(isWorkKept ? keepWorkOnly : async () => undefined)
    if (isWorkKept) await this.session.forget()
    else await this.#leaveNothing()
  }

  /** Without an answer it forgets the session by itself in time. */
  async #tellServer(kept: Session['kept']): Promise<void> {
    if (kept === null || kept.isEnded) return
    await this.session.api.signOut(kept.serverUrl, kept.token).catch((error: unknown) => {
      if (!(error instanceof AppError)) this.machine.report(error)
    })
  }

  /** Cut short anywhere, the next start goes on with it. */
  async #leaveNothing(): Promise<void> {
    if (this.session.kept === null) return
    await this.session.leave().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error // no room to write it down: wiping makes some
    })
    await (await this.machine.replicaDisk(await this.#replicaKey())).wipe()
    await this.session.forget()
  }

  signal(name: GeneralSignal): void {
    for (const listener of this.#listeners) listener(name, {})
  }

  async #openAttachments(disk: Disk, replica: Replica, serverUrl: string): Promise<Attachments> {
    const { session, machine } = this
    return Attachments.open(disk, {
      machine,
      replica,
      server: {
        upload: (request) =>
          session.withToken((token) => session.api.upload(serverUrl, token, request)),
        read: (id, size) =>
          session.withToken((token) => session.api.readMedia(serverUrl, token, id, size)),
      },
      changed: (ids) => {
        this.#announcements().conversations(ids)
        this.signal('link.changed')
      },
    })
  }

  async #tendFiles(work: (attachments: Attachments) => Promise<void>): Promise<void> {
    if (this.#attachments === null) return
    await work(this.#attachments).catch((error: unknown) => {
      if (!(error instanceof AppError)) this.machine.report(error)
    })
  }

  async #ticket(serverUrl: string): Promise<string> {
    return this.session.withToken((token) => this.session.api.ticket(serverUrl, token))
  }

  async #replicaKey(): Promise<string> {
    const { serverUrl, user } = this.session.kept ?? {}
    return (await this.machine.sha256(`${serverUrl} ${user?.id}`)).slice(0, 32)
  }

  async #ended(isRevoked: boolean): Promise<void> {
    try {
      if (isRevoked) await this.signOut(true)
      else await this.session.end()
    } catch (error) {
      this.machine.report(error)
    }
    this.signal('app.changed')
    this.signal('link.changed')
  }

  #announcements() {
    return {
      everything: () => {
        this.signal('inbox.changed')
        this.signal('directory.changed')
        this.signal('template.changed')
        this.signal('verification.changed')
        this.signal('link.changed')
        this.signal('outbox.changed')
        this.signal('app.changed')
      },
      people: () => {
        this.signal('directory.changed')
        this.signal('app.changed')
      },
      labels: () => {
        this.signal('directory.changed')
        this.signal('inbox.changed')
      },
      templates: () => this.signal('template.changed'),
      numbers: () => this.signal('verification.changed'),
      conversations: (ids: Iterable<ConversationId>) => {
        for (const conversationId of ids) {
          for (const listener of this.#listeners) listener('thread.changed', { conversationId })
        }
        this.signal('inbox.changed')
      },
      drafts: (ids: Iterable<ConversationId>) => {
        for (const conversationId of ids) {
          for (const listener of this.#listeners) listener('draft.changed', { conversationId })
        }
        this.signal('inbox.changed')
      },
      outbox: () => this.signal('outbox.changed'),
      link: () => {
        const isOnline = this.#desk?.link.isOnline === true
        if (isOnline && !this.#wasOnline) this.#attachments?.wake()
        this.#wasOnline = isOnline
        this.signal('link.changed')
      },
    }
  }
}

/** Of rows, and of files that were looked at, nothing stays. */
async function keepWorkOnly(replica: Replica, attachments: Attachments): Promise<void> {
  try {
    await replica.keepWorkOnly()
    await attachments.replaced()
  } catch (error) {
    if (!(error instanceof AppError)) throw error // a full disk keeps all of it, for the person alone
  }
}
