import type { Adapter } from 'lowdb'
import { AppError } from '../../core/lib/errors.ts'
import type { Blobs, Disk, Journal } from '../../core/replica/ports.ts'
import { createKey, open as unseal, openBytes, seal, sealBytes } from './seal.ts'

type Sealed = Uint8Array<ArrayBuffer>
/** How far a journal has come; kept beside its records, in the same transaction. */
type Extent = { next: number; sizeBytes: number }

/** A record of a journal, sealed, under [journal, place]. */
const RECORDS = 'records'
const EXTENTS = 'extents'
const DOCUMENTS = 'documents'
/** The one key of this database. */
const KEYS = 'keys'
/** A file, sealed; and beside it how large it is and when it was last used. */
const BLOBS = 'blobs'
const USES = 'uses'
const STORES = [RECORDS, EXTENTS, DOCUMENTS, KEYS, BLOBS, USES]
type Use = { sizeBytes: number; usedAtMs: number }

/**
 * A disk in the browser: documents and journal records are rows of one IndexedDB database, sealed with a key of its
 * own. A transaction is there whole or not at all, so nothing tears; what must be durable asks for `strict`, since
 * browsers flush lazily by default.
 */
export async function openDatabase(name: string): Promise<Disk & { close(): void }> {
  const db = await open(name)
  const extents = await readExtents(db)
  const keys = { now: await keyOf(db) }
  const inTurn = queues()
  return {
    document<T>(document: string): Adapter<T> {
      const place = `document ${checkName(document)}`
      return {
        read: () =>
          inTurn(place, async () => {
            const request = db.transaction(DOCUMENTS).objectStore(DOCUMENTS).get(document)
            const bytes = (await result(request)) as Sealed | undefined // written below
            const opened = bytes && (await unseal(keys.now, bytes, place))
            return opened === undefined ? null : (opened as T) // sealed below, as T
          }),
        write(content) {
          const json = JSON.stringify(content)
          return inTurn(place, async () => {
            const bytes = await seal(keys.now, json, place)
            await change(db, [DOCUMENTS], 'strict', (tx) => {
              tx.objectStore(DOCUMENTS).put(bytes, document)
            })
          })
        },
      }
    },
    removeDocument: (document) =>
      inTurn(`document ${document}`, () =>
        change(db, [DOCUMENTS], 'strict', (tx) => {
          tx.objectStore(DOCUMENTS).delete(document)
        }),
      ),
    async list() {
      const names = db.transaction(DOCUMENTS).objectStore(DOCUMENTS).getAllKeys()
      return { documents: (await result(names)) as string[], journals: [...extents.keys()] } // written above
    },
    journal: (journal) => journalOf({ db, extents, keys, inTurn }, checkName(journal)),
    blobs: blobsOf({ db, extents, keys, inTurn }),
    forgetUnreadable: async () => undefined, // nothing is put aside: a row that cannot be opened stays in its place
    async wipe() {
      await change(db, STORES, 'strict', (tx) => {
        for (const store of STORES) tx.objectStore(store).clear()
      })
      extents.clear()
      keys.now = await keyOf(db)
    },
    close: () => db.close(),
  }
}

type Opened = {
  db: IDBDatabase
  extents: Map<string, Extent>
  keys: { now: CryptoKey }
  inTurn: ReturnType<typeof queues>
}

function journalOf({ db, extents, keys, inTurn }: Opened, name: string): Journal {
  const turn = `journal ${name}`
  const extentOf = () => extents.get(name) ?? { next: 0, sizeBytes: 0 }
  const placeOf = (at: number) => `${turn} ${at}`
  const own = IDBKeyRange.bound([name], [name, []])
  return {
    read: () =>
      inTurn(turn, async () => {
        const store = db.transaction(RECORDS).objectStore(RECORDS)
        const asked = [result(store.getAllKeys(own)), result(store.getAll(own))] as const
        const [places, rows] = (await Promise.all(asked)) as [[string, number][], Sealed[]] // written below
        const opened = await Promise.all(
          rows.map((bytes, index) => unseal(keys.now, bytes, placeOf(places[index]?.[1] ?? -1))),
        )
        const records = opened.filter((record) => record !== undefined)
        return { records, isDamaged: records.length < rows.length }
      }),
    append(records, isDurable) {
      const texts = records.map((record) => JSON.stringify(record))
      return inTurn(turn, async () => {
        const { next, sizeBytes } = extentOf()
        const rows = await Promise.all(
          texts.map((json, index) => seal(keys.now, json, placeOf(next + index))),
        )
        const addedBytes = rows.reduce((sum, row) => sum + row.byteLength, 0)
        const extent = { next: next + rows.length, sizeBytes: sizeBytes + addedBytes }
        await change(db, [RECORDS, EXTENTS], isDurable ? 'strict' : 'relaxed', (tx) => {
          rows.forEach((row, index) => tx.objectStore(RECORDS).add(row, [name, next + index]))
          tx.objectStore(EXTENTS).put(extent, name)
        })
        extents.set(name, extent)
      })
    },
    sizeBytes: () => extentOf().sizeBytes,
    remove: () =>
      inTurn(turn, async () => {
        await change(db, [RECORDS, EXTENTS], 'strict', (tx) => {
          tx.objectStore(RECORDS).delete(own)
          tx.objectStore(EXTENTS).delete(name)
        })
        extents.delete(name)
      }),
  }
}

function blobsOf({ db, keys, inTurn }: Opened): Blobs {
  const placeOf = (name: string) => `blob ${checkName(name)}`
  const use = (name: string, sizeBytes: number, tx: IDBTransaction) =>
    tx.objectStore(USES).put({ sizeBytes, usedAtMs: Date.now() } satisfies Use, name)
  return {
    put(name, bytes) {
      const content = new Uint8Array(bytes)
      const place = placeOf(name)
      return inTurn(place, async () => {
        const sealed = await sealBytes(keys.now, content, place)
        await change(db, [BLOBS, USES], 'strict', (tx) => {
          tx.objectStore(BLOBS).put(sealed, name)
          use(name, content.length, tx)
        })
      })
    },
    read: (name) =>
      inTurn(placeOf(name), async () => {
        const request = db.transaction(BLOBS).objectStore(BLOBS).get(name)
        const sealed = (await result(request)) as Sealed | undefined // written above
        const bytes = sealed && (await openBytes(keys.now, sealed, placeOf(name)))
        if (bytes === undefined) return null
        await change(db, [USES], 'relaxed', (tx) => use(name, bytes.length, tx))
        return bytes
      }),
    remove: (name) =>
      inTurn(placeOf(name), () =>
        change(db, [BLOBS, USES], 'strict', (tx) => {
          tx.objectStore(BLOBS).delete(name)
          tx.objectStore(USES).delete(name)
        }),
      ),
    async list() {
      const store = db.transaction(USES).objectStore(USES)
      const [names, uses] = await Promise.all([result(store.getAllKeys()), result(store.getAll())])
      return names.map((name, at) => ({ name: name as string, ...(uses[at] as Use) })) // written by use
    },
  }
}

/** Sealing takes a moment, so what is asked of one thing is done one after the other, in the order of the calls. */
function queues() {
  const last = new Map<string, Promise<unknown>>()
  return <T>(of: string, run: () => Promise<T>): Promise<T> => {
    const mine = (last.get(of) ?? Promise.resolve()).then(run)
    last.set(
      of,
      mine.catch(() => undefined),
    )
    return mine
  }
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 3)
  request.onupgradeneeded = ({ oldVersion }) => {
    const db = request.result
    const found = [...db.objectStoreNames]
    if (oldVersion < 2) for (const store of found) db.deleteObjectStore(store)
    const kept = oldVersion < 2 ? [] : found
    for (const store of STORES) if (!kept.includes(store)) db.createObjectStore(store)
  }
  return result(request)
}

/** The key this database is sealed with; a new one when there is none. */
async function keyOf(db: IDBDatabase): Promise<CryptoKey> {
  const found: unknown = await result(db.transaction(KEYS).objectStore(KEYS).get('key'))
  if (found instanceof CryptoKey) return found
  const key = await createKey()
  await change(db, [KEYS], 'strict', (tx) => {
    tx.objectStore(KEYS).put(key, 'key')
  })
  return key
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
