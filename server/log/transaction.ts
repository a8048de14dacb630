import { sql, type Transaction } from 'kysely'
import { scopeOf, type Change, type Entity, type Rows } from '../../core/domain/entities.ts'
import type { Tables } from '../store/tables.ts'

/** A row as it was before this transaction (undefined when new) and as it will be. */
export type Written = { readonly change: Change; readonly before: Rows[Entity] | undefined }
/** What the transaction knows of a row: the scope under which it is stored (null when it is not), and what it is now. */
type Held = {
  readonly scope: string | null
  row: Rows[Entity] | undefined
  written: { change: Change; before: Rows[Entity] | undefined } | undefined
}

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
  readonly #held = new Map<Entity, Map<string, Held>>()
  /** In the order they were first put. */
  readonly #written: Written[] = []

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
    const held = this.#heldOf(entity)
    const missing = [...new Set(ids)].filter((id) => !held.has(id))
    if (missing.length === 0) return
    const found = await this.sql
      .selectFrom(entity)
      .select(['id', 'scope', 'data'])
      .where('id', 'in', missing)
      .where('deleted_at', 'is', null)
      .execute()
    const rows = new Map(found.map((row) => [row.id, row]))
    for (const id of missing) {
      const row = rows.get(id)
      if (held.has(id)) continue // put meanwhile
      held.set(id, { scope: row?.scope ?? null, row: row?.data, written: undefined })
    }
  }

  /** A row loaded or put before; undefined when there is none. */
  peek<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#heldOf(entity).get(id)?.row as Rows[E] | undefined // held among its own entity's rows
  }

  /** Takes over rows that a query of the caller's found, so that they need not be read twice. */
  hold<E extends Entity>(entity: E, rows: readonly { scope: string; data: Rows[E] }[]): void {
    const held = this.#heldOf(entity)
    for (const { scope, data } of rows) {
      if (!held.has(data.id)) held.set(data.id, { scope, row: data, written: undefined })
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
    const rows = this.#heldOf(change.entity)
    let held = rows.get(change.row.id)
    if (held === undefined) {
      held = { scope: null, row: undefined, written: undefined }
      rows.set(change.row.id, held)
    }
    if (held.row === change.row) return
    if (held.written === undefined) {
      held.written = { change, before: held.row }
      this.#written.push(held.written)
    } else held.written.change = change
    held.row = change.row
  }

  written(): Written[] {
    return [...this.#written]
  }

  /**
   * Gives every written row its place in the order, then moves the lane and writes rows and pointers in one statement.
   * @returns the lane's new head, or null when nothing was written
   */
  async flush(): Promise<number | null> {
    if (this.#written.length === 0) return null
    const head = this.#head + this.#written.length
    const placed = this.#written.map(({ change }, index) => {
      const previous = this.#heldOf(change.entity).get(change.row.id)?.scope ?? null
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

  #heldOf(entity: Entity): Map<string, Held> {
    const known = this.#held.get(entity)
    if (known !== undefined) return known
    const none = new Map<string, Held>()
    this.#held.set(entity, none)
    return none
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
