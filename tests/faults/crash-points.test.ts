import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { ConversationId, UserId } from '../../core/domain/ids.ts'
import { Desk } from '../../core/replica/desk.ts'
import { Replica } from '../../core/replica/replica.ts'
import type { Disk } from '../../core/replica/ports.ts'
import { aContact, aConversation, aNumber, aUser } from '../../core/testing/examples.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { openFolder } from '../../electron/host/files.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { createRandom } from '../../simulator/world/random.ts'
import { aMachine, newId, silentAnnounce, startSync } from '../support/desks.ts'
import { crashPoints } from './disk/crash-points.ts'
import { rowsOf } from './disk/life.ts'
import { isFull } from './rig.ts'

/** A console's process is killed at named moments of its work with files, again and again on the same folder. */

const kills = isFull ? 50 : 1
const soon = { timeout: 20_000, interval: 20 }
const limitMs = 60_000 + kills * 5000
const child = join(import.meta.dirname, 'disk/doomed-desk.ts')
const random = createRandom(Number(process.env.KONTOR_TEST_SEED ?? 1))

const { db } = await testDatabase()
const anna = aUser({ id: newId() as UserId })
let server: Awaited<ReturnType<typeof startSync>>
let folder: string
const saved: string[] = []

beforeAll(async () => {
  server = await startSync(db)
  await server.log.write(async (tx) => {
    const number = aNumber({ id: newId() as never })
    tx.put({ entity: 'user', row: anna })
    tx.put({ entity: 'number', row: number })
    for (let count = 0; count < 3; count += 1) {
      const contact = aContact({ id: newId() as never })
      const ids = { id: newId() as ConversationId, numberId: number.id, contactId: contact.id }
      tx.put({ entity: 'contact', row: contact })
      tx.put({ entity: 'conversation', row: aConversation(ids) })
    }
  })
  folder = await mkdtemp(join(tmpdir(), 'kontor-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(Object.keys(crashPoints))(
  `P2, P3, P4, row 4: killed %s, a console has every deed that was saved, and what the server has`,
  async (point) => {
    for (let kill = 0; kill < kills; kill += 1) {
      const doomed = spawn(process.execPath, [
        ...['--import', 'tsx', child, folder, String(server.port), anna.id],
        ...[point, String(1 + random.below(5))],
      ])
      onTestFinished(() => void doomed.kill('SIGKILL'))
      const [said, , [, signal]] = await Promise.all([
        text(doomed.stdout),
        text(doomed.stderr).then((error) => expect(error).toBe('')),
        once(doomed, 'exit') as Promise<[number | null, string | null]>,
      ])
      expect(signal).toBe('SIGKILL')
      saved.push(...said.split('\n').filter((line) => line !== ''))

      const disk = await openFolder(folder)
      const replica = await openReplica(disk)
      expect(notesIn(replica)).toEqual(expect.arrayContaining(saved))
      const [desk, fresh] = [deskOf(replica), deskOf(await openReplica(createMemoryDisk()))]
      for (const one of [desk, fresh]) one.link.start()
      await expect.poll(() => replica.outbox.pending, soon).toEqual([])
      await expect.poll(() => fresh.link.isSynced, soon).toBe(true)
      await expect.poll(() => rowsOf(replica.base), soon).toEqual(rowsOf(fresh.replica.base))
      const notes = [...fresh.replica.base.all('message')].map((row) => row.text)
      expect(notes.filter((note) => saved.includes(note ?? '')).sort()).toEqual([...saved].sort())
      for (const one of [desk, fresh]) one.link.stop()
      await replica.close()
      await disk.close()
    }
  },
  limitMs,
)

const openReplica = (disk: Disk) => Replica.open(disk, aMachine(disk, []).platform)

function deskOf(replica: Replica): Desk {
  return new Desk(aMachine(createMemoryDisk(), []), replica, anna, silentAnnounce, {
    ticket: async () => ({ url: `ws://127.0.0.1:${server.port}/sync?ticket=${anna.id}` }),
    sessionEnded: () => undefined,
  })
}

/** Of rows and of deeds, whoever has them. */
function notesIn({ base, outbox }: Replica): unknown[] {
  const written = outbox.retained.map(({ args }) => (args as { text?: string }).text)
  return [...written, ...[...base.all('message')].map((row) => row.text)]
}
