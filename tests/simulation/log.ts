import type { Change, Entity, Rows } from '../../core/domain/entities.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'
import type { Bug } from './bugs.ts'

/** A row at one moment; `scope` says who may see it. */
export type Version = { seq: number; change: Change; scope: string }
type Pointer = { seq: number; key: string; prev: string | null }
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
  grants: Map<string, Set<string>>
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
    grants: new Map(),
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
    const isMoved = changes.some(
      (change) => change.entity === 'conversation' && this.#scopeBefore(change) !== scopeOf(change),
    )
    const all = isMoved ? [...changes, ...this.#children(changes)] : changes
    if (this.isSlow && this.#bug === 'gap in the order') {
      const first = this.stored.head
      this.stored.head += all.length
      this.#late.push(() => this.#place(all, first))
      this.isSlow = false
      return
    }
    const first = this.stored.head
    this.stored.head += all.length
    this.#place(all, first)
  }

  /** What was slow commits now. */
  settle(): void {
    for (const commit of this.#late.splice(0)) commit()
  }

  /** The rows somebody with these scopes saw when the log stood at `seq`. */
  snapshot(seq: number, scopes: ReadonlySet<string>): Map<string, Version> {
    const seen = new Map<string, Version>()
    for (const [key, versions] of this.stored.rows) {
      const version = versions.findLast((one) => one.seq <= seq)
      if (version !== undefined && scopes.has(version.scope)) seen.set(key, version)
    }
    return seen
  }

  /** Rows that changed after `after`, and the scopes they were in before. */
  news(after: number): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>()
    for (const { seq, key, prev } of this.stored.pointers) {
      if (seq <= after) continue
      const scopes = found.get(key) ?? new Set()
      if (prev !== null) scopes.add(prev)
      found.set(key, scopes)
    }
    return found
  }

  compact(): void {
    this.stored.floor = this.stored.head
    this.stored.pointers = []
  }

  scopesOf(user: string): Set<string> {
    return new Set(['ws', 'team:none', `user:${user}`, ...(this.stored.grants.get(user) ?? [])])
  }

  #place(changes: readonly Change[], first: number): void {
    changes.forEach((change, index) => {
      const key = `${change.entity} ${change.row.id}`
      const versions = this.stored.rows.get(key) ?? []
      const seq = first + index + 1
      const prev = versions.at(-1)?.scope ?? null
      const scope = this.#scopeIn(change, changes)
      this.stored.rows.set(key, [...versions, { seq, change, scope }])
      this.stored.pointers.push({ seq, key, prev })
    })
  }

  /** A message is seen by whoever sees its conversation. */
  #scopeIn(change: Change, changes: readonly Change[]): string {
    if (change.entity !== 'message') return scopeOf(change)
    const { conversationId } = change.row
    const written = changes.find(
      ({ entity, row }) => entity === 'conversation' && row.id === conversationId,
    )
    const conversation = (written?.row ?? this.get('conversation', conversationId)) as Conversation // found by its own id
    return scopeOf({ entity: 'conversation', row: conversation })
  }

  #scopeBefore({ entity, row }: Change): string | undefined {
    return this.stored.rows.get(`${entity} ${row.id}`)?.at(-1)?.scope
  }

  /** Messages move with their conversation. */
  #children(changes: readonly Change[]): Change[] {
    const ids = new Set(changes.map(({ row }) => row.id))
    return this.list('message')
      .filter((message) => ids.has(message.conversationId) && !ids.has(message.id))
      .map((row) => ({ entity: 'message', row }))
  }
}

export function scopeOf({ entity, row }: Change): string {
  if (entity === 'read') return `user:${row.userId}`
  if (entity === 'conversation') return `team:${row.teamId ?? 'none'}`
  return 'ws'
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
    grants: map(stored.grants, (scopes) => new Set(scopes)),
    outbox: map(stored.outbox, (row) => ({ ...row })),
    kept: [...stored.kept],
    wamids: new Map(stored.wamids),
    parked: [...stored.parked],
  }
}
