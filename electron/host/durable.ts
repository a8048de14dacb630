import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../core/lib/errors.ts'

/** Readable by this person only. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700

/** Ends in this: a write that was under way. At the next start such a file is nobody's. */
const UNFINISHED = '.tmp'

/**
 * Replaces a file so that after a power cut it is there whole, or the one before it is: a new file beside it, fsync,
 * rename, fsync of the folder.
 *
 * @throws AppError `disk-full`: the file is what it was
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`
  try {
    const file = await open(unfinished, 'wx', FILE_MODE)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await renamePatiently(unfinished, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw asDiskError(error)
  }
}

/** What was being written when the process before this one ended. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true })
  }
}

/** Moves a file into another folder of the same disk under a name of its own. */
export async function setAside(path: string, folder: string, name: string): Promise<void> {
  await renamePatiently(path, join(folder, name))
  await syncFolder(folder)
  await syncFolder(dirname(path))
}

/** Makes a folder, and those above it that are missing, so that all of them are there after a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: FOLDER_MODE })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made))
}

/** Makes new and removed names durable. Windows has no such call: there the file system's own journal does it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** No space, no quota left: expected, and told by code. Everything else stays what it is. */
export function asDiskError(error: unknown): unknown {
  if (!hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) return error
  return new AppError('disk-full', 'no space left on the disk', { cause: error })
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** On Windows a virus scanner may hold a new file for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to)
    } catch (error) {
      const isHeld = process.platform === 'win32' && hasCode(error, 'EPERM', 'EACCES', 'EBUSY')
      if (!isHeld || attempt === 20) throw error
      await sleep(attempt * 10)
    }
  }
}
