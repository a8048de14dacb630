import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { reasonOf, StartError } from '../start-error.ts'
import { startEmbedded } from './embedded.ts'
import { findCluster } from './embedded/cluster.ts'
import { findRunning } from './embedded/postmaster.ts'
import { urlOf } from './embedded/running.ts'
import { lockData } from './lock.ts'

type Place = { dataDir: string; databaseUrl: string | null }
type Reached = { url: string; close(): Promise<void> }

/**
 * The database of a server, whether it runs just now or not: the one it works on, or, when it is stopped, its own
 * database started for us, with the folder ours as long.
 *
 * @throws StartError
 */
export async function reachDatabase({ dataDir, databaseUrl }: Place): Promise<Reached> {
  if (databaseUrl !== null) return { url: databaseUrl, close: async () => undefined }
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new StartError(
      `There is no database in ${dataDir}. Name the server's data folder with --data, or its database with --database.`,
    )
  }
  const cluster = await findCluster(dataDir)
  const release = await lockData(dataDir).catch((error: unknown) => {
    if (error instanceof StartError) return null // a server is at work there
    throw error
  })
  if (release !== null) return startFor(dataDir, release)
  const running = await findRunning(cluster.folder)
  if (running === null) {
    throw new StartError(
      `The server of ${dataDir} is just starting or stopping. Try again in a moment.`,
    )
  }
  return { url: urlOf(cluster, running.port), close: async () => undefined }
}

async function startFor(dataDir: string, release: () => Promise<void>): Promise<Reached> {
  try {
    const embedded = await startEmbedded({ dataDir })
    const close = () => embedded.stop().finally(release)
    return { url: embedded.url, close }
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * Runs `work` on a connection of its own, which ends with it.
 *
 * @param name what the database calls the connection; a server's are called `kontor`
 * @throws StartError when the database does not take it
 */
export async function withConnection<T>(
  url: string,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true })
  client.on('error', () => undefined) // the statement under way fails too, and says so
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(`The database cannot be reached: ${reasonOf(error)}. Check DATABASE_URL.`)
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
