import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { openDatabase, type Database } from '../../server/store/database.ts'
import { startEmbedded } from '../../server/store/embedded.ts'
import { appSecret } from './poster.ts'

const root = join(import.meta.dirname, '../..')
export const administrator = { email: 'bench@kontor.example', password: 'a long bench password' }

export type BenchServer = {
  url: string
  db: Database
  /** Where the database works: its processes are told by it. */
  databaseFolder: string
  pid: number
  close(): Promise<void>
}

/**
 * A server process on a PostgreSQL of its own, as it is installed: `fsync` and `synchronous_commit` on.
 *
 * @param more settings beside those every benchmark needs
 */
export async function startBenchServer(more: Record<string, string> = {}): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-bench-'))
  const postgres = await startEmbedded({ dataDir: join(folder, 'database') })
  const db = openDatabase(postgres.url, { maxConnections: 2 })
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli.ts', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KONTOR_DATA: join(folder, 'server'),
      KONTOR_PORT: '0',
      KONTOR_LOG: 'error',
      DATABASE_URL: postgres.url,
      KONTOR_ADMIN_EMAIL: administrator.email,
      KONTOR_ADMIN_PASSWORD: administrator.password,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: 'bench',
      ...more,
    },
  })
  const url = await readyLine(child, /^Kontor is served at (\S+)$/)
  return {
    url,
    db,
    databaseFolder: await realpath(join(folder, 'database', 'postgres')),
    pid: child.pid ?? 0,
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await db.destroy()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Calls that are kept and not understood yet. */
export async function countWaiting(db: Database): Promise<number> {
  const { rows } = await sql<{ calls: number }>`
    select count(*)::int as calls from webhook_call where state = 'received'
  `.execute(db)
  return rows[0]?.calls ?? 0
}

/** The first group of the line a program prints when it is ready. */
export async function readyLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  if (child.stdout === null) throw new Error('bug: the output is not piped')
  for await (const line of createInterface({ input: child.stdout })) {
    const found = pattern.exec(line)?.[1]
    if (found === undefined) continue
    child.stdout.resume()
    return found
  }
  throw new Error('the program ended before it was ready')
}
