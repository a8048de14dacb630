import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openFolder } from '../../electron/host/files.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { openSmallFirm, type Seat } from './small-firm.ts'

/** A laptop's disk that there is twice, or that is set back to what it was. */

const soon = { timeout: 20_000, interval: 20 }
const { db } = await testDatabase()
let firm: Awaited<ReturnType<typeof openSmallFirm>>
beforeAll(async () => {
  firm = await openSmallFirm(db)
})
afterAll(() => firm.server.close())

async function sitDownIn(folder: string) {
  const disk = await openFolder(folder)
  const seat = await firm.sitDown(disk)
  const close = async () => {
    await seat.close()
    await disk.close()
  }
  onTestFinished(close)
  return { ...seat, close }
}

const isServed = (seat: Seat) =>
  expect
    .poll(() => [seat.desk.link.isSynced, seat.replica.outbox.pending], soon)
    .toEqual([true, []])

/** Work that the server has, and work it has not seen yet. */
async function aWorkedOn(folder: string) {
  const seat = await sitDownIn(folder)
  seat.desk.link.start()
  await isServed(seat)
  await seat.note(`bekannt ${folder}`)
  await isServed(seat)
  seat.desk.link.stop()
  await seat.note(`unterwegs ${folder}`)
  return seat
}

test('P2, P3, row 21: of a cloned laptop both copies go on, and nothing is lost or doubled', async () => {
  const root = await aFolder()
  const [one, other] = [join(root, 'one'), join(root, 'other')]
  await (await aWorkedOn(one)).close()
  await cp(one, other, { recursive: true })

  const seats = [await sitDownIn(one), await sitDownIn(other)] as const
  for (const seat of seats) seat.desk.link.start()
  const written = [`bekannt ${one}`, `unterwegs ${one}`]
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(
      seats.map(async (seat, at) => {
        written.push(`${at} in Runde ${round}`)
        await seat.note(`${at} in Runde ${round}`)
      }),
    )
  }
  for (const seat of seats) await isServed(seat)
  expect(seats[0].replica.outbox.replica).not.toBe(seats[1].replica.outbox.replica)
  const { rows, notes } = await firm.truth()
  expect(notes.filter((note) => written.includes(note))).toEqual([...written].sort())
  for (const seat of seats) await expect.poll(() => seat.rows(), soon).toEqual(rows)
})

test('P2, P3, row 21: a laptop set back to an older image goes on as another, and nothing is lost or doubled', async () => {
  const root = await aFolder()
  const [folder, image] = [join(root, 'laptop'), join(root, 'image')]
  const first = await aWorkedOn(folder)
  await first.close()
  await cp(folder, image, { recursive: true })

  const second = await sitDownIn(folder)
  second.desk.link.start()
  await second.note('nach dem Abbild')
  await isServed(second)
  await second.close()
  await rm(folder, { recursive: true })
  await cp(image, folder, { recursive: true })

  const third = await sitDownIn(folder)
  await third.note('auf dem alten Stand')
  third.desk.link.start()
  await isServed(third)
  expect(third.replica.outbox.replica).not.toBe(first.replica.outbox.replica)
  const { rows, notes } = await firm.truth()
  const all = [`bekannt ${folder}`, `unterwegs ${folder}`, 'nach dem Abbild', 'auf dem alten Stand']
  expect(notes.filter((note) => all.includes(note))).toEqual([...all].sort())
  await expect.poll(() => third.rows(), soon).toEqual(rows)
})
