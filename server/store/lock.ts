import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartError } from '../start-error.ts'
import { bootId, isSameProcess, startOf } from './process.ts'

/** Who holds a data folder. Pid alone would do harm after a reboot or in a container, where pids repeat. */
type Holder = { pid: number; boot: string; start: string | null }

/** A lock file being written has no content for a moment; older than this and empty, its writer died. */
const writingMs = 2_000
const turnMs = 20
const attempts = 20

/**
 * Takes the data folder for this process, so that two servers never write to one folder. A lock left by a process
 * that is gone is taken over.
 *
 * @returns gives the folder back
 * @throws StartError when another process holds it
 */
export async function lockData(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'lock')
  const mine = JSON.stringify(await thisProcess())
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await create(path, mine)) return () => release(path, mine)
    const found = await readFile(path, 'utf8').catch(() => null)
    if (found === null) continue
    const holder = parse(found)
    if (holder === null ? await isBeingWritten(path) : await isHeld(holder)) {
      const who = holder === null ? 'another process' : `process ${holder.pid}`
      throw new StartError(
        `The data folder ${dataDir} is in use by ${who}. Stop that server, or give this one another folder with --data.`,
      )
    }
    await discard(path, found)
  }
  throw new StartError(
    `The data folder ${dataDir} is being taken by another server that starts just now.`,
  )
}

async function thisProcess(): Promise<Holder> {
  return { pid: process.pid, boot: await bootId(), start: await startOf(process.pid) }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(content).finally(() => file.close())
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // fs rejects with errno exceptions only
    throw error
  }
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> // checked field by field in the next line
    if (typeof value.pid !== 'number' || typeof value.boot !== 'string') return null
    return { pid: value.pid, boot: value.boot, start: value.start ?? null }
  } catch {
    return null
  }
}

async function isHeld({ pid, boot, start }: Holder): Promise<boolean> {
  if (boot !== (await bootId())) return false
  return isSameProcess(pid, start)
}

async function isBeingWritten(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }))
  return Date.now() - mtimeMs < writingMs
}

/**
 * Removes the stale lock that was read, never one that somebody else made meanwhile: whoever removes it holds a
 * second file, and looks again once they hold it.
 */
async function discard(path: string, found: string): Promise<void> {
  const turn = `${path}.turn`
  if (!(await create(turn, ''))) {
    if (!(await isBeingWritten(turn))) await rm(turn, { force: true }) // its maker died
    return delay(turnMs)
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => null)) === found) await rm(path, { force: true })
  } finally {
    await rm(turn, { force: true })
  }
}

async function release(path: string, mine: string): Promise<void> {
  const found = await readFile(path, 'utf8').catch(() => null)
  if (found === mine) await rm(path, { force: true })
}
