import { must } from '../lib/must.ts'
import type { Disk } from '../replica/ports.ts'

/** A disk and what a test may do to the machine around it. */
export type DiskBench = {
  disk: Disk
  /** Ends the process that held the disk, as cleanly as it can, and opens it again. */
  reopen: () => Promise<Disk>
  /** Spoils one record of a journal on the medium, counted from 0; the disk is closed meanwhile. */
  damage?: (journal: string, index: number) => Promise<void>
}

type Promised = (bench: DiskBench) => Promise<void>

/**
 * What every disk promises, as sentences. Bound to no test runner, because one of the disks lives in a browser:
 * each throws when the promise is broken.
 */
export const diskPromises: Record<string, Promised> = {
  'a document that was never written reads as null': async ({ disk }) => {
    same(await disk.document('settings').read(), null)
  },

  'a document is read back as it was written, also by the next process': async ({
    disk,
    reopen,
  }) => {
    const written = { language: 'de', names: ['Dörte', '李', '🙂'], nested: { empty: null } }
    await disk.document('settings').write(written)
    same(await disk.document('settings').read(), written)
    same(await (await reopen()).document('settings').read(), written)
  },

  'a document holds what it was at the call, whatever happens to the object later': async ({
    disk,
  }) => {
    const document = { count: 1 }
    const writing = disk.document('counter').write(document)
    document.count = 2
    await writing
    same(await disk.document('counter').read(), { count: 1 })
  },

  'of many writes to one document the last one stays': async ({ disk, reopen }) => {
    await Promise.all(
      Array.from({ length: 30 }, (_, count) => disk.document('counter').write({ count })),
    )
    same(await (await reopen()).document('counter').read(), { count: 29 })
  },

  'documents do not see each other, and a removed one is gone': async ({ disk, reopen }) => {
    await disk.document('one').write(1)
    await disk.document('two').write(2)
    await disk.removeDocument('one')
    await disk.removeDocument('never-there')
    const again = await reopen()
    same([await again.document('one').read(), await again.document('two').read()], [null, 2])
  },

  'the names of what is there are known, and of nothing else': async ({ disk, reopen }) => {
    same(await disk.list(), { documents: [], journals: [] })
    await disk.document('manifest').write(1)
    await disk.document('rows-2').write(2)
    await disk.journal('journal-1').append(['one'], true)
    await disk.journal('journal-2').append(['two'], true)
    await disk.blobs.put('photo', Uint8Array.of(1))
    await disk.removeDocument('rows-2')
    await disk.journal('journal-1').remove()
    await disk.document('never-written').read()
    await disk.journal('never-written').read()
    same(await disk.list(), { documents: ['manifest'], journals: ['journal-2'] })
    same(await (await reopen()).list(), { documents: ['manifest'], journals: ['journal-2'] })
  },

  'a file is read back byte by byte, also by the next process': async ({ disk, reopen }) => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256)
    await disk.blobs.put('photo-1', bytes)
    await disk.blobs.put('nothing', new Uint8Array())
    same(await disk.blobs.read('photo-1'), bytes)
    const { blobs } = await reopen()
    same([await blobs.read('photo-1'), await blobs.read('other')], [bytes, null])
    same((await blobs.list()).map(({ name }) => name).sort(), ['nothing', 'photo-1'])
  },

  'files can be replaced and removed, and the one used last is known': async ({ disk }) => {
    await disk.blobs.put('one', Uint8Array.of(1))
    await disk.blobs.put('two', Uint8Array.of(1, 2))
    await disk.blobs.put('one', Uint8Array.of(3))
    same(await disk.blobs.read('one'), Uint8Array.of(3))
    await disk.blobs.remove('never-there')
    const uses = await disk.blobs.list()
    const usedAtMs = (name: string) =>
      must(
        uses.find((blob) => blob.name === name),
        name,
      ).usedAtMs
    if (usedAtMs('one') < usedAtMs('two')) throw new Error('the use of a file was not noticed')
    await disk.blobs.remove('one')
    same(
      (await disk.blobs.list()).map(({ name }) => name),
      ['two'],
    )
  },

  'nothing is left of files when everything is forgotten': async ({ disk, reopen }) => {
    await disk.blobs.put('photo', Uint8Array.of(1))
    await disk.wipe()
    same([await disk.blobs.read('photo'), await disk.blobs.list()], [null, []])
    same(await (await reopen()).blobs.read('photo'), null)
  },

  'a journal that was never written is empty': async ({ disk }) => {
    same(await disk.journal('log').read(), { records: [], isDamaged: false })
    same(disk.journal('log').sizeBytes(), 0)
  },

  'records come back in the order they were added, durable or not': async ({ disk, reopen }) => {
    const journal = disk.journal('log')
    await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        journal.append([{ at }, { at, half: true }], at % 3 === 0),
      ),
    )
    const expected = Array.from({ length: 60 }, (_, at) => [{ at }, { at, half: true }]).flat()
    same((await journal.read()).records, expected)
    same(await (await reopen()).journal('log').read(), { records: expected, isDamaged: false })
  },

  'what is added by the next process comes after what was there': async ({ disk, reopen }) => {
    await disk.journal('log').append(['first'], true)
    const again = await reopen()
    await again.journal('log').append(['second', { text: 'Grüße\u0000\n' }], true)
    same((await again.journal('log').read()).records, [
      'first',
      'second',
      { text: 'Grüße\u0000\n' },
    ])
  },

  'a record keeps what it was at the call': async ({ disk }) => {
    const record = { count: 1 }
    const adding = disk.journal('log').append([record], false)
    record.count = 2
    await adding
    same((await disk.journal('log').read()).records, [{ count: 1 }])
  },

  'a journal knows its size before and after a restart': async ({ disk, reopen }) => {
    const journal = disk.journal('log')
    await journal.append([{ text: 'x'.repeat(1000) }], true)
    const sizeBytes = journal.sizeBytes()
    check(sizeBytes >= 1000 && sizeBytes < 2000, `size is ${sizeBytes}`)
    const again = (await reopen()).journal('log')
    await again.read()
    same(again.sizeBytes(), sizeBytes)
  },

  'a removed journal starts again from nothing': async ({ disk, reopen }) => {
    const journal = disk.journal('log')
    await journal.append([1, 2], true)
    await journal.remove()
    same([await journal.read(), journal.sizeBytes()], [{ records: [], isDamaged: false }, 0])
    await journal.append([3], true)
    same((await (await reopen()).journal('log').read()).records, [3])
  },

  'journals do not see each other': async ({ disk }) => {
    await disk.journal('log-1').append(['one'], true)
    await disk.journal('log-2').append(['two'], false)
    await disk.journal('log-1').remove()
    same((await disk.journal('log-2').read()).records, ['two'])
  },

  'a spoilt last record is cut off, and the journal goes on': async ({ disk, reopen, damage }) => {
    if (!damage) return
    await disk.journal('log').append(['a', 'b', 'c'], true)
    await damage('log', 2)
    const journal = (await reopen()).journal('log')
    same(await journal.read(), { records: ['a', 'b'], isDamaged: false })
    await journal.append(['d'], true)
    same(await (await reopen()).journal('log').read(), {
      records: ['a', 'b', 'd'],
      isDamaged: false,
    })
  },

  'a spoilt record with good ones after it is told, and the good ones are kept': async ({
    disk,
    reopen,
    damage,
  }) => {
    if (!damage) return
    await disk.journal('log').append(['a', 'b', 'c', 'd'], true)
    await damage('log', 1)
    const journal = (await reopen()).journal('log')
    same(await journal.read(), { records: ['a', 'c', 'd'], isDamaged: true })
    await journal.append(['e'], true)
    same(await (await reopen()).journal('log').read(), {
      records: ['a', 'c', 'd', 'e'],
      isDamaged: true,
    })
    const third = (await reopen()).journal('log')
    await third.remove()
    same(await third.read(), { records: [], isDamaged: false })
  },

  'after a wipe nothing is left, and the disk can be used again': async ({ disk, reopen }) => {
    const journal = disk.journal('log')
    await disk.document('settings').write({ secret: true })
    await journal.append(['secret'], true)
    await disk.wipe()
    const again = await reopen()
    same(await again.document('settings').read(), null)
    same((await again.journal('log').read()).records, [])
    await again.document('settings').write({ secret: false })
    await again.journal('log').append(['new'], true)
    same((await again.journal('log').read()).records, ['new'])
  },

  'a name that could leave the folder is a bug': async ({ disk }) => {
    for (const name of ['../escape', 'a/b', '', 'UPPER', 'nul\u0000']) {
      check(
        throws(() => disk.document(name)),
        `document took ${JSON.stringify(name)}`,
      )
      check(
        throws(() => disk.journal(name)),
        `journal took ${JSON.stringify(name)}`,
      )
    }
  },
}

/** Keeps every promise against a fresh bench each, and answers the sentences that do not hold with what was found. */
export async function brokenPromises(
  createBench: (sentence: string) => Promise<DiskBench>,
): Promise<Record<string, string>> {
  const broken: Record<string, string> = {}
  for (const sentence of Object.keys(diskPromises)) {
    try {
      await must(diskPromises[sentence], sentence)(await createBench(sentence))
    } catch (error) {
      broken[sentence] = String(error)
    }
  }
  return broken
}

function same(found: unknown, expected: unknown): void {
  const [foundJson, expectedJson] = [JSON.stringify(found), JSON.stringify(expected)]
  check(foundJson === expectedJson, `found ${foundJson}, expected ${expectedJson}`)
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

function throws(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch {
    return true
  }
}
