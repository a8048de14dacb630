import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { readPidFile } from './embedded/postmaster.ts'
import { isAlive } from './process.ts'

const folders: string[] = []
const children: ChildProcess[] = []

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-embedded-'))
  folders.push(folder)
  return folder
}

/** A process that holds the store, and the first line it printed. */
async function hold(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const args = ['--import', 'tsx', join(import.meta.dirname, '../testing/hold-store.ts'), folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: line.toString().trim() }
}

async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

const pidOf = async (folder: string) => (await readPidFile(join(folder, 'postgres')))?.pid

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) {
    const pid = await pidOf(folder)
    if (pid !== undefined && (await isAlive(pid))) process.kill(pid, 'SIGQUIT')
    if (pid !== undefined) await expect.poll(() => isAlive(pid)).toBe(false)
    await rm(folder, { recursive: true, force: true })
  }
})

test('the first start makes a database that forces commits to disk, the next one starts it again', async () => {
  const dataDir = await aFolder()
  const first = await startEmbedded({ dataDir })
  const db = openDatabase(first.url)
  const { rows } = await sql<{ fsync: string; commit: string; encoding: string; lower: string }>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('server_encoding') as encoding, lower('ÄRGER') as lower
  `.execute(db)
  expect(rows[0]).toEqual({ fsync: 'on', commit: 'on', encoding: 'UTF8', lower: 'ärger' })
  await sql`create table kept (id int)`.execute(db)
  await db.destroy()
  await first.stop()
  expect(await pidOf(dataDir)).toBeUndefined()

  const again = await startEmbedded({ dataDir })
  const later = openDatabase(again.url)
  await sql`select from kept`.execute(later)
  await later.destroy()
  await again.stop()
})

test('only we can read the password', async () => {
  const dataDir = await aFolder()
  await (await startEmbedded({ dataDir })).stop()
  expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
})

test('a database left running by a killed server is adopted', async () => {
  const folder = await aFolder()
  const { child, said } = await hold(folder)
  expect(said).toBe('open')
  await killed(child, 'SIGKILL')
  const left = await pidOf(folder)
  expect(await isAlive(left!)).toBe(true)

  const next = await startEmbedded({ dataDir: folder })
  expect({ isAdopted: next.isAdopted, pid: await pidOf(folder) }).toEqual({
    isAdopted: true,
    pid: left,
  })
  await next.stop()
  expect(await isAlive(left!)).toBe(false)
})

test('a database left running with other settings is stopped and started anew', async () => {
  const dataDir = await aFolder()
  await startEmbedded({ dataDir, isDurable: false })
  const left = await pidOf(dataDir)
  const next = await startEmbedded({ dataDir, isDurable: true })
  expect(next.isAdopted).toBe(false)
  expect(await isAlive(left!)).toBe(false)
  await next.stop()
})

test('what was committed survives the database being killed, which is noticed and mended', async () => {
  const dataDir = await aFolder()
  const troubles: string[] = []
  const embedded = await startEmbedded({ dataDir, onTrouble: (what) => troubles.push(what) })
  const db = openDatabase(embedded.url)
  await sql`create table kept as select 1 as id`.execute(db)

  process.kill((await pidOf(dataDir))!, 'SIGKILL')
  await expect.poll(() => troubles.length, { timeout: 10_000 }).toBeGreaterThan(0)
  const count = () =>
    sql<{ n: number }>`select count(*) as n from kept`
      .execute(db)
      .then(({ rows }) => rows[0]?.n)
      .catch(() => null)
  await expect.poll(count, { timeout: 10_000 }).toBe(1)
  await db.destroy()
  await embedded.stop()
})

test('server and database killed at once: the next start recovers', async () => {
  const folder = await aFolder()
  const { child } = await hold(folder)
  const left = await pidOf(folder)
  process.kill(left!, 'SIGKILL')
  await killed(child, 'SIGKILL')
  const next = await startEmbedded({ dataDir: folder })
  expect(next.isAdopted).toBe(false)
  await next.stop()
})

test('a pid file whose pid belongs to something else by now does not stop the start', async () => {
  const dataDir = await aFolder()
  await (await startEmbedded({ dataDir })).stop()
  const pidFile = `${process.pid}\n${dataDir}\n0\n1\n\n127.0.0.1\n0\nready\n`
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), pidFile)
  await (await startEmbedded({ dataDir })).stop()
  expect(await isAlive(process.pid)).toBe(true)
})

test('a half-made database is made anew, and a lost password is told', async () => {
  const dataDir = await aFolder()
  await (await startEmbedded({ dataDir })).stop()
  await rm(join(dataDir, 'postgres.json'))
  await expect(startEmbedded({ dataDir })).rejects.toThrow('postgres.json is missing')
  await rm(join(dataDir, 'postgres', 'PG_VERSION'))
  await expect(startEmbedded({ dataDir })).rejects.toThrow('exists but holds no database')
})

test('a second server on the folder is refused in under a second, and not after the first has gone', async () => {
  const folder = await aFolder()
  const { child } = await hold(folder)
  const second = await hold(folder)
  expect(second.said).toContain(`The data folder ${folder} is in use by process ${child.pid}.`)
  await killed(child, 'SIGTERM')
  const third = await hold(folder)
  expect(third.said).toBe('open')
  await killed(third.child, 'SIGKILL')
  expect(await readFile(join(folder, 'lock'), 'utf8')).toContain(String(third.child.pid))
  expect((await hold(folder)).said).toBe('open')
})
