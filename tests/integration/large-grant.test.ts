import { expect, test } from 'vitest'
import type { ConversationId, TeamId } from '../../core/domain/ids.ts'
import { aTeam } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { rowsOf } from '../support/rows.ts'

const soon = { timeout: 30_000, interval: 10 }

test.each([
  ['messages', 6_100, 'Zeile'],
  ['bytes', 700, 'x'.repeat(10_000)],
])(
  'P13: more %s than a frame should hold come as a copy on the same line, and what is seen no more goes before it',
  async (_, count, text) => {
    const { db } = await testDatabase()
    const server = await startSync(db)
    const firm = firmOn(server.log)
    const [delivery, invoices] = [newId() as TeamId, newId() as TeamId]
    await server.log.write(async (tx) => {
      for (const id of [delivery, invoices])
        tx.put({ entity: 'team', row: aTeam({ id, name: newId() }) })
    })
    const [long, other] = [
      await firm.begins({ teamId: delivery }),
      await firm.begins({ teamId: invoices }),
    ]
    await firm.hearsMuch(long, count, text)
    await firm.hears(other, 'Guten Tag')
    const user = await firm.employs({ sees: 'teams', teamIds: [invoices] })
    const { desk } = await sitDown(server.port, user)
    const isHeld = (id: ConversationId) => desk.replica.base.get('conversation', id) !== undefined
    await expect.poll(() => isHeld(other), soon).toBe(true)
    server.pages.left = 0

    await firm.changes(user, { teamIds: [delivery] })
    await expect.poll(() => isHeld(other), soon).toBe(false)
    expect(isHeld(long)).toBe(false)

    server.pages.left = Infinity
    await expect.poll(() => isHeld(long), soon).toBe(true)
    const fresh = await sitDown(server.port, user)
    await expect.poll(() => fresh.desk.link.isSynced && desk.link.isSynced, soon).toBe(true)
    expect(rowsOf(desk.replica)).toEqual(rowsOf(fresh.desk.replica))
    for (const one of [desk, fresh.desk]) one.link.stop()
    await server.close()
    expect(server.faults).toEqual([])
  },
  120_000,
)
