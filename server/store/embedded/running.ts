import { closeSync, openSync } from 'node:fs'
import { readFile, rename, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { StartError } from '../../start-error.ts'
import { isAlive } from '../process.ts'
import type { Cluster } from './cluster.ts'
import { stopPostmaster, untilReady, type Postmaster } from './postmaster.ts'
import { pathOf, type Program } from './program.ts'
import { launch, type RunAs } from './run-as.ts'

/** A cluster, and all it takes to run it. `mark` is the cluster's name when it runs with these flags. */
export type Place = Cluster & {
  dataDir: string
  program: Program
  as: RunAs
  flags: string[]
  mark: string
}

const databaseName = 'kontor'
const attempts = 5
const retryPauseMs = 300
const maxLogBytes = 10_000_000

export function urlOf(
  { user, password }: Pick<Cluster, 'user' | 'password'>,
  port: number,
  database = databaseName,
): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
}

/**
 * Takes over a database server found running on our folder: waits for its recovery, then makes sure that it takes
 * our password, serves this very folder and runs as this version would start it. Otherwise it is stopped.
 *
 * @returns null when it has to be started anew
 */
export async function adopt(place: Place, found: Postmaster): Promise<Postmaster | null> {
  const ready = await untilReady(place.folder, found.pid, () => isAlive(found.pid))
  if (ready !== null && (await isAsWished(place, ready))) return ready
  await stopPostmaster(place.folder, found, place.program)
  return null
}

async function isAsWished(place: Place, { pid, port }: Postmaster): Promise<boolean> {
  const client = new pg.Client(urlOf(place, port, 'postgres'))
  client.on('error', () => undefined) // the question below fails too, and says so
  try {
    await client.connect()
    const { rows } = await client.query<{ mark: string; pid_file: string }>(
      `select current_setting('cluster_name') as mark, pg_read_file('postmaster.pid') as pid_file`,
    )
    return rows[0]?.mark === place.mark && rows[0].pid_file.startsWith(`${pid}\n`)
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Starts the database server and waits until it takes connections.
 *
 * @param port the one to use; without it any free one
 * @throws StartError with what PostgreSQL said last
 */
export async function spawnPostmaster(place: Place, port?: number): Promise<Postmaster> {
  const logPath = join(place.dataDir, 'postgres.log')
  await turnOver(logPath)
  // The last processes of a killed server may still hold its memory, or somebody took the port a moment ago.
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const started = await spawnOnce(place, port ?? (await freePort()), logPath)
    if (started !== null) return started
    await delay(retryPauseMs)
  }
  const log = await readFile(logPath, 'utf8').catch(() => '')
  const last = log.split('\n').findLast((line) => /FATAL|PANIC/.test(line))
  throw new StartError(`The database does not start: ${last ?? 'it said nothing'} (see ${logPath})`)
}

async function spawnOnce(place: Place, port: number, logPath: string): Promise<Postmaster | null> {
  const log = openSync(logPath, 'a', 0o600)
  const args = (folder: string) => ['-D', folder, '-p', String(port), ...place.flags]
  const child = launch(place.as, pathOf(place.program, 'postgres'), place.folder, args, log)
  closeSync(log)
  let hasEnded = false
  child.once('error', () => (hasEnded = true))
  child.once('exit', () => (hasEnded = true))
  child.unref()
  if (child.pid === undefined) return null
  return untilReady(place.folder, child.pid, () => !hasEnded)
}

/** Makes our database in a fresh cluster. */
export async function ensureDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client(urlOf(place, port))
  try {
    await client.connect()
  } catch (error) {
    const isMissing = error instanceof pg.DatabaseError && error.code === '3D000'
    if (!isMissing) throw error
    const maintenance = new pg.Client(urlOf(place, port, 'postgres'))
    await maintenance.connect()
    await maintenance.query(`create database ${databaseName}`).finally(() => maintenance.end())
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // it listens on TCP
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function turnOver(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size > maxLogBytes) await rename(path, `${path}.1`)
}
