import { execFile } from 'node:child_process'
import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive, isKnown, placeOf, workersIn } from '../process.ts'
import { pathOf, type Program } from './program.ts'

/** A running database server, started by us or found running. */
export type Postmaster = { pid: number; port: number }

/** What postmaster.pid says. `status` is `starting`, `ready`, `stopping` or empty while the file is being written. */
type PidFile = Postmaster & { status: string }

const pollMs = 10
const stopTimeoutMs = 30_000

export async function readPidFile(folder: string): Promise<PidFile | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
}

/**
 * The database server that still runs on this folder, left behind by a server that was killed; null when there is
 * none. A pid file whose pid belongs to something else by now, or to a zombie, is removed: PostgreSQL would take it
 * for a running server and refuse to start.
 */
export async function findRunning(folder: string): Promise<PidFile | null> {
  const found = await readPidFile(folder)
  if (found === null || !isKnown(found.pid)) return null
  if ((await isAlive(found.pid)) && (await worksIn(found.pid, folder))) return found
  await untilDeserted(folder)
  await rm(join(folder, 'postmaster.pid'), { force: true })
  return null
}

async function worksIn(pid: number, folder: string): Promise<boolean> {
  const place = await placeOf(pid)
  if (process.platform === 'linux') return place === (await realpath(folder))
  return place.includes(process.platform === 'win32' ? 'postgres.exe' : folder)
}

/** The pid file guards against processes a dead database server left at work, so they have to be gone before it. */
async function untilDeserted(folder: string): Promise<void> {
  const real = await realpath(folder)
  const deadline = performance.now() + stopTimeoutMs
  while ((await workersIn(real)) > 0 && performance.now() < deadline) await delay(pollMs)
}

/**
 * Waits until the database server of that pid takes connections, however long its recovery lasts.
 *
 * @returns null when it ended instead
 */
export async function untilReady(
  folder: string,
  pid: number,
  isRunning: () => Promise<boolean> | boolean,
): Promise<Postmaster | null> {
  for (;;) {
    const found = await readPidFile(folder)
    if (found?.pid === pid && found.status === 'ready') return found
    if (!(await isRunning())) return null
    await delay(pollMs)
  }
}

/** Ends it in good order: open transactions are rolled back, everything committed is in its files. */
export async function stopPostmaster(
  folder: string,
  { pid }: { pid: number },
  program: Program,
): Promise<void> {
  if (process.platform === 'win32') {
    const args = ['stop', '-D', folder, '-m', 'fast', '-w']
    await promisify(execFile)(pathOf(program, 'pg_ctl'), args).catch(() => undefined)
    return
  }
  signal(pid, 'SIGINT')
  if (await isGone(pid)) return
  signal(pid, 'SIGQUIT') // at once, as in a crash: the next start recovers
  await isGone(pid)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it ended by itself
  }
}

async function isGone(pid: number): Promise<boolean> {
  const deadline = performance.now() + stopTimeoutMs
  while (performance.now() < deadline) {
    if (!(await isAlive(pid))) return true
    await delay(pollMs)
  }
  return false
}
