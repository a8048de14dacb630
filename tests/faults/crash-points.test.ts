import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { ContactId } from '../../core/domain/ids.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { aContact } from '../../core/testing/examples.ts'
import { openFolder } from '../../electron/host/files.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { createRandom } from '../../simulator/world/random.ts'
import { newId } from '../support/desks.ts'
import { copyCrashPoints, crashPoints } from './disk/crash-points.ts'
import { isFull } from './rig.ts'
import { openSmallFirm } from './small-firm.ts'

/** A console's process is killed at named moments of its work with files, again and again on the same folder. */

const kills = isFull ? 50 : 1
const soon = { timeout: 20_000, interval: 20 }
const limitMs = 60_000 + kills * 5000
const child = join(import.meta.dirname, 'disk/doomed-desk.ts')
const random = createRandom(Number(process.env.KONTOR_TEST_SEED ?? 1))

const { db } = await testDatabase()
let firm: Awaited<ReturnType<typeof openSmallFirm>>
let folder: string
const saved: string[] = []

beforeAll(async () => {
  firm = await openSmallFirm(db)
  folder = await mkdtemp(join(tmpdir(), 'kontor-'))
})
afterAll(async () => {
  await firm.server.close()
  await rm(folder, { recursive: true, force: true })
})

/** A console works until it comes to this point for the so manieth time; then somebody looks at what it left. */
async function killAt(point: string, times: number): Promise<void> {
  const doomed = spawn(process.execPath, [
    ...['--import', 'tsx', child, folder, String(firm.server.port), firm.user.id],
    ...[point, String(times)],
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
  const seat = await firm.sitDown(disk)
  await seat.replica.loading.all()
  expect(notesIn(seat.replica)).toEqual(expect.arrayContaining(saved))
  seat.desk.link.start()
  await expect.poll(() => seat.replica.outbox.pending, soon).toEqual([])
  const { rows, notes } = await firm.truth()
  await expect.poll(() => seat.rows(), soon).toEqual(rows)
  expect(notes.filter((note) => saved.includes(note))).toEqual([...saved].sort())
  await seat.close()
  await disk.close()
}

test.each(Object.keys(crashPoints))(
  `P2, P3, P4, row 4: killed %s, a console has every deed that was saved, and what the server has`,
  async (point) => {
    for (let kill = 0; kill < kills; kill += 1) await killAt(point, 1 + random.below(5))
  },
  limitMs,
)

test('notes were saved between the kills', () => expect(saved.length).toBeGreaterThan(5))

describe('while a whole copy is fetched', () => {
  /** More than fits on two pages. */
  beforeAll(() =>
    firm.server.log.write(async (tx) => {
      for (let count = 0; count < 4200; count += 1)
        tx.put({ entity: 'contact', row: aContact({ id: newId() as ContactId }) })
    }),
  )

  test.each(Object.entries(copyCrashPoints))(
    `P2, P3, P4, P12, row 4: killed %s, a console has every deed that was saved, and the whole copy in the end`,
    async (point, { most }) => {
      for (let kill = 0; kill < kills; kill += 1) {
        await db.updateTable('lane').set({ epoch: newId() }).execute()
        await killAt(point, 1 + random.below(most))
      }
    },
    limitMs,
  )
})

/** Of rows and of deeds, whoever has them. */
function notesIn({ base, outbox }: Replica): unknown[] {
  const written = outbox.retained.map(({ args }) => (args as { text?: string }).text)
  return [...written, ...[...base.all('message')].map((row) => row.text)]
}
