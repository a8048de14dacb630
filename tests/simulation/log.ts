import type { Change, Entity, Rows } from '../../core/domain/entities.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { User } from '../../core/domain/people.ts'
import {
  isSeenWith,
  scopesOf,
  scopesOfConversation,
  scopesSeenBy,
  type Scope,
} from '../../core/domain/scopes.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'
import type { Bug } from './bugs.ts'

/** A row at one moment. */
export type Version = { seq: number; change: Change }
/** `prev`: who could see the row before; null when it was new, or is seen with another. */
type Pointer = { seq: number; key: string; prev: readonly Scope[] | null }
type Replica = { user: string; lmid: number; lmuid: string | null; fence: number }
export type Sending = { state: 'queued' | 'sending' | 'done'; conversationId: string; ord: number }

/** Everything that is committed: what survives a crash of the server, and what a backup holds. */
export type Stored = {
  epoch: number
  head: number
  floor: number
  /** All versions of each row, oldest first. */
  rows: Map<string, Version[]>
  pointers: Pointer[]
  replicas: Map<string, Replica>
  results: Map<string, MutationResult>
  outbox: Map<string, Sending>
  /** Kept webhooks nobody has understood yet. */
  kept: Webhook[]
  wamids: Map<string, string>
  parked: Webhook[]
}

export type Webhook =
  | { kind: 'message'; wamid: string; conversationId: string }
  | { kind: 'status'; wamid: string; messageId: string; status: 'sent' | 'delivered' | 'read' }

export function emptyStore(): Stored {
  return {
    epoch: 1,
    head: 0,
    floor: 0,
    rows: new Map(),
    pointers: [],
    replicas: new Map(),
    results: new Map(),
    outbox: new Map(),
    kept: [],
    wamids: new Map(),
    parked: [],
  }
}

/** A model of the server's log: rows, their order, and who may see what. One transaction is one call of `write`. */
export class Log {
  stored = emptyStore()
  readonly #bug: Bug | null
  /** With a gap in the order: rows that have their place already and are committed later. */
  #late: (() => void)[] = []
  isSlow = false

  constructor(bug: Bug | null) {
    this.#bug = bug
  }

  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.stored.rows.get(`${entity} ${id}`)?.at(-1)?.change.row as Rows[E] | undefined // kept under its entity
  }

  list<E extends Entity>(entity: E): Rows[E][] {
    return [...this.stored.rows].flatMap(([key, versions]) => {
      const row = versions.at(-1)?.change.row
      return key.startsWith(`${entity} `) && row !== undefined ? [row as Rows[E]] : [] // kept under its entity
    })
  }

  conversationsOf(contactId: string): Conversation[] {
    return this.list('conversation').filter((row) => row.contactId === contactId)
  }

  write(changes: readonly Change[]): void {
    if (this.isSlow && this.#bug === 'gap in the order') {
      const first = this.stored.head
      this.stored.head += changes.length
      this.#late.push(() => this.#place(changes, first))
      this.isSlow = false
      return
    }
    const first = this.stored.head
    this.stored.head += changes.length
    this.#place(changes, first)
  }

  /** What was slow commits now. */
  settle(): void {
    for (const commit of this.#late.splice(0)) commit()
  }

  /** The rows somebody with these scopes saw when the log stood at `seq`. */
  snapshot(seq: number, scopes: ReadonlySet<string>): Map<string, Version> {
    const seen = new Map<string, Version>()
    for (const key of this.stored.rows.keys()) {
      const version = this.versionAt(key, seq)
      if (version !== undefined && isSeenWith(scopes, this.scopesAt(version.change, seq))) {
        seen.set(key, version)
      }
    }
    return seen
  }

  versionAt(key: string, seq: number): Version | undefined {
    return this.stored.rows.get(key)?.findLast((one) => one.seq <= seq)
  }

  userAt(id: string, seq: number): User | undefined {
    return this.versionAt(`user ${id}`, seq)?.change.row as User | undefined // kept under its entity
  }

  /** Who could see it when the log stood at `seq`: a message is seen by whoever sees its conversation. */
  scopesAt(change: Change, seq: number): readonly Scope[] {
    const own = scopesOf(change)
    if (own !== null || change.entity !== 'message') return own ?? []
    const version = this.versionAt(`conversation ${change.row.conversationId}`, seq)
    return version === undefined ? [] : scopesOfConversation(version.change.row as Conversation) // kept under its entity
  }

  /** Rows that changed after `after`, and who could see them before the first of it. */
  news(after: number): Map<string, readonly Scope[] | null> {
    const found = new Map<string, readonly Scope[] | null>()
    for (const { seq, key, prev } of this.stored.pointers) {
      if (seq > after && !found.has(key)) found.set(key, prev)
    }
    return found
  }

  compact(): void {
    this.stored.floor = this.stored.head
    this.stored.pointers = []
  }

  scopesOf(user: string): Set<string> {
    return new Set(scopesSeenBy(this.userAt(user, this.stored.head)))
  }

  #place(changes: readonly Change[], first: number): void {
    changes.forEach((change, index) => {
      const key = `${change.entity} ${change.row.id}`
      const versions = this.stored.rows.get(key) ?? []
      const seq = first + index + 1
      const last = versions.at(-1)
      const prev = last === undefined ? null : scopesOf(last.change)
      this.stored.rows.set(key, [...versions, { seq, change }])
      this.stored.pointers.push({ seq, key, prev })
    })
  }
}

/** A copy that shares nothing that changes: versions and changes never do. */
export function copyOf(stored: Stored): Stored {
  const map = <K, V>(from: Map<K, V>, copy: (value: V) => V) =>
    new Map([...from].map(([key, value]) => [key, copy(value)]))
  return {
    ...stored,
    rows: map(stored.rows, (versions) => [...versions]),
    pointers: [...stored.pointers],
    replicas: map(stored.replicas, (replica) => ({ ...replica })),
    results: new Map(stored.results),
    outbox: map(stored.outbox, (row) => ({ ...row })),
    kept: [...stored.kept],
    wamids: new Map(stored.wamids),
    parked: [...stored.parked],
  }
}
