import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { aContact } from '../../core/testing/examples.ts'
import { createAlerts } from '../alerts/alerts.ts'
import { endWentBack } from '../alerts/watch-database.ts'
import { clock } from '../clock.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { keepEpochNote, settleEpoch } from './epoch.ts'

async function aServer() {
  const { db } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-epoch-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await prepareLane(db, () => clock.newId())
  const log = createLog(db, { nowMs: Date.now })
  const troubles: unknown[] = []
  const parts = { clock, report: (error: unknown) => troubles.push(error) }
  return {
    db,
    troubles,
    path: join(folder, 'epoch.lock'),
    note: async () => JSON.parse(await readFile(join(folder, 'epoch.lock'), 'utf8')),
    /** What a start does; the returned function is its stop. */
    async start() {
      const said = await settleEpoch(db, folder, clock)
      return { said, stop: await keepEpochNote(db, folder, parts) }
    },
    write: () =>
      log.write(async (tx) =>
        tx.put({ entity: 'contact', row: aContact({ id: clock.newId() as never }) }),
      ),
    lane: () => db.selectFrom('lane').select(['epoch', 'head']).executeTakeFirstOrThrow(),
    alerts: () => db.selectFrom('alert').select(['kind', 'cleared_at', 'details']).execute(),
  }
}

test('a database that only went on keeps its epoch, and the note follows it', async () => {
  const server = await aServer()
  const first = await server.start()
  expect([first.said, await server.note()]).toEqual([null, await server.lane()])
  await server.write()
  await server.write()
  await first.stop()
  expect(await server.note()).toMatchObject({ head: 2 })
  await server.write()
  const before = await server.lane()
  const second = await server.start()
  expect([second.said, await server.lane(), await server.alerts()]).toEqual([null, before, []])
  await second.stop()
})

test('a database that is behind its note, or of another history, or whose note is spoilt, gets a new epoch', async () => {
  const server = await aServer()
  const first = await server.start()
  await server.write()
  await first.stop()
  const before = await server.lane()

  await server.db.updateTable('lane').set({ head: 0 }).execute()
  const behind = await server.start()
  expect(behind.said).toContain('it is behind what epoch.lock has seen')
  const then = await server.lane()
  expect(then.epoch).not.toBe(before.epoch)
  expect(await server.alerts()).toEqual([
    { kind: 'database-went-back', cleared_at: null, details: { sign: 'behind', head: 0 } },
  ])
  await behind.stop()
  expect((await server.start()).said).toBeNull()

  await server.db.updateTable('lane').set({ epoch: 'another' }).execute()
  expect((await server.start()).said).toContain('its history is not the one epoch.lock knows')
  expect((await server.lane()).epoch).not.toBe('another')
  await writeFile(server.path, '{"epoch":')
  expect((await server.start()).said).toContain('epoch.lock cannot be read')
  expect(await server.alerts()).toHaveLength(1)
  expect((await server.start()).said).toBeNull()
})

test('a database put back under a running server is told, and noticed at the next start', async () => {
  const server = await aServer()
  const first = await server.start()
  await server.write()
  await first.stop()
  const second = await server.start()
  await server.db.updateTable('lane').set({ head: 0 }).execute()
  await second.stop()
  expect(String(server.troubles[0])).toContain('went back while the server ran')
  expect(await server.note()).toMatchObject({ head: 1 })
  expect((await server.start()).said).toContain('it is behind')
})

test('the alarm is over after a week', async () => {
  const server = await aServer()
  await (await server.start()).stop()
  await server.db.updateTable('lane').set({ epoch: 'another' }).execute()
  await server.start()
  const at = async (days: number) => {
    const nowMs = () => Date.now() + days * 24 * 60 * 60_000
    const alerts = createAlerts({ db: server.db, nowMs, onChange: () => undefined })
    await endWentBack({ db: server.db, alerts, nowMs })
    return (await server.alerts())[0]?.cleared_at
  }
  expect(await at(6)).toBeNull()
  expect(await at(8)).toBeInstanceOf(Date)
})
