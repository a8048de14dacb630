import { AppError } from '../lib/errors.ts'
import { must } from '../lib/must.ts'
import type { Disk, Journal } from '../replica/ports.ts'

type Entry = { json: string; isSynced: boolean; isDamaged: boolean }
type Kept = { bytes: Uint8Array; usedAtMs: number }

/** A disk in memory whose machine can lose power. */
export type MemoryDisk = Disk & {
  /**
   * The machine stops. Of each journal only what was durable stays, and the first `keepUnsynced` records after it.
   * Documents and journals handed out before belong to a process that is gone: they do nothing but throw.
   */
  crash(options?: { keepUnsynced?: number }): void
  /** While true, nothing can be added: `disk-full`. */
  isFull: boolean
  /** Spoils one record of a journal, counted from 0. */
  damage(journal: string, index: number): void
  /** What is on the disk now, for looking at from a test. */
  documents(): ReadonlyMap<string, unknown>
  /** Another disk with the same on it, as from a backup of the machine. */
  copy(): MemoryDisk
}

/** Everything goes through JSON, as on a real disk, so that no object is shared with the writer. */
export function createMemoryDisk(): MemoryDisk {
  return diskOf(new Map(), new Map(), new Map())
}

function diskOf(
  documents: Map<string, string>,
  journals: Map<string, Entry[]>,
  blobs: Map<string, Kept>,
): MemoryDisk {
  let life = 0
  let uses = 0

  const disk: MemoryDisk = {
    isFull: false,
    document<T>(name: string) {
      const alive = inThisLife(name)
      return {
        async read() {
          await alive()
          const json = documents.get(name)
          return json === undefined ? null : (JSON.parse(json) as T) // written as T below
        },
        async write(document: T) {
          const json = JSON.stringify(document)
          await alive()
          refuseWhenFull()
          documents.set(name, json)
        },
      }
    },
    async removeDocument(name) {
      documents.delete(name)
    },
    async list() {
      return { documents: [...documents.keys()], journals: [...journals.keys()] }
    },
    journal(name) {
      return journalOf(name, inThisLife(name))
    },
    // Of the lives of processes they know nothing: a file is there, or it is not.
    blobs: {
      async put(name, bytes) {
        const copied = bytes.slice()
        await Promise.resolve()
        refuseWhenFull()
        blobs.set(checkName(name), { bytes: copied, usedAtMs: (uses += 1) })
      },
      async read(name) {
        const kept = blobs.get(checkName(name))
        if (kept === undefined) return null
        kept.usedAtMs = uses += 1
        return kept.bytes.slice()
      },
      async remove(name) {
        blobs.delete(checkName(name))
      },
      async list() {
        const all = [...blobs]
        return all.map(([name, { bytes, usedAtMs }]) => ({
          name,
          sizeBytes: bytes.length,
          usedAtMs,
        }))
      },
    },
    forgetUnreadable: async () => undefined, // nothing is put aside here
    async wipe() {
      documents.clear()
      journals.clear()
      blobs.clear()
    },
    crash({ keepUnsynced = 0 } = {}) {
      life += 1
      for (const [name, entries] of journals) {
        const kept = entries.findIndex((entry) => !entry.isSynced)
        if (kept >= 0) journals.set(name, entries.slice(0, kept + keepUnsynced))
      }
    },
    damage(name, index) {
      must(journals.get(name)?.[index], `record ${index} in ${name}`).isDamaged = true
    },
    copy: () =>
      diskOf(
        new Map(documents),
        new Map(
          [...journals].map(([name, entries]) => [name, entries.map((entry) => ({ ...entry }))]),
        ),
        new Map(blobs),
      ),
    documents: () =>
      new Map([...documents].map(([name, json]) => [name, JSON.parse(json) as unknown])),
  }
  return disk

  function refuseWhenFull() {
    if (disk.isFull) throw new AppError('disk-full', 'the disk in memory is full')
  }

  function checkName(name: string) {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`bug: ${name} is no name for the disk`)
    return name
  }

  function inThisLife(name: string) {
    checkName(name)
    const born = life
    return async () => {
      await Promise.resolve()
      if (born !== life) throw new Error('the process this belonged to has crashed')
    }
  }

  function journalOf(name: string, alive: () => Promise<void>): Journal {
    const entries = () => journals.get(name) ?? []
    return {
      async read() {
        await alive()
        const whole = entries().slice(0, entries().findLastIndex((entry) => !entry.isDamaged) + 1)
        if (journals.has(name)) journals.set(name, whole)
        const good = whole.filter((entry) => !entry.isDamaged)
        return {
          records: good.map((entry): unknown => JSON.parse(entry.json)),
          isDamaged: good.length < whole.length,
        }
      },
      async append(records, isDurable) {
        const added = records.map((record) => ({
          json: JSON.stringify(record),
          isSynced: false,
          isDamaged: false,
        }))
        await alive()
        refuseWhenFull()
        const all = [...entries(), ...added]
        if (isDurable) for (const entry of all) entry.isSynced = true
        journals.set(name, all)
      },
      sizeBytes: () => entries().reduce((sum, entry) => sum + 8 + entry.json.length, 0),
      async remove() {
        await alive()
        journals.delete(name)
      },
    }
  }
}
