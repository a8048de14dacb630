import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { must } from '../../core/lib/must.ts'
import { aContact, aConversation } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { migrations } from '../migrations/all.ts'
import { clearSchema } from '../store/backup/schema.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { lockData } from '../store/lock.ts'
import { migrate } from '../store/migrate.ts'
import { withConnection } from '../store/reach.ts'
import { testDatabase } from '../testing/database.ts'
import { writeAsEarly } from '../testing/early-row.ts'
import { everyRow, fillEveryTable } from '../testing/every-table.ts'
import { otherPostgres, startOther } from '../testing/other-postgres.ts'
import { backUp } from './backup.ts'
import { restore } from './restore.ts'

const silent = () => undefined

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Somewhere to back up from or restore into: a data folder, and a database that nobody is connected to. */
async function aPlace() {
  const { url } = await testDatabase()
  const data = await aFolder()
  const flags = ['--data', data, '--database', url]
  return {
    data,
    url,
    backUp: (file: string, ...more: string[]) => backUp([file, ...more, ...flags], {}, silent),
    restore: (file: string, ...more: string[]) =>
      restore([file, ...more, ...flags], {}, silent, null),
    async look<T>(work: (db: Database) => Promise<T>): Promise<T> {
      const db = openDatabase(url, { maxConnections: 1 })
      return work(db).finally(() => db.destroy())
    },
  }
}

async function aBackup() {
  const place = await aPlace()
  await place.look((db) => fillEveryTable(db))
  const file = join(place.data, 'kontor.backup')
  const said = await place.backUp(file)
  return { ...place, file, said }
}

/** Without the one thing that is meant to differ. */
async function rowsBut(db: Database): Promise<Record<string, string[]>> {
  const rows = await everyRow(db)
  return { ...rows, lane: rows.lane?.map((row) => row.replace(/,[0-9a-f-]{36},/, ',,')) ?? [] }
}

const laneOf = async (db: Database) =>
  db.selectFrom('lane').select(['epoch', 'head']).executeTakeFirstOrThrow()
const epochOf = async (db: Database) => (await laneOf(db)).epoch

test('every row of every table comes back, under a new epoch', async () => {
  const from = await aBackup()
  const to = await aPlace()
  expect(await to.restore(from.file, '--yes')).toContain('messages that may have left already')

  const [before, after] = [await from.look(rowsBut), await to.look(rowsBut)]
  expect(Object.keys(before).length).toBeGreaterThan(25)
  expect(after).toEqual(before)
  expect(await to.look(epochOf)).not.toBe(await from.look(epochOf))
  const note = JSON.parse(await readFile(join(to.data, 'epoch.lock'), 'utf8'))
  expect(note).toEqual(await to.look(laneOf))
})

test('a restored database goes on: numbers are not given twice, and only the log writes', async () => {
  const from = await aBackup()
  const to = await aPlace()
  await to.restore(from.file, '--yes')
  await to.look(async (db) => {
    const { rows } = await sql<{ id: number }>`
      insert into webhook_call (sha256, received_at) values ('y', now()) returning id
    `.execute(db)
    expect(rows[0]?.id).toBe(21)
    const contact = aContact({ id: clock.newId() as never })
    await createLog(db, { nowMs: Date.now }).write(async (tx) =>
      tx.put({ entity: 'contact', row: contact }),
    )
    await expect(
      sql`insert into contact (id, scope, rev, data) values ('x', '{ws}', 99, '{}')`.execute(db),
    ).rejects.toThrow('was not written through the change log')
  })
})

test('a backup taken while others write shows one moment', async () => {
  const from = await aPlace()
  const db = openDatabase(from.url, { maxConnections: 2 })
  await prepareLane(db, () => clock.newId())
  const log = createLog(db, { nowMs: Date.now })
  let isOver = false
  const writing = (async () => {
    while (!isOver) {
      const rows = Array.from({ length: 20 }, () => aContact({ id: clock.newId() as never }))
      await log.write(async (tx) => rows.forEach((row) => tx.put({ entity: 'contact', row })))
    }
  })()
  const head = () =>
    from.look(
      async (it) => (await it.selectFrom('lane').select('head').executeTakeFirstOrThrow()).head,
    )
  const to = await aPlace()
  await expect.poll(head).toBeGreaterThan(500)
  const file = join(to.data, 'kontor.backup')
  await from.backUp(file)
  const after = await head()
  isOver = true
  await writing
  await db.destroy()

  await to.restore(file, '--yes')
  const { rows } = await to.look((it) =>
    sql<{ head: number; last: number; count: number; newest: number }>`
      select head, (select max(seq) from change) as last, (select count(*) from change) as count,
        (select max(rev) from contact) as newest from lane
    `.execute(it),
  )
  const found = rows[0]?.head
  expect(rows[0]).toEqual({ head: found, last: found, count: found, newest: found })
  expect(found).toBeLessThan(after)
})

test('a damaged, shortened or foreign file is refused and changes nothing', async () => {
  const from = await aBackup()
  const to = await aPlace()
  const before = await to.look(everyRow)
  const bytes = await readFile(from.file)
  const bad = join(from.data, 'bad.backup')
  const refused = async (content: Buffer, sentence: RegExp) => {
    await writeFile(bad, content)
    await expect(to.restore(bad, '--yes', '--replace')).rejects.toThrow(sentence)
  }
  for (const part of [0.2, 0.6, 0.999]) {
    await refused(bytes.subarray(0, Math.floor(bytes.length * part)), /damaged/)
    const spoilt = Buffer.from(bytes)
    const at = Math.floor(bytes.length * part) - 1
    spoilt[at] = (spoilt[at] ?? 0) ^ 0x10
    await refused(spoilt, /damaged/)
  }
  const plain = gunzipSync(bytes)
  const at = plain.indexOf('wamid.2')
  plain.write('wamid.9', at)
  await refused(gzipSync(plain), /its rows or files are not those it was written with/)
  await refused(gzipSync(plain.subarray(0, 512 * 40)), /is damaged or cut short/)
  await refused(Buffer.from('-- PostgreSQL database dump'), /is no backup of Kontor/)
  await refused(gzipSync(Buffer.from('something else')), /is no backup of Kontor/)
  await refused(Buffer.alloc(0), /is no backup of Kontor/)
  expect(await to.look(everyRow)).toEqual(before)
})

test('what fails while it is put in leaves the database as it was', async () => {
  const from = await aBackup()
  const to = await aPlace()
  await to.look((db) => fillEveryTable(db, 5))
  const before = await to.look(everyRow)
  // The disk has no place for media: the rows are in by then, and go again.
  await addMedia(from)
  const file = join(from.data, 'with-media.backup')
  await from.backUp(file, '--with-media')
  await writeFile(join(to.data, 'media'), 'a file where a folder should be')
  await expect(to.restore(file, '--yes', '--replace')).rejects.toThrow('nothing was changed')
  expect(await to.look(everyRow)).toEqual(before)
  await rm(join(to.data, 'media'))
  await to.restore(file, '--yes', '--replace')
  expect(await to.look(rowsBut)).toEqual(await from.look(rowsBut))
})

const picture = Buffer.from('not really a picture')
const hash = createHash('sha256').update(picture).digest('hex')

async function addMedia(place: { data: string; look: Awaited<ReturnType<typeof aPlace>>['look'] }) {
  const folder = join(place.data, 'media', hash.slice(0, 2))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, hash), picture)
  await writeFile(join(folder, `${hash}.thumbnail.webp`), 'small')
  await place.look((db) =>
    sql`insert into media (id, sha256, size_bytes, mime, state, has_thumbnail, created_at)
      values ('g', ${hash}, ${picture.length}, 'image/png', 'stored', true, now()),
      ('h', ${'0'.repeat(64)}, 5, 'image/png', 'stored', false, now())`.execute(db),
  )
}

test('media come along when wanted, and are put where they belong', async () => {
  const from = await aBackup()
  await addMedia(from)
  const [without, whole] = [join(from.data, 'a.backup'), join(from.data, 'b.backup')]
  expect(await from.backUp(without)).toContain('--with-media takes them along')
  expect(await from.backUp(whole, '--with-media')).toMatch(/The 2 media files .* are in it; 1 that/)
  const to = await aPlace()
  expect(await to.restore(without, '--yes')).toContain('Its media files are not in the backup')
  expect(existsSync(join(to.data, 'media'))).toBe(false)
  await to.restore(whole, '--yes', '--replace')
  const folder = join(to.data, 'media', hash.slice(0, 2))
  expect(await readFile(join(folder, hash))).toEqual(picture)
  expect(await readFile(join(folder, `${hash}.thumbnail.webp`), 'utf8')).toBe('small')
})

const early = { migrations: migrations.slice(0, 4), row: aConversation() }

test('a backup of an older version is brought up to date', async () => {
  const from = await aPlace()
  await withConnection(from.url, 'tests', clearSchema)
  await from.look(async (db) => {
    expect(Object.keys(await everyRow(db))).toEqual([])
    await migrate(db, early.migrations)
    await prepareLane(db, () => clock.newId())
    await writeAsEarly(db, early.row)
  })
  const file = join(from.data, 'old.backup')
  await from.backUp(file)
  const to = await aPlace()
  expect(await to.restore(file, '--yes')).toContain('Brought the database up to date: 0005-media')
  const is = await to.look(rowsBut)
  expect(is.migration).toHaveLength(migrations.length)
  const found = await to.look((db) =>
    db.selectFrom('conversation').select(['scope', 'rev', 'data']).executeTakeFirst(),
  )
  expect(found).toEqual({ scope: ['team:all', 'team:none'], rev: 1, data: early.row })
  await to.look((db) =>
    createLog(db, { nowMs: Date.now }).write(async (tx) => {
      const row = must(await tx.get('conversation', early.row.id), 'conversation')
      tx.put({ entity: 'conversation', row: { ...row, status: 'resolved' } })
    }),
  )
})

test.skipIf(otherPostgres === null)(
  'a backup can be restored into another major version of PostgreSQL, and back',
  { timeout: 60_000 },
  async () => {
    const from = await aBackup()
    const other = await startOther(otherPostgres ?? '')
    const data = await aFolder()
    const flags = ['--data', data, '--database', other.url]
    await restore([from.file, '--yes', ...flags], {}, silent, null)
    const there = openDatabase(other.url, { maxConnections: 1 })
    const rows = await rowsBut(there).finally(() => there.destroy())
    expect(rows).toEqual(await from.look(rowsBut))
    const file = join(data, 'back.backup')
    await backUp([file, ...flags], {}, silent)
    const back = await aPlace()
    await back.restore(file, '--yes')
    expect(await back.look(rowsBut)).toEqual(rows)
  },
)

test('a backup of a newer version is refused', async () => {
  const from = await aPlace()
  await from.look((db) =>
    sql`insert into migration (name) values ('9999-from-the-future')`.execute(db),
  )
  const file = join(from.data, 'new.backup')
  await from.backUp(file)
  await expect((await aPlace()).restore(file, '--yes')).rejects.toThrow(
    'The backup is of a newer Kontor',
  )
})

test('nothing is replaced unasked', async () => {
  const from = await aBackup()
  const to = await aPlace()
  const { file } = from
  await expect(to.restore(file)).rejects.toThrow('add --yes')
  await to.look((db) => fillEveryTable(db, 1))
  await expect(to.restore(file, '--yes')).rejects.toThrow('There is something in that database')
  const flags = ['--data', to.data, '--database', to.url, '--replace']
  const asked: string[] = []
  const say = (answer: string) => (question: string) => {
    asked.push(question)
    return Promise.resolve(answer)
  }
  await expect(restore([file, ...flags], {}, silent, say('y'))).rejects.toThrow(
    'Nothing was changed.',
  )
  expect(asked[0]).toContain('All that is in that database now is lost.')
  await restore([file, ...flags], {}, silent, say('yes'))
  expect(await to.look(rowsBut)).toEqual(await from.look(rowsBut))
  await to.look((db) => sql`drop table lane`.execute(db))
  await expect(to.restore(file, '--yes', '--replace')).rejects.toThrow('not of Kontor')
})

test('a server at work is not overrun: neither its folder nor its database', async () => {
  const from = await aBackup()
  const to = await aPlace()
  const release = await lockData(to.data)
  await expect(to.restore(from.file, '--yes')).rejects.toThrow('is in use by process')
  await release()
  await to.look(async (db) => {
    await sql`select 1`.execute(db)
    await expect(to.restore(from.file, '--yes')).rejects.toThrow('A Kontor server is connected')
  })
  await to.restore(from.file, '--yes')
})

test('a backup that cannot be written leaves no file, and none is overwritten', async () => {
  const from = await aBackup()
  await expect(from.backUp(from.file)).rejects.toThrow('is there already')
  await expect(from.backUp(join(from.data, 'no', 'such'))).rejects.toThrow(
    'was not written: ENOENT',
  )
  await expect(backUp(['--data', from.data], {}, silent)).rejects.toThrow('The file is missing')
  await expect(backUp(['x', '--data', from.data], {}, silent)).rejects.toThrow(
    `There is no database in ${from.data}.`,
  )
  await withConnection(from.url, 'tests', clearSchema)
  await expect(from.backUp(join(from.data, 'none'))).rejects.toThrow('holds no Kontor')
  expect(await readdir(from.data)).toEqual(['kontor.backup'])
  expect(from.said).toContain('is not in it')
  await truncate(from.file)
})
