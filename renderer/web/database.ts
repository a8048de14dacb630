import type { Adapter } from 'lowdb'
import { AppError } from '../../core/lib/errors.ts'
import type { Disk, Journal } from '../../core/replica/ports.ts'

/** How far a journal has come; kept beside its records, in the same transaction. */
type Extent = { next: number; sizeBytes: number }

/** A record of a journal: its JSON under [journal, place]. */
const RECORDS = 'records'
const EXTENTS = 'extents'
const DOCUMENTS = 'documents'

/**
 * A disk in the browser: documents and journal records are rows of one IndexedDB database. A transaction is there
 * whole or not at all, so nothing tears; what must be durable asks for `strict`, since browsers flush lazily by default.
 */
export async function openDatabase(name: string): Promise<Disk & { close(): void }> {
  const db = await open(name)
  const extents = await readExtents(db)
  return {
    document<T>(document: string): Adapter<T> {
      checkName(document)
      return {
        async read() {
          const request = db.transaction(DOCUMENTS).objectStore(DOCUMENTS).get(document)
          const json = (await result(request)) as string | undefined // written below
          return json === undefined ? null : (JSON.parse(json) as T)
        },
        write: (content) => {
          const json = JSON.stringify(content)
          return change(db, [DOCUMENTS], 'strict', (tx) => {
            tx.objectStore(DOCUMENTS).put(json, document)
          })
        },
      }
    },
    removeDocument: (document) =>
      change(db, [DOCUMENTS], 'strict', (tx) => {
        tx.objectStore(DOCUMENTS).delete(document)
      }),
    journal: (journal) => journalOf(db, checkName(journal), extents),
    async wipe() {
      const stores = [DOCUMENTS, RECORDS, EXTENTS]
      await change(db, stores, 'strict', (tx) => {
        for (const store of stores) tx.objectStore(store).clear()
      })
      extents.clear()
    },
    close: () => db.close(),
  }
}

function journalOf(db: IDBDatabase, name: string, extents: Map<string, Extent>): Journal {
  const extentOf = () => extents.get(name) ?? { next: 0, sizeBytes: 0 }
  const own = IDBKeyRange.bound([name], [name, []])
  return {
    async read() {
      const request = db.transaction(RECORDS).objectStore(RECORDS).getAll(own)
      const rows = (await result(request)) as string[] // written below
      return { records: rows.map((json) => JSON.parse(json) as unknown), isDamaged: false }
    },
    async append(records, isDurable) {
      const rows = records.map((record) => JSON.stringify(record))
      const addedBytes = rows.reduce((sum, json) => sum + json.length, 0)
      const { next, sizeBytes } = extentOf()
      const extent = { next: next + rows.length, sizeBytes: sizeBytes + addedBytes }
      extents.set(name, extent)
      try {
        await change(db, [RECORDS, EXTENTS], isDurable ? 'strict' : 'relaxed', (tx) => {
          rows.forEach((json, at) => tx.objectStore(RECORDS).add(json, [name, next + at]))
          tx.objectStore(EXTENTS).put(extent, name)
        })
      } catch (error) {
        // Places may stay empty; a place that a later append already took may not be given twice.
        const now = extentOf()
        extents.set(name, { next: now.next, sizeBytes: now.sizeBytes - addedBytes })
        throw error
      }
    },
    sizeBytes: () => extentOf().sizeBytes,
    async remove() {
      extents.delete(name)
      await change(db, [RECORDS, EXTENTS], 'strict', (tx) => {
        tx.objectStore(RECORDS).delete(own)
        tx.objectStore(EXTENTS).delete(name)
      })
    },
  }
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    for (const store of [DOCUMENTS, RECORDS, EXTENTS]) request.result.createObjectStore(store)
  }
  return result(request)
}

async function readExtents(db: IDBDatabase): Promise<Map<string, Extent>> {
  const store = db.transaction(EXTENTS).objectStore(EXTENTS)
  const [names, extents] = await Promise.all([result(store.getAllKeys()), result(store.getAll())])
  return new Map(names.map((name, at) => [name as string, extents[at] as Extent])) // written by append
}

/** Resolves when the transaction is complete. @throws AppError `disk-full`: nothing of it was done */
function change(
  db: IDBDatabase,
  stores: string[],
  durability: IDBTransactionDurability,
  write: (tx: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction(stores, 'readwrite', { durability })
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(asDiskError(tx.error))
    write(tx)
    tx.commit()
  })
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(asDiskError(request.error))
  })
}

function asDiskError(error: DOMException | null): Error {
  if (error?.name !== 'QuotaExceededError') return error ?? new Error('the transaction was aborted')
  return new AppError('disk-full', 'the browser gives no more space', { cause: error })
}

function checkName(name: string): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`bug: ${name} is no name for the disk`)
  return name
}
