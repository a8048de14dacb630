import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { migrations } from '../migrations/all.ts'
import { openDatabase } from '../store/database.ts'
import { startEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/migrate.ts'
import { isSameProcess, startOf } from '../store/process.ts'
import { withDatabase } from './url.ts'

/** What test files learn through the door below: where the server is and which database to copy. */
export type TestServer = { url: string; template: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** Loopback port of the door to the run's PostgreSQL. */
    testDatabaseDoor: number
  }
}

const prefix = 'kontor-test-'

/**
 * One PostgreSQL for the whole run, started when the first test file asks for a database. Test files run in processes
 * of their own, so they ask through a door: whoever connects gets one line of JSON.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<{ answer: TestServer; stop: () => Promise<void> }> | undefined
  const door = createServer((socket) => {
    socket.on('error', () => undefined)
    server ??= start()
    server.then(
      ({ answer }) => socket.end(JSON.stringify(answer)),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  project.provide('testDatabaseDoor', (door.address() as AddressInfo).port) // it listens on TCP

  return async () => {
    await new Promise((resolve) => door.close(resolve))
    await server?.then(
      ({ stop }) => stop(),
      () => undefined,
    )
  }
}

async function start() {
  const base = await startServer()
  const template = `template_${randomUUID().replaceAll('-', '')}`
  try {
    await inDatabase(base.url, (db) => sql.raw(`create database ${template}`).execute(db))
    await inDatabase(withDatabase(base.url, template), (db) => migrate(db, migrations))
  } catch (error) {
    await base.stop()
    throw error
  }
  return { answer: { url: base.url, template }, stop: base.stop }
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.DATABASE_URL_TEST
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined }
  await clearLeftOvers()
  const dataDir = await mkdtemp(join(tmpdir(), prefix))
  const owner = { pid: process.pid, start: await startOf(process.pid) }
  await writeFile(join(dataDir, 'owner.json'), JSON.stringify(owner))
  const embedded = await startEmbedded({ dataDir, isDurable: false })
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Ends and removes what a killed run left behind. */
async function clearLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const dataDir = join(tmpdir(), name)
    const owner = await readFile(join(dataDir, 'owner.json'), 'utf8').catch(() => null)
    if (owner === null) continue
    const { pid, start } = JSON.parse(owner) as { pid: number; start: string | null } // written above
    if (await isSameProcess(pid, start)) continue
    await startEmbedded({ dataDir, isDurable: false })
      .then((embedded) => embedded.stop())
      .catch(() => undefined)
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function inDatabase(
  url: string,
  work: (db: ReturnType<typeof openDatabase>) => Promise<unknown>,
): Promise<void> {
  const db = openDatabase(url, { maxConnections: 1 })
  await work(db).finally(() => db.destroy())
}
