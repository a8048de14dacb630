import { sql, type Transaction } from 'kysely'
import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** A step of the schema: SQL statements. Once released it never changes; a mistake in it is mended by the next. */
export type Migration = { name: string; up: string }

/** Where it is written down which migrations a database has had. */
export const createMigrationTable =
  'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())'

/** Any number that nobody else locks in this database; it spells KONTOR. */
const lockKey = 0x4b4f4e544f52

/**
 * Brings the schema to what this code knows. Each migration is its own transaction and is recorded; several servers
 * starting at once take turns.
 *
 * @returns the names applied now
 * @throws StartError when the database is newer than this code
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const applied: string[] = []
  for (;;) {
    const name = await db.transaction().execute((tx) => applyNext(tx, migrations))
    if (name === null) return applied
    applied.push(name)
  }
}

async function applyNext(
  tx: Transaction<Tables>,
  migrations: readonly Migration[],
): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx)
  await sql.raw(createMigrationTable).execute(tx)
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(tx)
  const done = new Set(rows.map(({ name }) => name))
  const unknown = [...done].filter((name) => !migrations.some((known) => known.name === name))
  if (unknown.length > 0) {
    throw new StartError(
      `The database is newer than this server (it has ${unknown.sort().join(', ')}). Start the newer server, or restore a backup of this one's time.`,
    )
  }
  const next = migrations.find(({ name }) => !done.has(name))
  if (next === undefined) return null
  await sql.raw(next.up).execute(tx)
  await sql`insert into migration (name) values (${next.name})`.execute(tx)
  return next.name
}
