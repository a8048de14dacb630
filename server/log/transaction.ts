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
  readonly #held = new Map<string, Held>()
  readonly #written = new Map<string, Written>()

  constructor(transaction: Transaction<Tables>, nowMs: number) {
    this.sql = transaction
    this.nowMs = nowMs
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
    const found = await this.sql
      .selectFrom(entity as Entity)
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
   * Gives every written row its place in the order, then writes rows and pointers.
   * @returns the lane's new head, or null when nothing was written
   */
  async flush(): Promise<number | null> {
    const written = this.written()
    if (written.length === 0) return null
    const { head } = await this.sql
      .updateTable('lane')
      .set((eb) => ({ head: eb('head', '+', written.length) }))
      .where('lane', '=', 0)
      .returning('head')
      .executeTakeFirstOrThrow()
    const first = head - written.length + 1
    await sql`select set_config('kontor.after', ${String(first - 1)}, true)`.execute(this.sql)
    const byEntity = new Map<Entity, { change: Change; seq: number }[]>()
    written.forEach(({ change }, index) => {
      const rows = byEntity.get(change.entity) ?? []
      rows.push({ change, seq: first + index })
      byEntity.set(change.entity, rows)
    })
    for (const [entity, rows] of byEntity) await this.#upsert(entity, rows)
    await this.#point(written, first)
    return head
  }

  async #upsert(entity: Entity, rows: { change: Change; seq: number }[]): Promise<void> {
    const ids = rows.map(({ change }) => change.row.id)
    const scopes = rows.map(({ change }) => scopeOf(change))
    const revs = rows.map(({ seq }) => seq)
    const bodies = rows.map(({ change }) => JSON.stringify(change.row))
    await sql`
      insert into ${sql.table(entity)} as old (id, scope, rev, data)
      select * from unnest(${ids}::text[], ${scopes}::text[], ${revs}::bigint[], ${bodies}::jsonb[])
      on conflict (id) do update set scope = excluded.scope, rev = excluded.rev, data = excluded.data, deleted_at = null
    `.execute(this.sql)
  }

  async #point(written: Written[], first: number): Promise<void> {
    const changes = written.map(({ change }) => change)
    const scopes = changes.map(scopeOf)
    const previous = changes.map(
      ({ entity, row }) => this.#held.get(`${entity} ${row.id}`)?.scope ?? null,
    )
    await sql`
      insert into change (lane, seq, entity, id, scope, prev_scope)
      select 0, * from unnest(
        ${changes.map((_, index) => first + index)}::bigint[], ${changes.map(({ entity }) => entity)}::text[],
        ${changes.map(({ row }) => row.id)}::text[], ${scopes}::text[], ${previous}::text[])
    `.execute(this.sql)
  }
}
