import type { Dirent } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Adapter } from 'lowdb'
import type { Disk } from '../../core/replica/ports.ts'
import { createBlobFiles } from './blob-files.ts'
import { createCipher } from './cipher.ts'
import { DOCUMENT, DocumentFile } from './document-file.ts'
import { hasCode, makeFolder, removeUnfinished, syncFolder } from './durable.ts'
import { forgetFolderKey, openFolderKey, QUARANTINE } from './folder-key.ts'
import { JOURNAL, JournalFile } from './journal-file.ts'
import { LOCK_NAME, lockFolder } from './lock.ts'

/** A disk that is a folder; `close` waits for what was asked for and gives the folder back. */
export type FolderDisk = Disk & { close(): Promise<void> }

/**
 * Opens a folder as a disk, for this process alone: `NAME.doc` are documents, `NAME.log` journals, `blobs/` files,
 * `quarantine/` what could not be read. With a master key everything in it is sealed with a key of the folder's own.
 *
 * @throws AppError `unavailable` when another process holds the folder
 */
export async function openFolder(
  folder: string,
  master: Buffer | null = null,
): Promise<FolderDisk> {
  await makeFolder(folder)
  const release = await lockFolder(folder)
  await removeUnfinished(folder)

  let cipher = master && createCipher(await openFolderKey(folder, master))
  const documents = new Map<string, DocumentFile>()
  const journals = new Map<string, JournalFile>()
  const quarantine = async () => {
    const path = join(folder, QUARANTINE)
    await makeFolder(path)
    return path
  }
  const blobs = await createBlobFiles(folder, quarantine, () => cipher)
  const documentOf = (name: string) =>
    once(documents, name, () => new DocumentFile(folder, name, quarantine, cipher))

  return {
    document<T>(name: string): Adapter<T> {
      const document = documentOf(name)
      return {
        read: async () => (await document.read()) as T | null, // the file was written as T, by write below
        write: (content) => document.write(content),
      }
    },
    removeDocument: (name) => documentOf(name).remove(),
    async list() {
      const files = await readdir(folder)
      const named = (ending: string) =>
        files.flatMap((file) => (file.endsWith(ending) ? file.slice(0, -ending.length) : []))
      return { documents: named(DOCUMENT), journals: named(JOURNAL) }
    },
    journal: (name) =>
      once(journals, name, () => new JournalFile(folder, name, quarantine, cipher)),
    blobs,
    async forgetUnreadable() {
      const path = join(folder, QUARANTINE)
      const files = await readdir(path, { withFileTypes: true }).catch(noFiles)
      for (const file of files) if (file.isFile()) await rm(join(path, file.name))
      if (files.length > 0) await syncFolder(path)
    },
    async wipe() {
      if (master !== null) await forgetFolderKey(folder)
      for (const name of journals.keys()) await journals.get(name)?.remove()
      for (const name of documents.keys()) await documents.get(name)?.remove()
      for (const name of await readdir(folder)) {
        if (!LOCK_NAME.test(name)) await rm(join(folder, name), { recursive: true, force: true })
      }
      await syncFolder(folder)
      documents.clear()
      journals.clear()
      cipher = master && createCipher(await openFolderKey(folder, master))
    },
    async close() {
      for (const journal of journals.values()) await journal.close()
      for (const document of documents.values()) await document.settle()
      release()
    },
  }
}

function noFiles(error: unknown): Dirent[] {
  if (!hasCode(error, 'ENOENT')) throw error
  return []
}

function once<T>(known: Map<string, T>, name: string, create: () => T): T {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`bug: ${name} is no name for a file`)
  const found = known.get(name) ?? create()
  known.set(name, found)
  return found
}
