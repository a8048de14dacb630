import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrations } from '../migrations/all.ts'
import { testDatabase } from '../testing/database.ts'
import { migrate } from './migrate.ts'

const namesIn = async (db: Awaited<ReturnType<typeof testDatabase>>['db']) =>
  (await sql<{ name: string }>`select name from migration order by name`.execute(db)).rows.map(
    ({ name }) => name,
  )

test('a test database has every migration, and running them again does nothing', async () => {
  const { db } = await testDatabase()
  expect(await namesIn(db)).toEqual(migrations.map(({ name }) => name))
  expect(await migrate(db, migrations)).toEqual([])
})

test('a migration that fails leaves nothing of itself', async () => {
  const { db } = await testDatabase()
  const broken = { name: '9999-broken', up: 'create table half (id int); select 1 / 0;' }
  await expect(migrate(db, [...migrations, broken])).rejects.toThrow('division by zero')
  expect(await namesIn(db)).not.toContain('9999-broken')
  await expect(sql`select from half`.execute(db)).rejects.toThrow('does not exist')
})

test('servers that start together take turns', async () => {
  const { db } = await testDatabase()
  const slow = { name: '9999-slow', up: 'create table once (id int); select pg_sleep(0.1);' }
  const all = [...migrations, slow]
  const runs = await Promise.all([migrate(db, all), migrate(db, all), migrate(db, all)])
  expect(runs.flat()).toEqual(['9999-slow'])
})

test('a database that is newer than the code is refused in a sentence', async () => {
  const { db } = await testDatabase()
  await sql`insert into migration (name) values ('9999-from-the-future')`.execute(db)
  await expect(migrate(db, migrations)).rejects.toThrow(
    'The database is newer than this server (it has 9999-from-the-future).',
  )
})
