import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { expect, onTestFinished, test } from 'vitest'
import { must } from '../../core/lib/must.ts'
import { diskPromises } from '../../core/testing/disk-contract.ts'
import { aFolder } from '../testing/folder.ts'
import { openFolder } from './files.ts'

const childPath = join(import.meta.dirname, '../testing/disk-process.ts')

const cases = Object.keys(diskPromises).flatMap((sentence) => [
  { sentence, where: 'in files', master: null },
  { sentence, where: 'in sealed files', master: randomBytes(32) },
])
for (const { sentence, where, master } of cases) {
  test(`${where}, ${sentence}`, async () => {
    const folder = await aFolder()
    let disk = await openFolder(folder, master)
    const reopen = async () => {
      await disk.close()
      disk = await openFolder(folder, master)
      return disk
    }
    const damage = async (journal: string, index: number) => {
      await disk.close()
      await flipRecord(join(folder, `${journal}.log`), index)
    }
    await must(diskPromises[sentence], sentence)({ disk, reopen, damage })
    await disk.close()
  })
}

test('lowdb works on a document as on any adapter', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  const low = new Low(disk.document<{ names: string[] }>('names'), { names: [] })
  await low.update(({ names }) => names.push('Ayşe'))
  await disk.close()

  const again = await openFolder(folder)
  const read = new Low(again.document<{ names: string[] }>('names'), { names: [] })
  await read.read()
  expect(read.data.names).toEqual(['Ayşe'])
  await again.close()
})

test('a journal cut anywhere in its last record keeps the others and goes on', async () => {
  const folder = await aFolder()
  const path = join(folder, 'log.log')
  const first = await openFolder(folder)
  await first.journal('log').append(['one', { two: 2 }], true)
  const wholeBytes = first.journal('log').sizeBytes()
  await first.journal('log').append([{ text: 'Grüße aus Köln' }], true)
  await first.close()
  const image = await readFile(path)

  for (let length = wholeBytes; length < image.length; length += 1) {
    await writeFile(path, image.subarray(0, length))
    const disk = await openFolder(folder)
    const journal = disk.journal('log')
    expect(await journal.read()).toEqual({ records: ['one', { two: 2 }], isDamaged: false })
    expect((await stat(path)).size).toBe(wholeBytes)
    await journal.append([length], true)
    expect((await journal.read()).records).toEqual(['one', { two: 2 }, length])
    await disk.close()
  }
})

test('what is added without reading first still comes after a cut tail', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'log.log'), Buffer.from([9, 0, 0, 0, 1, 2]))
  const disk = await openFolder(folder)
  await disk.journal('log').append(['new'], true)
  expect((await disk.journal('log').read()).records).toEqual(['new'])
  await disk.close()
})

test('a tail of zeros, as a power cut leaves it, is no record', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  await disk.journal('log').append(['kept'], true)
  await disk.close()
  await writeFile(join(folder, 'log.log'), Buffer.alloc(4096), { flag: 'a' })

  const again = await openFolder(folder)
  expect(await again.journal('log').read()).toEqual({ records: ['kept'], isDamaged: false })
  await again.close()
})

test('a damaged journal is kept aside once, as it was found', async () => {
  const folder = await aFolder()
  const first = await openFolder(folder)
  await first.journal('log').append(['a', 'b', 'c'], true)
  await first.close()
  await flipRecord(join(folder, 'log.log'), 1)
  const damaged = await readFile(join(folder, 'log.log'))

  for (let start = 0; start < 3; start += 1) {
    const disk = await openFolder(folder)
    expect((await disk.journal('log').read()).isDamaged).toBe(true)
    await disk.close()
  }
  const [copy, ...more] = await readdir(join(folder, 'quarantine'))
  expect(more).toEqual([])
  expect(await readFile(join(folder, 'quarantine', must(copy, 'copy')))).toEqual(damaged)
})

test('a document that is no JSON is moved aside, not deleted, and reads as none', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'settings.doc'), '{"language":"d')
  const disk = await openFolder(folder)
  expect(await disk.document('settings').read()).toBeNull()
  expect(await disk.document('settings').read()).toBeNull()
  const [aside, ...more] = await readdir(join(folder, 'quarantine'))
  expect(more).toEqual([])
  const kept = await readFile(join(folder, 'quarantine', must(aside, 'file aside')), 'utf8')
  expect(kept).toBe('{"language":"d')
  await disk.close()
})

test('durable records are synced before they count, and those that wait share a sync', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  const journal = disk.journal('log')
  const calls = await recordCalls(folder)

  await journal.append(['alone'], true).then(() => calls.push('added'))
  expect(calls).toEqual(['write', 'datasync', 'sync', 'added'])

  calls.length = 0
  await Promise.all(Array.from({ length: 40 }, (_, at) => journal.append([at], true)))
  expect(calls.filter((call) => call === 'datasync').length).toBeLessThanOrEqual(2)

  calls.length = 0
  await journal.append(['soon'], false).then(() => calls.push('added'))
  expect(calls).toEqual(['write', 'added'])
  await disk.close()
})

test('a document is synced under another name before it takes its own', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  const calls = await recordCalls(folder)
  await disk.document('settings').write({})
  expect(calls).toEqual(['writeFile', 'sync', 'sync'])
  expect((await readdir(folder)).sort()).toEqual(['lock-1', 'settings.doc'])
  await disk.close()
})

test('what a stopped process had half written is cleared away', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'settings.doc.a1b2c3.tmp'), '{"half')
  const disk = await openFolder(folder)
  expect(await readdir(folder)).toEqual(['lock-1'])
  await disk.close()
})

test('only the person themself may read what is stored', async () => {
  const folder = join(await aFolder(), 'replica')
  const disk = await openFolder(folder)
  await disk.document('settings').write({})
  await disk.journal('log').append([1], true)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(folder)) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  }
  await disk.close()
})

test('a second process is refused within a second, and let in when the first was killed', async () => {
  const folder = await aFolder()
  const first = startProcess('hold', folder)
  expect(await first.said()).toEqual({ opened: true })

  const startedAtMs = performance.now()
  await expect(openFolder(folder)).rejects.toMatchObject({ code: 'unavailable' })
  expect(performance.now() - startedAtMs).toBeLessThan(1000)
  const second = startProcess('hold', folder)
  expect(await second.said()).toMatchObject({ code: 'unavailable' })

  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  await (await openFolder(folder)).close()
})

test('one process does not open a folder twice either', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  await expect(openFolder(folder)).rejects.toMatchObject({ code: 'unavailable' })
  await disk.close()
  await (await openFolder(folder)).close()
})

test.each([
  ['an earlier start of the machine', { pid: process.pid, boot: 'another', birth: null }],
  ['a process whose id was given to another', { pid: 1, birth: 'long ago' }],
  ['nobody: it is empty', null],
])('a lock left by %s is taken over', async (_, left) => {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  const own = JSON.parse(await readFile(join(folder, 'lock-1'), 'utf8'))
  await disk.close()
  await writeFile(join(folder, 'lock-1'), left ? JSON.stringify({ ...own, ...left }) : '')
  await (await openFolder(folder)).close()
})

test('of several that find a stale lock at once, exactly one gets the folder', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'lock-1'), JSON.stringify({ pid: 1, boot: 'another', birth: null }))
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => openFolder(folder)))
  const opened = results.filter((result) => result.status === 'fulfilled')
  expect(opened.length).toBe(1)
  for (const { value } of opened) await value.close()
})

test.skipIf(process.platform !== 'linux')(
  'a full disk adds nothing, keeps what was there, and goes on when there is room',
  async ({ skip }) => {
    const folder = await aFolder()
    await mkdir(join(folder, 'small'))
    const script = 'mount -t tmpfs -o size=256k none "$0" && exec "$@"'
    const small = join(folder, 'small')
    const node = [process.execPath, '--import', 'tsx', childPath, 'fill', small]
    const child = spawn('unshare', ['-Urm', 'sh', '-c', script, small, ...node])
    const said = await output(child)
    if (said === null) return skip('this machine gives no small disk to a test')
    expect(said).toMatchObject({
      code: 'disk-full',
      documentCode: 'disk-full',
      document: { size: 'small' },
      isDamaged: false,
    })
    const { added, read, after } = said as Record<string, number>
    expect(added).toBeGreaterThan(5)
    const whole = must(added, 'count') * 30
    expect([read, after]).toEqual([whole, whole + 1])
  },
)

function startProcess(task: string, folder: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', childPath, task, folder])
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, said: () => output(child) }
}

async function output(child: ReturnType<typeof spawn>): Promise<unknown> {
  let text = ''
  for await (const chunk of must(child.stdout, 'output')) {
    text += String(chunk)
    if (text.includes('\n')) return JSON.parse(text)
  }
  return null
}

async function flipRecord(path: string, index: number): Promise<void> {
  const bytes = await readFile(path)
  let at = 0
  for (let record = 0; record < index; record += 1) at += 16 + bytes.readUInt32LE(at + 4)
  bytes[at + 16] = (bytes[at + 16] ?? 0) ^ 1
  await writeFile(path, bytes)
}

/** The order in which files are written and synced, from the class every file handle has; `sync` is also a folder's. */
async function recordCalls(folder: string): Promise<string[]> {
  const handle = await open(folder, 'r')
  const prototype = Object.getPrototypeOf(handle) as Record<string, (...args: unknown[]) => unknown>
  await handle.close()
  const calls: string[] = []
  for (const name of ['write', 'writeFile', 'datasync', 'sync']) {
    const original = must(prototype[name], name)
    prototype[name] = async function (...args) {
      const result = await original.apply(this, args)
      calls.push(name)
      return result
    }
    onTestFinished(() => void (prototype[name] = original))
  }
  return calls
}
