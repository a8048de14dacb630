import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Change, Entity, Rows } from '../../core/domain/entities.ts'
import { scopesOf, type Scope } from '../../core/domain/scopes.ts'
import type { Tables } from '../store/tables.ts'

/** A row as it was before this transaction (undefined when new) and as it will be. */
export type Written = { readonly change: Change; readonly before: Rows[Entity] | undefined }
/** What the transaction knows of a row. */
type Held = {
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
      .select(['id', 'data'])
      .where('id', 'in', missing)
      .where('deleted_at', 'is', null)
      .execute()
    const rows = new Map(found.map(({ id, data }) => [id, data]))
    for (const id of missing) {
      if (held.has(id)) continue // put meanwhile
      held.set(id, { row: rows.get(id), written: undefined })
    }
  }

  /** A row loaded or put before; undefined when there is none. */
  peek<E extends Entity>(entity: E, id: string): Rows[E] | undefined {
    return this.#heldOf(entity).get(id)?.row as Rows[E] | undefined // held among its own entity's rows
  }

  /** Takes over rows that a query of the caller's found, so that they need not be read twice. */
  hold<E extends Entity>(entity: E, rows: readonly { data: Rows[E] }[]): void {
    const held = this.#heldOf(entity)
    for (const { data } of rows) {
      if (!held.has(data.id)) held.set(data.id, { row: data, written: undefined })
    }
  }

  async list<E extends Entity>(entity: E): Promise<Rows[E][]> {
    const table: Entity = entity
    const found = await this.sql
      .selectFrom(table)
      .select('data')
      .where('deleted_at', 'is', null)
      .execute()
    const rows = found as { data: Rows[E] }[] // the table's data column holds this entity
    this.hold(entity, rows)
    return rows.map((row) => this.peek(entity, row.data.id) ?? row.data)
  }

  /** Writes a row whole. Load an existing one before replacing it. */
  put(change: Change): void {
    const rows = this.#heldOf(change.entity)
    let held = rows.get(change.row.id)
    if (held === undefined) {
      held = { row: undefined, written: undefined }
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
    const steps = [sql`head as (update lane set head = ${head} where lane = 0)`]
    const pointers: RawBuilder<unknown>[] = []
    let last = this.#head
    for (const [index, bunch] of bunchesOf(this.#written).entries()) {
      const name = sql.raw(`step_${index}`)
      const before = bunch.rows.map((one) => arrayOf(one.before))
      steps.push(sql`${name} as (${write(bunch, last)} returning id, rev)`)
      pointers.push(
        sql`select 0, rev, ${bunch.entity}, id, (${before}::text[])[rev - ${last}::bigint]::text[] from ${name}`,
      )
      last += bunch.rows.length
    }
    await sql`
      with ${sql.join(steps)}
      insert into change (lane, seq, entity, id, prev_scope) ${sql.join(pointers, sql` union all `)}
    `.execute(this.sql)
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

/** Rows of one entity, all new or all stored before, each with its scopes now and then; null of those that have none. */
type Bunch = {
  entity: Entity
  isNew: boolean
  rows: { row: Rows[Entity]; scopes: readonly Scope[] | null; before: readonly Scope[] | null }[]
}

/** The written rows that can be written together; of one entity and kind they stay in the order they were put. */
function bunchesOf(written: readonly Written[]): Bunch[] {
  const bunches = new Map<string, Bunch>()
  for (const { change, before } of written) {
    const { entity, row } = change
    const isNew = before === undefined
    const key = `${entity} ${isNew}`
    const bunch = bunches.get(key) ?? { entity, isNew, rows: [] }
    bunches.set(key, bunch)
    const was = isNew ? null : scopesOf({ entity, row: before } as Change) // the row before has the same entity
    bunch.rows.push({ row, scopes: scopesOf(change), before: was })
  }
  return [...bunches.values()]
}

/**
 * Writes rows to the places behind `last`. They travel as one JSON array: texts in an array of PostgreSQL's would be
 * escaped and parsed a second time. Rows that were there have been loaded, so the others are new; one that is not
 * fails on its id.
 */
function write({ entity, isNew, rows }: Bunch, last: number) {
  const json = JSON.stringify(rows.map(({ row }) => row))
  const places = sql`jsonb_array_elements(${json}::jsonb) with ordinality as new (data, place)`
  const rev = sql`${last}::bigint + place`
  // What hangs on another row has no column of its own for who may see it.
  const hasScopes = rows.every(({ scopes }) => scopes !== null)
  const scope = sql`(${rows.map(({ scopes }) => arrayOf(scopes))}::text[])[place]::text[]`
  if (isNew) {
    return hasScopes
      ? sql`insert into ${sql.table(entity)} (id, scope, rev, data)
          select data->>'id', ${scope}, ${rev}, data from ${places}`
      : sql`insert into ${sql.table(entity)} (id, rev, data) select data->>'id', ${rev}, data from ${places}`
  }
  return sql`update ${sql.table(entity)} as old set ${hasScopes ? sql`scope = ${scope},` : sql``} rev = ${rev}, data = new.data
    from ${places} where old.id = new.data->>'id'`
}

/** As PostgreSQL reads an array; scopes hold nothing that would need quotes. */
function arrayOf(scopes: readonly Scope[] | null): string | null {
  return scopes === null ? null : `{${scopes.join(',')}}`
}
