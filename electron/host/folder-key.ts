import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createCipher, KEY_BYTES } from './cipher.ts'
import { hasCode, makeFolder, replaceFile, setAside, syncFolder } from './durable.ts'
import { LOCK_NAME } from './lock.ts'

/** Holds a folder's own key, sealed with the one of this installation. Without it nothing in the folder can be read. */
const KEY_NAME = 'key'
const PLACE = 'key of a folder'
export const QUARANTINE = 'quarantine'

/**
 * The key of a folder; a new one for a new folder. When the one that is there was sealed with another master key, all
 * that lies in the folder goes to the quarantine, and the folder begins anew.
 */
export async function openFolderKey(folder: string, master: Buffer): Promise<Buffer> {
  const path = join(folder, KEY_NAME)
  const sealed = await readFile(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  const key = sealed === null ? null : createCipher(master).open(sealed, PLACE)
  if (key !== null) return key
  await putAside(folder)
  const fresh = randomBytes(KEY_BYTES)
  await replaceFile(path, createCipher(master).seal(fresh, PLACE))
  return fresh
}

/** Makes everything in the folder unreadable for good, wherever copies of it may be. */
export async function forgetFolderKey(folder: string): Promise<void> {
  await rm(join(folder, KEY_NAME), { force: true })
  await syncFolder(folder)
}

async function putAside(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => name !== QUARANTINE && !LOCK_NAME.test(name),
  )
  if (names.length === 0) return
  const aside = join(folder, QUARANTINE, `other-key-${randomBytes(6).toString('hex')}`)
  await makeFolder(aside)
  for (const name of names) await setAside(join(folder, name), aside, name)
}
