import { cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { backUp } from '../../server/commands/backup.ts'
import { restore } from '../../server/commands/restore.ts'
import { newId } from '../support/desks.ts'
import { openRig, type Rig } from './rig.ts'
import { sitDownAt, type Seat } from './seat.ts'
import {
  accepted,
  allMessages,
  logIn,
  repeated,
  textsOnPhones,
  webhooksAnswered,
} from './witness.ts'

/** A server that is put back to an earlier state, while customers and colleagues went on. */

const soon = { timeout: 30_000, interval: 100 }
const limitMs = 150_000
const through = ['accepted', 'sent', 'delivered', 'read']

const silent = () => undefined
const dataOf = (rig: Rig) => join(rig.folder, 'server')
const flagsOf = (rig: Rig) => ['--data', dataOf(rig)]
const backupOf = (rig: Rig) => join(rig.folder, 'kontor.backup')
const diskOf = (rig: Rig) => join(rig.folder, 'postgres.copy')
const databaseOf = (rig: Rig) => join(dataOf(rig), 'postgres')

type Way = {
  name: string
  keep: (rig: Rig) => Promise<unknown>
  putBack: (rig: Rig) => Promise<unknown>
  isAlarming: boolean
  /** Else only when a console has said what it saw, and by then what waited for minutes at most has left. */
  isNoticedAtStart: boolean
}

const ownBackup = {
  keep: (rig: Rig) => backUp([backupOf(rig), ...flagsOf(rig)], {}, silent),
  putBack: (rig: Rig) =>
    restore([backupOf(rig), ...flagsOf(rig), '--replace', '--yes'], {}, silent, null),
  isAlarming: false,
  isNoticedAtStart: true,
}

const ways: Way[] = [
  { name: 'restored from its backup', ...ownBackup },
  {
    name: 'restored from its backup, its epoch.lock lost',
    ...ownBackup,
    async putBack(rig) {
      await ownBackup.putBack(rig)
      rmSync(join(dataOf(rig), 'epoch.lock'))
    },
  },
  {
    name: 'whose disk was put back under it',
    async keep(rig) {
      await rig.stop()
      cpSync(databaseOf(rig), diskOf(rig), { recursive: true })
      await rig.start()
    },
    async putBack(rig) {
      rmSync(databaseOf(rig), { recursive: true })
      renameSync(diskOf(rig), databaseOf(rig))
    },
    isAlarming: true,
    isNoticedAtStart: true,
  },
  {
    name: 'whose whole machine was put back',
    async keep(rig) {
      await rig.stop()
      cpSync(dataOf(rig), diskOf(rig), { recursive: true })
      await rig.start()
    },
    async putBack(rig) {
      rmSync(dataOf(rig), { recursive: true })
      renameSync(diskOf(rig), dataOf(rig))
    },
    isAlarming: true,
    isNoticedAtStart: false,
  },
]

test.each(ways)(
  'P11, row 20: a server $name gets from its consoles what it lacks, and nothing leaves twice',
  async ({ keep, putBack, isAlarming, isNoticedAtStart }) => {
    const rig = await openRig({ seed: 20 })
    onTestFinished(() => rig.close())
    await rig.start()
    await rig.control.post('/load', { perSecond: 4, seconds: 600, customers: 4 })
    const seat = await sitDownAt(rig)
    onTestFinished(() => seat.close())
    const { replica } = seat.desk
    const chats = () => [...replica.base.all('conversation')].map(({ id }) => id)
    await expect.poll(() => chats().length, soon).toBeGreaterThan(3)
    const [first, second, third] = chats() as [ConversationId, ConversationId, ConversationId]
    const isServed = () => expect.poll(() => replica.outbox.pending.length, soon).toBe(0)

    const early = await write(seat, first, 'vor der Sicherung')
    await isServed()
    await expect.poll(() => statusOf(rig, early), soon).toSatisfy(isThrough)
    // The platform has it, and nothing that a backup would show tells so.
    await rig.control.post('/faults', { kind: 'drop-status' })
    await rig.control.post('/faults', { kind: 'slow-after-accept', count: 1, delayMs: 6000 })
    const underWay = await write(seat, second, 'unterwegs')
    await expect.poll(() => timesAccepted(rig, underWay), soon).toBe(1)
    const waiting = isNoticedAtStart ? [await write(seat, second, 'wartet dahinter')] : []
    await isServed()
    await keep(rig)

    const later: MessageId[] = []
    for (let count = 1; count <= 5; count += 1) {
      later.push(await write(seat, count % 2 ? first : third, `nach der Sicherung ${count}`))
    }
    const notes = await noted(seat)
    await isServed()
    for (const id of later) await expect.poll(() => timesAccepted(rig, id), soon).toBe(1)
    await rig.control.delete('/load')
    await webhooksAnswered(rig)
    await rig.stop()
    await rig.control.delete('/faults')
    const offline = await write(seat, third, 'ohne Server geschrieben')
    await putBack(rig)
    await rig.start()

    await isServed()
    expect(seat.desk.refusals()).toEqual([])
    const found = new Set<string>((await allMessages(rig)).map(({ id }) => id))
    const all = [early, underWay, ...waiting, ...later, offline]
    expect(all.filter((id) => !found.has(id))).toEqual([])

    // Sent before the backup: known. All else may have left, and that is for people to judge.
    expect(await statusOf(rig, early)).toSatisfy(isThrough)
    for (const id of [...later, offline]) expect(await statusOf(rig, id)).toBe('uncertain')
    const doubts = isAlarming ? [...through, 'uncertain'] : ['uncertain']
    for (const id of [underWay, ...waiting]) expect(doubts).toContain(await statusOf(rig, id))

    const next = await write(seat, first, 'es geht weiter')
    await expect.poll(() => statusOf(rig, next), soon).toSatisfy(isThrough)
    expect(await timesAccepted(rig, offline)).toBe(0)
    expect(repeated((await accepted(rig)).map(({ callbackData }) => callbackData))).toEqual([])
    expect(repeated(await textsOnPhones(rig))).toEqual([])
    const shown = (await allMessages(rig)).filter(({ direction }) => direction === 'note')
    expect(
      shown
        .map(({ text }) => text)
        .filter((text) => notes.includes(text ?? ''))
        .sort(),
    ).toEqual([...notes].sort())

    const { items } = await rig.api().get<{ items: { kind: string }[] }>('/alerts')
    expect(items.some(({ kind }) => kind === 'database-went-back')).toBe(isAlarming)
    const fresh = await sitDownAt(rig)
    onTestFinished(() => fresh.close())
    await expect.poll(() => fresh.desk.link.isSynced, soon).toBe(true)
    await expect.poll(() => seat.rows(), soon).toEqual(fresh.rows())
    await rig.stop()
    const { head, first: from, last, count } = await logIn(rig)
    expect({ from, last, count }).toEqual({ from: 1, last: head, count: head })
  },
  limitMs,
)

async function write(seat: Seat, conversationId: ConversationId, text: string): Promise<MessageId> {
  const id = newId() as MessageId // made here
  const body = { type: 'text' as const, text }
  await seat.desk.perform('message.send', {
    id,
    conversationId,
    body,
    basedOn: null,
    isAnyway: true,
  })
  return id
}

async function noted(seat: Seat): Promise<string[]> {
  const end = seat.keepNoting(50)
  await expect.poll(() => seat.desk.replica.outbox.last.mid, soon).toBeGreaterThan(12)
  return end()
}

async function statusOf(rig: Rig, id: string): Promise<string | undefined> {
  return (await allMessages(rig)).find((one) => one.id === id)?.status
}

function isThrough(status: string | undefined): boolean {
  return through.includes(status ?? '')
}

async function timesAccepted(rig: Rig, id: string): Promise<number> {
  return (await accepted(rig)).filter(({ callbackData }) => callbackData === id).length
}
