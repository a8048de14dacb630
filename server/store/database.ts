import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { reasonOf, StartError } from '../start-error.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

const oldestMajor = 15

/** PostgreSQL's type number of bigint. Source: its catalogue, pg_type.dat. */
const bigintOid = 20

type DatabaseOptions = {
  maxConnections?: number
  /** Hears of connections that broke while nobody used them; the next question opens a new one. */
  onError?: (error: Error) => void
}

/** A pool of connections. bigint comes back as number: counters and milliseconds stay far below 2^53. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 12,
    application_name: 'kontor',
    types: { getTypeParser },
  })
  pool.on('error', (error) => options.onError?.(error))
  // One that breaks while it is used: without a listener that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined)) // the statement under way fails too, and says so
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

// pg's signature is a set of overloads by type and format; ours hands on what it does not change.
const getTypeParser = ((oid: number, format?: 'text') =>
  oid === bigintOid
    ? toNumber
    : (pg.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser // see above

function toNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bug: bigint ${text} is beyond 2^53`)
  return value
}

/**
 * Makes sure the database answers and is one Kontor can work on.
 *
 * @throws StartError
 */
export async function checkDatabase(db: Database): Promise<void> {
  let found: { version: string; encoding: string } | undefined
  try {
    const { rows } = await sql<{ version: string; encoding: string }>`
      select current_setting('server_version') as version, current_setting('server_encoding') as encoding
    `.execute(db)
    found = rows[0]
  } catch (error) {
    throw new StartError(`The database cannot be reached: ${reasonOf(error)}. Check DATABASE_URL.`)
  }
  const { version = '', encoding = '' } = found ?? {}
  if (Number.parseInt(version) < oldestMajor) {
    throw new StartError(
      `The database is PostgreSQL ${version}; Kontor needs ${oldestMajor} or newer. Point DATABASE_URL at a newer one, or leave it out.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StartError(
      `The database is encoded in ${encoding}; Kontor needs UTF8. Create it with: create database … encoding 'UTF8'.`,
    )
  }
}
