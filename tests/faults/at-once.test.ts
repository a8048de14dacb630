import { afterAll, expect, test } from 'vitest'
import type { ConversationId, LabelId, MessageId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { isFull } from './rig.ts'

/** Row 17 of the fault matrix: two do the same thing at the same moment. */
const times = isFull ? 20_000 : 1000
const side = 10
const { db } = await testDatabase()
const server = await startSync(db)
const firm = firmOn(server.log)
afterAll(() => server.close())
const soon = { timeout: 15_000, interval: 2 }

async function seatFor(user: User) {
  const seat = await sitDown(server.port, user)
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat.desk
}
type Desk = Awaited<ReturnType<typeof seatFor>>

const isSettled = (desks: readonly Desk[], head: number) =>
  desks.every(
    ({ replica }) => replica.outbox.pending.length === 0 && (replica.cursor?.seq['0'] ?? 0) >= head,
  )

async function settled(desks: readonly Desk[]): Promise<void> {
  await expect
    .poll(() => desks.every(({ replica }) => replica.outbox.pending.length === 0), soon)
    .toBe(true)
  const { head } = await db.selectFrom('lane').select('head').executeTakeFirstOrThrow()
  await expect.poll(() => isSettled(desks, head), soon).toBe(true)
}

test(
  `P8, row 17: of two who take a conversation at once, ${times} times, exactly one has it, and both see who`,
  async () => {
    const ids: ConversationId[] = []
    for (let count = 0; count < side; count += 1) ids.push(await firm.begins())
    const people = [await firm.employs({ name: 'Anna' }), await firm.employs({ name: 'Cem' })]
    const desks = [await seatFor(people[0]!), await seatFor(people[1]!)]
    const take = async (desk: Desk, conversationId: ConversationId) => {
      const { assignVersion: baseVersion } = desk.conversation(conversationId)
      const given = { conversationId, baseVersion, toUserId: desk.user.id }
      await desk.perform('conversation.assign', { ...given, activityId: newId() as MessageId })
    }
    const wins = new Map<string, number>()

    for (let round = 0; round < times / side; round += 1) {
      for (const id of ids) await firm.places(id, { assigneeId: null, assignVersion: round * 3 })
      await settled(desks)
      // One from the first to the last, the other the other way round.
      const backwards = ids.toReversed()
      await Promise.all(
        ids.flatMap((id, index) => [take(desks[0]!, id), take(desks[1]!, backwards[index]!)]),
      )
      await settled(desks)
      for (const id of ids) {
        const rows = desks.map((desk) => must(desk.replica.base.get('conversation', id), 'row'))
        const winner = must(rows[0]?.assigneeId, 'winner')
        expect(rows.map((row) => [row.assigneeId, row.assignVersion])).toEqual([
          [winner, round * 3 + 1],
          [winner, round * 3 + 1],
        ])
        const loser = must(
          desks.find(({ user }) => user.id !== winner),
          'loser',
        )
        const refusals = loser.refusals().filter(({ conversationId }) => conversationId === id)
        expect(refusals).toMatchObject([{ code: 'conflict', details: { assigneeId: winner } }])
        await loser.settle(refusals[0]!.muid)
        wins.set(winner, (wins.get(winner) ?? 0) + 1)
      }
      expect(desks.flatMap((desk) => desk.refusals())).toEqual([])
    }
    expect([...wins.values()].reduce((sum, count) => sum + count, 0)).toBe(times)
    expect(wins.size).toBe(2)
    for (const desk of desks) desk.link.stop()
    expect(server.faults).toEqual([])
  },
  isFull ? 3_600_000 : 180_000,
)

test(
  'P8, row 17: a conversation that is resolved while its customer writes stays open, whoever was first',
  async () => {
    const id = await firm.begins()
    const desk = await seatFor(await firm.employs({}))
    const codes = new Set<string>()
    for (let round = 0; round < times / 10; round += 1) {
      const basedOn = await firm.hears(id, `Frage ${round}`)
      await settled([desk])
      const activityId = newId() as MessageId
      await Promise.all([
        desk.perform('conversation.resolve', { conversationId: id, basedOn, activityId }),
        firm.hears(id, `Und noch etwas ${round}`),
      ])
      await settled([desk])
      const conversation = must(desk.replica.base.get('conversation', id), 'conversation')
      expect([conversation.status, conversation.lastMessage?.text]).toContain('open')
      expect(desk.views.thread(id, 3).messages.map(({ text }) => text)).toContain(
        `Und noch etwas ${round}`,
      )
      for (const { muid, code } of desk.refusals()) {
        codes.add(code)
        await desk.settle(muid)
      }
    }
    expect([...codes].filter((code) => code !== 'new-activity')).toEqual([])
    desk.link.stop()
    expect(server.faults).toEqual([])
  },
  isFull ? 3_600_000 : 120_000,
)

test(
  'P3, row 17: of what one person writes on two machines at once both texts stay, and both machines show the same',
  async () => {
    const id = await firm.begins()
    const anna = await firm.employs({ name: 'Anna' })
    const desks = [await seatFor(anna), await seatFor(anna)]
    const write = async ({ drafts }: Desk, text: string) => {
      const { base } = drafts.view(id) ?? {}
      const draft = { conversationId: id, text, mode: 'reply', updatedAtMs: Date.now() } as const
      await drafts.put({ ...draft, ...(base === undefined ? {} : { base }) })
      await drafts.share(id)
    }
    const textsAt = ({ drafts }: Desk) => {
      const view = drafts.view(id)
      return view === null ? [] : [view.text, view.other?.text]
    }
    const wins = new Set<number>()
    for (let round = 0; round < times / 20; round += 1) {
      const texts = [`Hier ${round}`, `Dort ${round}`]
      const order = round % 2 === 0 ? [0, 1] : [1, 0] // who is asked first is seldom last
      await Promise.all(order.map((index) => write(desks[index]!, texts[index]!)))
      await settled(desks)
      const [mine, theirs] = desks.map(textsAt)
      expect(mine).toEqual(theirs)
      expect(mine?.toSorted()).toEqual(texts.toSorted())
      wins.add(texts.indexOf(mine?.[0] ?? ''))
      const [first] = desks as [Desk, Desk]
      await first.drafts.discard(id, must(first.drafts.view(id)?.other, 'other').version)
      await write(first, '')
      await settled(desks)
      expect(desks.map(textsAt)).toEqual([[], []])
    }
    expect(wins).toEqual(new Set([0, 1]))
    expect(desks.flatMap((desk) => desk.refusals())).toEqual([])
    for (const desk of desks) desk.link.stop()
    expect(server.faults).toEqual([])
  },
  isFull ? 3_600_000 : 120_000,
)

test(
  `P8, row 17: labels put on and taken off by two at once, ${times} times, end the same everywhere, and no label touches another`,
  async () => {
    const ids: ConversationId[] = []
    for (let count = 0; count < side; count += 1) ids.push(await firm.begins())
    const people = [await firm.employs({ name: 'Anna' }), await firm.employs({ name: 'Cem' })]
    const [anna, cem] = [await seatFor(people[0]!), await seatFor(people[1]!)]
    const [both, annas, cems] = [newId(), newId(), newId()] as [LabelId, LabelId, LabelId] // fresh ids become what they are for
    for (const id of [both, annas, cems]) await firm.labels({ id, name: id })
    await settled([anna, cem])
    const toggle = async (desk: Desk, conversationId: ConversationId, labelId: LabelId) => {
      const isOn = desk.conversation(conversationId).labels.includes(labelId)
      await desk.perform(isOn ? 'label.remove' : 'label.add', { conversationId, labelId })
    }
    const ends = new Map<string, number>()

    for (let round = 0; round < times / side; round += 1) {
      const isOn = round % 2 === 1
      for (const id of ids) await firm.places(id, { labels: isOn ? [both] : [] })
      await settled([anna, cem])
      if (round % 3 === 2) for (const desk of [anna, cem]) desk.link.stop()
      const backwards = ids.toReversed()
      await Promise.all(
        ids.flatMap((id, index) => [
          // She changes her mind and he does not: whose deed comes last decides.
          toggle(anna, id, both).then(() => toggle(anna, id, both)),
          toggle(anna, id, annas),
          toggle(cem, backwards[index]!, both),
          toggle(cem, backwards[index]!, cems),
        ]),
      )
      if (round % 3 === 2) for (const desk of [cem, anna]) desk.link.start()
      await settled([anna, cem])
      for (const id of ids) {
        const [hers, his] = [anna, cem].map((desk) => desk.conversation(id).labels)
        const { data } = await db
          .selectFrom('conversation')
          .select('data')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        expect([hers, his]).toEqual([data.labels, data.labels])
        expect(data.labels).toEqual(expect.arrayContaining([annas, cems]))
        const end = `${isOn} ${data.labels.includes(both)}`
        ends.set(end, (ends.get(end) ?? 0) + 1)
      }
    }
    expect([...ends.values()].reduce((sum, count) => sum + count, 0)).toBe(times)
    expect([...ends.keys()].sort()).toEqual([
      'false false',
      'false true',
      'true false',
      'true true',
    ])
    expect([anna, cem].flatMap((desk) => desk.refusals())).toEqual([])
    for (const desk of [anna, cem]) desk.link.stop()
    expect(server.faults).toEqual([])
  },
  isFull ? 3_600_000 : 180_000,
)
