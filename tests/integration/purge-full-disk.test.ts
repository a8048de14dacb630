import { afterAll, expect, test } from 'vitest'
import type { TeamId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { aTeam } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'

const { db } = await testDatabase()
const server = await startSync(db)
afterAll(() => server.close())
const firm = firmOn(server.log)
const soon = { timeout: 10_000, interval: 10 }

/** A disk that can take records, and documents only while there is room. */
function aDisk() {
  const disk = createMemoryDisk()
  const room = { isThere: true }
  const document = disk.document.bind(disk)
  disk.document = <T>(name: string) => {
    const whole = document<T>(name)
    return {
      read: () => whole.read(),
      async write(content: T) {
        if (!room.isThere) throw new AppError('disk-full', 'no room')
        await whole.write(content)
      },
    }
  }
  return { disk, room }
}

test('what is taken from sight while the disk is full leaves the screen at once, and the disk when there is room', async () => {
  const team = newId() as TeamId
  await server.log.write(async (tx) =>
    tx.put({ entity: 'team', row: aTeam({ id: team, name: newId() }) }),
  )
  const id = await firm.begins({ teamId: team })
  await firm.hears(id, 'Kanarienvogel')
  const user = await firm.employs({ sees: 'teams', teamIds: [team] })
  const { disk, room } = aDisk()
  const seat = await sitDown(server.port, user, disk)
  await expect.poll(() => seat.desk.replica.base.messages(id).length, soon).toBe(1)
  await seat.desk.replica.fold()
  await expect.poll(() => seat.desk.search.find('Kanarienvogel', 5).total, soon).toBe(1)

  room.isThere = false
  seat.heard.threads.clear()
  await firm.changes(user, { teamIds: [] })
  await expect.poll(() => seat.heard.threads.has(id), soon).toBe(true)
  expect(seat.desk.conversation.bind(seat.desk, id)).toThrow()
  expect(seat.desk.search.find('Kanarienvogel', 5).total).toBe(0)
  const isOnDisk = () => JSON.stringify([...disk.documents()]).includes('Kanarienvogel')
  expect(isOnDisk()).toBe(true)

  room.isThere = true
  await expect.poll(isOnDisk, soon).toBe(false)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  expect(seat.faults).toEqual([])
  seat.desk.link.stop()
})
