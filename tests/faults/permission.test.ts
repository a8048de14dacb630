import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { MessageId, TeamId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import type { Machine } from '../../core/replica/ports.ts'
import type { FrameRecord } from '../../core/replica/records.ts'
import { Desk } from '../../core/replica/desk.ts'
import { Replica } from '../../core/replica/replica.ts'
import { aTeam } from '../../core/testing/examples.ts'
import { openFolder } from '../../electron/host/files.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { aMachine, newId, serverAt, silentAnnounce, startSync } from '../support/desks.ts'
import { firmOn } from '../support/firm.ts'
import { isFull } from './rig.ts'

/** Row 18 of the fault matrix: what somebody may see changes again and again while they work. */
const flips = isFull ? 2000 : 60
/** Whoever works faster than the line waits for it. */
const mostPending = 20
const canary = 'KANARIENVOGEL'
const { db } = await testDatabase()
const server = await startSync(db)
const firm = firmOn(server.log)
const folder = mkdtempSync(join(tmpdir(), 'kontor-permission-'))
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})
const soon = { timeout: 15_000, interval: 5 }

/** All bytes of the console, which is not sealed here, as text. */
const onDisk = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

/** A console on real files. Hears every frame it was sent, and looks at its disk whenever it confirms one. */
async function sitDownOnFiles(user: User, team: string) {
  const faults: unknown[] = []
  const frames: FrameRecord[] = []
  const leaks: string[] = []
  const disk = await openFolder(folder)
  const real = aMachine(disk, faults)
  const connect: Machine['connect'] = (url, events) => {
    const socket = real.connect(url, {
      ...events,
      heard(text) {
        const [kind, frame] = JSON.parse(text) as [string, FrameRecord] // the server's own words
        if (kind === 'frame') frames.push(frame)
        events.heard(text)
      },
    })
    return {
      ...socket,
      send(text) {
        const isConfirmed = text.startsWith('["got"')
        if (isConfirmed && !replica.scopes.includes(team) && onDisk().includes(canary)) {
          leaks.push(`at ${replica.cursor?.seq['0']}`)
        }
        socket.send(text)
      },
    }
  }
  const machine = { ...real, connect }
  const replica = await Replica.open(disk, machine.platform)
  const desk = new Desk(machine, replica, user, silentAnnounce, serverAt(server.port, user.id))
  desk.link.start()
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  const close = async () => {
    desk.link.stop()
    await replica.close()
    await disk.close()
  }
  return { desk, replica, frames, leaks, faults, close }
}

test(
  `P5, row 18: over ${flips} changes of what somebody may see, nothing forbidden is sent or stays on their disk`,
  async () => {
    const team = newId() as TeamId
    await server.log.write(async (tx) =>
      tx.put({ entity: 'team', row: aTeam({ id: team, name: newId() }) }),
    )
    const hidden = await firm.begins({ teamId: team })
    const common = await firm.begins()
    const user = await firm.employs({ sees: 'teams', teamIds: [team] })
    await firm.hears(hidden, `${canary} 0`)
    // Nothing happens there, so the server has no change of it to tell: the console has to know by itself.
    const quiet = await firm.begins({ teamId: team })
    await firm.hears(quiet, `${canary} and no more`)
    const seat = await sitDownOnFiles(user, `team:${team}`)
    const { desk } = seat

    let isOver = false
    const customer = (async () => {
      for (let count = 1; !isOver; count += 1) await firm.hears(hidden, `${canary} ${count}`)
    })()
    const noted: string[] = []
    const agent = (async () => {
      while (!isOver) {
        const isBusy = desk.replica.outbox.pending.length > mostPending
        for (const conversationId of isBusy ? [] : [hidden, common]) {
          const id = newId() as MessageId
          const text = 'Notiz'
          const isDone = await desk
            .perform('note.add', { id, conversationId, text })
            .then(() => true)
            .catch(() => false)
          if (isDone) noted.push(id)
        }
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()

    /** From which place on they may see it, or not. */
    const turns: { seq: number; maySee: boolean }[] = [{ seq: 0, maySee: true }]
    for (let flip = 1; flip <= flips; flip += 1) {
      const maySee = flip % 2 === 0
      await firm.changes(user, { teamIds: maySee ? [team] : [] })
      const { rev: seq } = await db
        .selectFrom('user')
        .select('rev')
        .where('id', '=', user.id)
        .executeTakeFirstOrThrow()
      turns.push({ seq, maySee })
      if (maySee) {
        await expect.poll(() => desk.replica.base.get('conversation', hidden), soon).toBeDefined()
        const draft = {
          conversationId: hidden,
          text: canary,
          mode: 'note',
          updatedAtMs: 0,
        } as const
        await desk.replica.putDraft(draft).catch(() => undefined)
        desk.search.find(canary, 5)
      } else if (flip % 5 === 0) {
        desk.link.stop()
        desk.link.start()
      } else {
        await expect.poll(() => desk.replica.base.get('conversation', hidden), soon).toBeUndefined()
      }
    }
    await firm.changes(user, { teamIds: [] })
    isOver = true
    await Promise.all([customer, agent])
    await expect.poll(() => desk.replica.outbox.pending.length, soon).toBe(0)
    await expect.poll(() => desk.replica.scopes, soon).not.toContain(`team:${team}`)
    const isShown = () => {
      try {
        return desk.views.thread(hidden, 10).messages.length >= 0
      } catch {
        return false
      }
    }
    await expect.poll(isShown, soon).toBe(false)

    const maySeeAt = (seq: number) => turns.findLast((turn) => turn.seq <= seq)?.maySee
    const hiddenWords = [hidden, quiet, canary]
    const forbidden = seat.frames.filter(
      ({ cursor, put }) =>
        maySeeAt(cursor.seq['0'] ?? 0) === false &&
        put.some(([entity, , row]) => {
          const text = JSON.stringify(row)
          return entity !== 'read' && hiddenWords.some((word) => text.includes(word))
        }),
    )
    expect(forbidden).toEqual([])
    expect(seat.leaks).toEqual([])
    expect(desk.search.find(canary, 5)).toMatchObject({ messages: [], contacts: [] })
    expect(() => desk.views.thread(hidden, 10)).toThrow('no such conversation')
    expect(desk.replica.drafts.has(hidden)).toBe(false)
    expect(onDisk()).not.toContain(canary)

    // Nothing they did is lost: it was done, or it came back.
    const done = await db.selectFrom('message').select('id').where('id', 'in', noted).execute()
    const refused = desk.refusals()
    expect(done.length + refused.length).toBe(noted.length)
    expect(new Set(refused.map(({ code }) => code)).size).toBeLessThanOrEqual(1)
    await seat.close()
    const again = await sitDownOnFiles(user, `team:${team}`)
    expect(again.desk.replica.base.get('conversation', hidden)).toBeUndefined()
    expect(again.desk.refusals()).toHaveLength(refused.length)
    await again.close()
    expect([seat.faults, again.faults, server.faults]).toEqual([[], [], []])
  },
  isFull ? 3_600_000 : 120_000,
)
