import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { ConversationId, TeamId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { sharedDraftId } from '../../core/domain/shared-draft.ts'
import { Desk } from '../../core/replica/desk.ts'
import { Replica } from '../../core/replica/replica.ts'
import { createMemoryDisk, type MemoryDisk } from '../../core/testing/memory-disk.ts'
import { openFolder } from '../../electron/host/files.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { aMachine, serverAt, silentAnnounce, sitDown, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
let firm: ReturnType<typeof firmOn>
beforeAll(async () => {
  server = await startSync(db)
  firm = firmOn(server.log)
})
afterAll(() => server.close())

type Seat = Awaited<ReturnType<typeof sitDown>>
const soon = { timeout: 10_000, interval: 10 }
let id: ConversationId
let anna: User
/** Anna's two machines. */
let office: Seat
let home: Seat

beforeEach(async () => {
  id = await firm.begins()
  anna = await firm.employs({ name: 'Anna' })
  office = await aSeat()
  home = await aSeat()
  return () => {
    for (const { desk } of [office, home]) desk.link.stop()
    expect([...office.faults, ...home.faults, ...server.faults]).toEqual([])
  }
})

async function aSeat(user = anna, disk?: MemoryDisk): Promise<Seat> {
  const seat = await sitDown(server.port, user, disk)
  await isSynced(seat)
  return seat
}

const isSynced = ({ desk }: Seat) => expect.poll(() => desk.link.isSynced, soon).toBe(true)

/** What is typed is kept, as the field does it: on top of what it shows. */
async function types({ desk }: Pick<Seat, 'desk'>, text: string): Promise<void> {
  const base = desk.drafts.view(id)?.base
  const draft = { conversationId: id, text, mode: 'reply', updatedAtMs: Date.now() } as const
  await desk.drafts.put({ ...draft, ...(base === undefined ? {} : { base }) })
}

async function writes(seat: Pick<Seat, 'desk'>, text: string): Promise<void> {
  await types(seat, text)
  await seat.desk.drafts.share(id)
}

const texts = ({ desk }: Pick<Seat, 'desk'>) => {
  const view = desk.drafts.view(id)
  return view === null ? [] : [view.text, ...(view.other ? [view.other.text] : [])]
}
const shows = (seat: Pick<Seat, 'desk'>, ...expected: string[]) =>
  expect.poll(() => texts(seat), soon).toEqual(expected)
const deedsOf = ({ desk }: Seat) => desk.replica.outbox.retained.length

test('what is begun on one machine is on the other once the person turns away, and gone once it is sent', async () => {
  await types(office, 'Guten Tag')
  expect([texts(office), texts(home), deedsOf(office)]).toEqual([['Guten Tag'], [], 0])
  await office.desk.drafts.share(id)
  await shows(home, 'Guten Tag')
  expect(home.desk.views.page({ kind: 'drafts' }, 10).rows).toMatchObject([
    { draft: { text: 'Guten Tag' } },
  ])
  await writes(home, 'Guten Tag, Frau Yıldız')
  await shows(office, 'Guten Tag, Frau Yıldız')
  await writes(office, '')
  await shows(home)
  expect(home.desk.views.page({ kind: 'drafts' }, 10).total).toBe(0)
  expect([...home.desk.replica.base.all('draft')]).toEqual([])
})

test('who types much makes few deeds, and none of what is sent before they rest', async () => {
  for (let length = 1; length <= 200; length += 1) await types(office, 'x'.repeat(length))
  await writes(office, '')
  expect(deedsOf(office)).toBe(0)
  for (let length = 1; length <= 200; length += 1) await types(office, 'y'.repeat(length))
  await office.desk.drafts.share(id)
  await office.desk.drafts.share(id)
  expect(deedsOf(office)).toBe(1)
})

test('two who did not know of each other both stay, the same on both machines, and the person chooses', async () => {
  await server.goAway()
  try {
    await expect.poll(() => office.desk.link.isOnline || home.desk.link.isOnline, soon).toBe(false)
    await writes(office, 'Im Büro')
    await writes(home, 'Zu Hause')
  } finally {
    await server.comeBack()
  }
  await expect.poll(() => texts(office).toSorted(), soon).toEqual(['Im Büro', 'Zu Hause'])
  await expect.poll(() => texts(home), soon).toEqual(texts(office))

  const [shown = '', other = ''] = texts(home)
  expect(home.desk.drafts.view(id)?.other).toMatchObject({ device: 'linux' })
  expect(home.desk.drafts.view(id)?.other?.isOwn).toBe(other === 'Zu Hause')
  await home.desk.drafts.choose(id)
  expect(texts(home)).toEqual([other, shown])
  await shows(office, other, shown)
  await home.desk.drafts.discard(id, home.desk.drafts.view(id)!.other!.version)
  await shows(home, other)
  await shows(office, other)
})

test('what arrives while somebody types stands beside it, and is kept with it', async () => {
  await types(office, 'Ich schreibe ger')
  await writes(home, 'Von zu Hause')
  await shows(office, 'Ich schreibe ger', 'Von zu Hause')
  await types(office, 'Ich schreibe gerade')
  expect(texts(office)).toEqual(['Ich schreibe gerade', 'Von zu Hause'])
  await office.desk.drafts.share(id)
  await shows(home, 'Ich schreibe gerade', 'Von zu Hause')
})

test('sending one of two leaves the other one alone: beside an empty field, where it stood beside', async () => {
  await types(office, 'Zuerst')
  await writes(home, 'Danach')
  await shows(office, 'Zuerst', 'Danach')
  await office.desk.drafts.share(id)
  await shows(home, 'Zuerst', 'Danach')
  await writes(office, '')
  for (const seat of [office, home]) {
    await shows(seat, '', 'Danach')
    expect(seat.desk.views.page({ kind: 'drafts' }, 10).rows).toMatchObject([
      { draft: { text: 'Danach' } },
    ])
  }
  await home.desk.drafts.choose(id)
  await shows(office, 'Danach')
})

test('a colleague never hears of it, whatever they see', async () => {
  const ayse = await firm.employs({ name: 'Ayşe', role: 'administrator' })
  const colleague = await aSeat(ayse)
  await writes(office, 'KANARIENVOGEL')
  await shows(home, 'KANARIENVOGEL')
  const late = await aSeat(ayse)
  await firm.hears(id, 'Hallo?')
  await expect.poll(() => colleague.heard.threads.has(id), soon).toBe(true)
  for (const { desk, disk } of [colleague, late]) {
    expect([...desk.replica.base.all('draft')]).toEqual([])
    const { records } = await disk.journal('journal-1').read()
    expect(JSON.stringify([records, ...disk.documents()])).not.toContain('KANARIENVOGEL')
    desk.link.stop()
  }
})

test('a draft goes with its conversation, on every machine and at the server', async () => {
  const team = 'b8a0e7c1-0000-7000-8000-000000000001' as TeamId
  await firm.changes(anna, { sees: 'teams' })
  await writes(office, 'KANARIENVOGEL')
  await shows(home, 'KANARIENVOGEL')
  await types(home, 'KANARIENVOGEL und mehr')
  await firm.places(id, { teamId: team })
  for (const { desk, disk } of [office, home]) {
    await expect.poll(() => desk.replica.base.get('conversation', id), soon).toBeUndefined()
    expect([desk.drafts.view(id), desk.refusals()]).toEqual([null, []])
    const journals = [...disk.documents().values()]
    expect(JSON.stringify(journals)).not.toContain('KANARIENVOGEL')
    expect(JSON.stringify(desk.replica.outbox.retained)).not.toContain('KANARIENVOGEL')
  }
  const row = await db
    .selectFrom('draft')
    .select(['data', 'scope'])
    .where('id', '=', sharedDraftId(anna.id, id))
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ data: { shown: null, other: null }, scope: [] })
  await firm.places(id, { teamId: null })
  await expect.poll(() => home.desk.replica.base.get('conversation', id), soon).toBeDefined()
  expect([texts(office), texts(home)]).toEqual([[], []])
})

test('drafts of a release that kept them to itself are there and are given away once', async () => {
  home.desk.link.stop()
  const disk = createMemoryDisk()
  const before = { conversationId: id, text: 'Von früher', mode: 'note', updatedAtMs: 1 }
  const [replica, name] = ['0199aaaa-0000-7000-8000-000000000009', 'journal-1']
  await disk.journal(name).append(
    [
      ['replica', { id: replica }],
      ['draft', before],
    ],
    true,
  )
  home = await aSeat(anna, disk)
  await shows(office, 'Von früher')
  expect(office.desk.drafts.view(id)?.mode).toBe('note')
  await home.restart()
  await isSynced(home)
  await shows(home, 'Von früher')
  await expect.poll(() => home.desk.replica.outbox.pending.length, soon).toBe(0)
  expect([deedsOf(home), home.desk.replica.drafts.size]).toEqual([1, 0])
})

test('killed right after it was kept, a draft is there and arrives on the other machine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-drafts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  office.desk.link.stop()
  const child = join(import.meta.dirname, 'drafts/doomed-writer.ts')
  const args = ['--import', 'tsx', child, folder, String(server.port), anna.id, id]
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const [, signal] = (await once(writer, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  expect(texts(home)).toEqual([])

  const faults: unknown[] = []
  const disk = await openFolder(folder)
  const machine = aMachine(disk, faults)
  const replica = await Replica.open(disk, machine.platform)
  const desk = new Desk(machine, replica, anna, silentAnnounce, serverAt(server.port, anna.id))
  expect(texts({ desk })).toEqual(['Vor dem Ende'])
  desk.link.start()
  await shows(home, 'Vor dem Ende')
  desk.link.stop()
  await replica.close()
  await disk.close()
  expect(faults).toEqual([])
})
