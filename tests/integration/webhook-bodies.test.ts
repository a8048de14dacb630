import { expect, test } from 'vitest'
import { fileOf, files, folder } from '../fixtures/at-hand.ts'
import { countParts } from '../fixtures/bodies.ts'
import { intakeDesk, type IntakeDesk } from '../fixtures/intake.ts'

if (files.length === 0) {
  test.skip(`no webhook bodies at hand in ${folder}`)
} else {
  const bodies = files.map(fileOf)
  const expectedParts = bodies.map((bytes) => countParts(JSON.parse(bytes.toString('utf8'))))

  test.each([
    ['in file order', bodies, expectedParts],
    ['in reverse', bodies.toReversed(), expectedParts.toReversed()],
  ])(
    `${files.length} webhook bodies, %s: each answered 200 and accounted for`,
    async (_order, sent, expected) => {
      const desk = await intakeDesk()
      for (const bytes of sent) expect(await desk.post(bytes)).toBe(200)
      await desk.intake.idle()

      expect(desk.troubles).toEqual([])
      expect((await desk.calls()).map(({ state }) => state)).toEqual(sent.map(() => 'done'))
      const parts = await desk.parts()
      const counted = (await desk.calls()).map(
        ({ id }) => parts.filter(({ call_id }) => call_id === id).length,
      )
      expect(counted).toEqual(expected)
      expect(parts.filter(({ outcome }) => outcome === 'failed')).toEqual([])

      const messages = await desk.messages()
      const names = messages.flatMap(({ numberId, wamid }) =>
        wamid ? [`${numberId} ${wamid}`] : [],
      )
      expect(new Set(names).size).toBe(names.length)
      const before = await rowsOf(desk)

      for (const bytes of sent) expect(await desk.post(bytes)).toBe(200)
      await desk.intake.idle()
      await Promise.all((await desk.calls()).map(({ id }) => desk.intake.replay(id)))
      const after = await rowsOf(desk)
      expect(after.filter((row) => !before.includes(row))).toEqual([])
      expect(after.length).toBe(before.length)
    },
    120_000,
  )
}

async function rowsOf(desk: IntakeDesk): Promise<string[]> {
  const rows = [
    ...(await desk.messages()),
    ...(await desk.conversations()),
    ...(await desk.contacts()),
    ...(await desk.numbers()),
    ...(await desk.events()),
  ]
  return rows.map((row) => JSON.stringify(row))
}
