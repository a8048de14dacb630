import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'

/** A server that was just stopped is gone by then. */
const patienceMs = 3000
const pollMs = 100

/**
 * Makes sure that no server works on the database, from another data folder or another machine.
 *
 * @param db with a single connection, our own
 * @throws StartError
 */
export async function refuseOthers(db: Database): Promise<void> {
  const deadlineMs = Date.now() + patienceMs
  while ((await countOthers(db)) > 0) {
    if (Date.now() > deadlineMs) {
      throw new StartError(
        'A Kontor server is connected to this database. Stop it first; nothing was changed.',
      )
    }
    await delay(pollMs)
  }
}

async function countOthers(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = 'kontor'
  `.execute(db)
  return rows[0]?.count ?? 0
}
