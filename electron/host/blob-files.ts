import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs } from '../../core/replica/ports.ts'
import type { Cipher } from './cipher.ts'
import {
  hasCode,
  makeFolder,
  removeUnfinished,
  replaceFile,
  setAside,
  syncFolder,
} from './durable.ts'

/** How names of blobs end. */
const BLOB = '.blob'

/**
 * Whole files in a folder of their own, sealed or not; when one was last used is the time of the file. One that cannot
 * be opened is moved to the quarantine.
 *
 * @param cipher the one in force, which a wipe replaces
 */
export async function createBlobFiles(
  folder: string,
  quarantine: () => Promise<string>,
  cipher: () => Cipher | null,
): Promise<Blobs> {
  const own = join(folder, 'blobs')
  await removeUnfinished(own).catch(ignoreMissing)
  const pathOf = (name: string) => {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`bug: ${name} is no name for a file`)
    return join(own, `${name}${BLOB}`)
  }
  const placeOf = (name: string) => `blob ${name}`
  return {
    async put(name, bytes) {
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      await makeFolder(own)
      await replaceFile(pathOf(name), cipher()?.seal(content, placeOf(name)) ?? content)
    },
    async read(name) {
      const path = pathOf(name)
      const content = await readFile(path).catch(ignoreMissing)
      if (content === undefined) return null
      const held = cipher()
      const bytes = held === null ? content : held.open(content, placeOf(name))
      if (bytes === null) {
        await setAside(path, await quarantine(), `${name}-${randomBytes(6).toString('hex')}${BLOB}`)
        return null
      }
      await utimes(path, new Date(), new Date()).catch(ignoreMissing)
      return new Uint8Array(bytes)
    },
    async remove(name) {
      await rm(pathOf(name), { force: true })
      await syncFolder(own).catch(ignoreMissing)
    },
    async list() {
      const names = (await readdir(own).catch(ignoreMissing)) ?? []
      const found = names
        .filter((name) => name.endsWith(BLOB))
        .map(async (name) => {
          const { size, mtimeMs } = await stat(join(own, name))
          return { name: name.slice(0, -BLOB.length), sizeBytes: size, usedAtMs: mtimeMs }
        })
      return Promise.all(found)
    },
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT')) throw error
}
