import { sql, type Transaction } from 'kysely'
import { scopeOf, type Change, type Entity, type Rows } from '../../core/domain/entities.ts'
import type { Tables } from '../store/tables.ts'

type Held<E extends Entity = Entity> = { row: Rows[E] | undefined; scope: string | null }
/** A row as it was before this transaction (undefined when new) and as it will be. */
export type Written = { change: Change; before: Rows[Entity] | undefined }

/**
 * One writing transaction on the replicated rows. It sees its own writes; nothing of them is in the database until
 * the log flushes it. Only one is open at a time (see log.ts), so what it read stays true until it commits.
 */
export class LogTx {
  /** For tables that are not replicated, in the same transaction. */
  readonly sql: Transaction<Tables>
  /** The server's time of this transaction. */
  readonly nowMs: number
  readonly #head: number
  readonly #held = new Map<string, Held>()
  readonly #written = new Map<string, Written>()

  /** @param head of the lane, whose row this transaction has locked */
  constructor(transaction: Transaction<Tables>, nowMs: number, head: number) {
    this.sql = transaction
    this.nowMs = nowMs
    this.#head = head
  }

  async get<E extends Entity>(entity: E, id: string): Promise<Rows[E] | undefined> {
    await this.load(entity, [id])
    return this.peek(entity, id)
  }

  /** Reads the rows that are not held yet, in one question. */
  async load(entity: Entity, ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#held.has(`${entity} ${id}`))
    if (missing.length === 0) return
    for (const id of missing) this.#held.set(`${entity} ${id}`, { row: undefined, scope: null })
    const found = await this.sql
      .selectFrom(entity)
      .select(['id', 'scope', 'data'])
      .where('id', 'in', missing)
      .where('deleted_at', 'is', null)
      .execute()
    for (const { id, scope, data } of found) this.#held.set(`${entity} ${id}`, { row: data, scope })
  }

  /** A row loaded or put before; undefined when there is none. */
  peek<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#held.get(`${entity} ${id}`)?.row as Rows[E] | undefined // held under its own entity's key
  }

  /** Takes over rows that a query of the caller's found, so that they need not be read twice. */
  hold<E extends Entity>(entity: E, rows: readonly { scope: string; data: Rows[E] }[]): void {
    for (const { scope, data } of rows) {
      const key = `${entity} ${data.id}`
      if (!this.#held.has(key)) this.#held.set(key, { row: data, scope })
    }
  }

  async list<E extends Entity>(entity: E): Promise<Rows[E][]> {
    const table: Entity = entity
    const found = await this.sql
      .selectFrom(table)
      .select(['scope', 'data'])
      .where('deleted_at', 'is', null)
      .execute()
    const rows = found as { scope: string; data: Rows[E] }[] // the table's data column holds this entity
    this.hold(entity, rows)
    return rows.map((row) => this.peek(entity, row.data.id) ?? row.data)
  }

  /** Writes a row whole. Load an existing one before replacing it. */
  put(change: Change): void {
    const key = `${change.entity} ${change.row.id}`
    const held = this.#held.get(key)
    if (held?.row === change.row) return
    const before =
      this.#written.get(key)?.before ?? (this.#written.has(key) ? undefined : held?.row)
    this.#held.set(key, { row: change.row, scope: held?.scope ?? null })
    this.#written.set(key, { change, before })
  }

  written(): Written[] {
    return [...this.#written.values()]
  }

  /**
   * Gives every written row its place in the order, then moves the lane and writes rows and pointers in one statement.
   * @returns the lane's new head, or null when nothing was written
   */
  async flush(): Promise<number | null> {
    const written = this.written()
    if (written.length === 0) return null
    const head = this.#head + written.length
    const placed = written.map(({ change }, index) => {
      const previous = this.#held.get(`${change.entity} ${change.row.id}`)?.scope ?? null
      return { ...change, seq: this.#head + 1 + index, scope: scopeOf(change), previous } // the change with its place
    })
    const entities = [...new Set(placed.map(({ entity }) => entity))]
    const writes = entities.flatMap((entity) => {
      const mine = placed.filter((change) => change.entity === entity)
      const [added, replaced] = [mine.filter(isNew), mine.filter((change) => !isNew(change))]
      return [
        ...(added.length === 0 ? [] : [insert(entity, added)]),
        ...(replaced.length === 0 ? [] : [update(entity, replaced)]),
      ]
    })
    const steps = [sql`update lane set head = ${head} where lane = 0`, ...writes]
    const named = steps.map((step, index) => sql`${sql.raw(`step_${index}`)} as (${step})`)
    await sql`with ${sql.join(named)} ${point(placed)}`.execute(this.sql)
    return head
  }
}

type Placed = Change & { seq: number; scope: string; previous: string | null }

/** Rows that were there have been loaded, so the others are new; one that is not fails on its id. */
function isNew({ previous }: Placed): boolean {
  return previous === null
}

/** The rows travel as one JSON array: an array of JSON texts would be escaped and parsed a second time. */
function columns(rows: readonly Placed[]) {
  return sql`rows from (unnest(${rows.map(({ row }) => row.id)}::text[]),
    unnest(${rows.map(({ scope }) => scope)}::text[]), unnest(${rows.map(({ seq }) => seq)}::bigint[]),
    jsonb_array_elements(${JSON.stringify(rows.map(({ row }) => row))}::jsonb)) as new (id, scope, rev, data)`
}

function insert(entity: Entity, rows: readonly Placed[]) {
  return sql`insert into ${sql.table(entity)} (id, scope, rev, data) select * from ${columns(rows)}`
}

function update(entity: Entity, rows: readonly Placed[]) {
  return sql`update ${sql.table(entity)} as old set scope = new.scope, rev = new.rev, data = new.data
    from ${columns(rows)} where old.id = new.id`
}

function point(rows: readonly Placed[]) {
  return sql`insert into change (lane, seq, entity, id, scope, prev_scope)
    select 0, * from unnest(${rows.map(({ seq }) => seq)}::bigint[], ${rows.map(({ entity }) => entity)}::text[],
      ${rows.map(({ row }) => row.id)}::text[], ${rows.map(({ scope }) => scope)}::text[],
      ${rows.map(({ previous }) => previous)}::text[])`
}
