import { afterAll, expect, test } from 'vitest'
import type { Priority } from '../../core/domain/conversation.ts'
import type { MessageId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { clock } from '../../server/clock.ts'
import { isSnoozed, startReturning } from '../../server/snooze/returning.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { isFull } from './rig.ts'

/** Row 17 of the fault matrix: two change the same thing at the same moment. */
const times = isFull ? 2000 : 100
const { db } = await testDatabase()
const server = await startSync(db)
const { log } = server
const firm = firmOn(log)
const returning = startReturning({ db, log, clock, report: (fault) => server.faults.push(fault) })
log.onCommit((_head, written) => {
  if (written.some(isSnoozed)) returning.wake()
})
afterAll(async () => {
  await returning.stop()
  await server.close()
})
const soon = { timeout: 15_000, interval: 2 }
const longMs = isFull ? 1_800_000 : 120_000

async function seatFor(user: User) {
  const { desk } = await sitDown(server.port, user)
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  return desk
}
type Desk = Awaited<ReturnType<typeof seatFor>>

async function settled(desks: readonly Desk[]): Promise<void> {
  const areSent = () => desks.every(({ replica }) => replica.outbox.pending.length === 0)
  await expect.poll(areSent, soon).toBe(true)
  const { head } = await db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
  const areThere = () =>
    desks.every(({ replica }) => (replica.cursor?.seq['0'] ?? 0) >= head) && areSent()
  await expect.poll(areThere, soon).toBe(true)
}

async function twoDesks(): Promise<[Desk, Desk]> {
  const [one, two] = [await firm.employs({ name: 'Anna' }), await firm.employs({ name: 'Cem' })]
  return [await seatFor(one), await seatFor(two)]
}
const close = (desks: readonly Desk[]) => {
  for (const desk of desks) desk.link.stop()
  expect(server.faults).toEqual([])
}

test(
  `of two who say at once how urgent it is, ${times} times, both see the later word and both values`,
  async () => {
    const id = await firm.begins()
    const desks = await twoDesks()
    await settled(desks)
    const values: Priority[] = ['low', 'normal', 'high', 'urgent']
    let clashes = 0
    for (let round = 0; round < times; round += 1) {
      const before = desks[0].conversation(id)
      const others = values.filter((value) => value !== before.priority)
      await Promise.all(
        desks.map((desk, index) =>
          desk.perform('conversation.set-priority', {
            conversationId: id,
            priority: must(others[(round + index) % 3], 'priority'),
            baseValue: before.priority,
            activityId: newId() as MessageId,
          }),
        ),
      )
      await settled(desks)
      const rows = desks.map((desk) => must(desk.replica.base.get('conversation', id), 'row'))
      expect(rows[1]).toEqual(rows[0])
      const lines = desks.map((desk) => desk.views.thread(id, 50).messages.at(-1)?.activity)
      expect(lines[1]).toEqual(lines[0])
      expect(lines[0]).toMatchObject({ kind: 'priority-changed', to: rows[0]?.priority })
      expect(others).toContain(lines[0]?.from)
      clashes += 1
    }
    expect(clashes).toBe(times)
    close(desks)
  },
  longMs,
)

test(
  'of two consoles of one person that edit one note at once, no text is lost',
  async () => {
    const id = await firm.begins()
    const user = await firm.employs({ name: 'Anna' })
    const desks = [await seatFor(user), await seatFor(user)] as const
    await settled(desks)
    const noteId = newId() as MessageId
    await desks[0].perform('note.add', { id: noteId, conversationId: id, text: 'Anfang' })
    await settled(desks)
    const written = ['Anfang']
    for (let round = 0; round < times / 5; round += 1) {
      const texts = [`links ${round}`, `rechts ${round}`]
      written.push(...texts)
      const { revision: baseRevision = 0 } = desks[0].views.message(noteId)
      await Promise.all(
        desks.map((desk, index) => {
          const args = { noteId, conversationId: id, text: must(texts[index], 'text') }
          return desk.perform('note.edit', { ...args, baseRevision })
        }),
      )
      await settled(desks)
      const [left, right] = desks.map((desk) => desk.replica.base.get('message', noteId))
      expect(right).toEqual(left)
      expect(left?.isEditedAtOnce).toBe(true)
    }
    const note = desks[0].views.message(noteId)
    const kept = [...(note.previousTexts ?? []), must(note.text, 'text')]
    expect(kept.toSorted()).toEqual(written.toSorted())
    close(desks)
  },
  longMs,
)

test(
  'a conversation that is snoozed while its customer writes or its time comes ends open, whoever was first',
  async () => {
    const id = await firm.begins()
    const desks = await twoDesks()
    const codes = new Set<string>()
    for (let round = 0; round < times / 5; round += 1) {
      const basedOn = await firm.hears(id, `Frage ${round}`)
      await settled(desks)
      const snooze = (desk: Desk, forMs: number) =>
        desk
          .perform('conversation.snooze', {
            conversationId: id,
            until: { kind: 'time', atMs: Date.now() + forMs },
            basedOn,
            activityId: newId() as MessageId,
          })
          .catch(() => undefined)
      await Promise.all([
        snooze(desks[0], 20),
        snooze(desks[1], 3_600_000),
        firm.hears(id, `Und noch etwas ${round}`),
      ])
      await settled(desks)
      await expect
        .poll(() => desks.map((desk) => desk.conversation(id).status), soon)
        .toEqual(['open', 'open'])
      for (const desk of desks) {
        for (const { muid, code } of desk.refusals()) {
          codes.add(code)
          await desk.settle(muid)
        }
      }
    }
    expect([...codes].filter((code) => !['new-activity', 'time-passed'].includes(code))).toEqual([])
    close(desks)
  },
  longMs,
)
