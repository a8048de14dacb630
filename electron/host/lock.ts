import { execFile } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { AppError } from '../../core/lib/errors.ts'
import { asDiskError, FILE_MODE, hasCode } from './durable.ts'

/** Which process holds a folder: its id, which start of the machine, and when it was born, where that can be known. */
type Holder = { pid: number; boot: string; birth: string | null }

/** Where only the clock says when the machine started: another start is further off than the clock is ever set. */
const BOOT_TOLERANCE_S = 600

/** What a lock says when its holder has given the folder back. */
const FREE = '{}'

/** The files that say who holds the folder they lie in. */
export const LOCK_NAME = /^lock-(\d+)$/

/**
 * Takes a folder for this process alone, and answers how to give it back. What a process left that is gone, or an
 * earlier start of the machine, is taken over.
 *
 * Locks are numbered, and the highest counts. Whoever creates the next one has the folder: only one can. The highest
 * is never removed, also when the folder is free, so that nobody who looked a moment too early finds their number
 * unused.
 *
 * @throws AppError `unavailable` at once when another process holds the folder
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const own = JSON.stringify({ pid: process.pid, boot: await bootOf(), birth: await birthOf() })
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const [highest] = await locksIn(folder)
    if (highest !== undefined) {
      const text = await readWhole(pathOf(folder, highest))
      if (text === null) continue
      if (await isAlive(text)) break
    }
    const number = (highest ?? 0) + 1
    if (!create(pathOf(folder, number), own)) continue
    const [now, ...older] = await locksIn(folder)
    if (now !== number) {
      await rm(pathOf(folder, number), { force: true })
      continue
    }
    for (const old of older) await rm(pathOf(folder, old), { force: true })
    return holdUntilExit(pathOf(folder, number))
  }
  throw new AppError('unavailable', `another process holds ${folder}`)
}

/** Highest first. */
async function locksIn(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  const numbers = names.flatMap((name) => LOCK_NAME.exec(name)?.[1] ?? [])
  return numbers.map(Number).sort((one, other) => other - one)
}

function pathOf(folder: string, number: number): string {
  return join(folder, `lock-${number}`)
}

function create(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx', FILE_MODE)
    writeSync(file, content)
    closeSync(file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw asDiskError(error)
  }
}

function holdUntilExit(path: string): () => void {
  const release = () => {
    process.off('exit', release)
    try {
      const file = openSync(path, 'r+')
      writeSync(file, FREE)
      ftruncateSync(file, FREE.length)
      closeSync(file)
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
    }
  }
  process.on('exit', release)
  return release
}

/** The lock's text; one that is still empty is waited for, since its process may be about to write it. */
async function readWhole(path: string): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null
      throw error
    })
    if (text !== '' || attempt === 10) return text
    await sleep(20)
  }
}

async function isAlive(text: string): Promise<boolean> {
  const holder = parse(text)
  if (holder === null || !isSameBoot(holder.boot, await bootOf())) return false
  if (holder.pid === process.pid) return holder.birth === (await birthOf())
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false
  }
  return holder.birth === null || holder.birth === (await birthOf(holder.pid))
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder> // checked on the next lines
    if (typeof holder.pid !== 'number' || typeof holder.boot !== 'string') return null
    return { pid: holder.pid, boot: holder.boot, birth: holder.birth ?? null }
  } catch {
    return null
  }
}

/** Names this start of the machine: Linux has an id for it, elsewhere it is the second it began, by the clock. */
async function bootOf(): Promise<string> {
  if (process.platform !== 'linux') return String(Math.round(Date.now() / 1000 - uptime()))
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
}

function isSameBoot(one: string, other: string): boolean {
  return one === other || Math.abs(Number(one) - Number(other)) < BOOT_TOLERANCE_S
}

/**
 * Tells a process from a later one with the same id. Linux: field 22 of /proc/PID/stat, the start in clock ticks
 * since boot (proc(5)); macOS: what ps says. Windows has no cheap way: null, and a living process id counts.
 */
async function birthOf(pid: number = process.pid): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  }
  if (process.platform === 'darwin') {
    const ps = promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C', TZ: 'UTC' },
    })
    return ps.then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
  }
  return null
}
