import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { body, change, contact, countParts, message, text } from '../fixtures/bodies.ts'
import { intakeDesk, signed, type IntakeDesk } from '../fixtures/intake.ts'

/** Bodies that stay outside the project: public ones, read where they are at hand. */
const folder = resolve(
  import.meta.dirname,
  '../..',
  process.env.KONTOR_WEBHOOK_BODIES ?? '../shared/fixtures/webhooks',
)
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  : []

if (files.length === 0) {
  test.skip(`no webhook bodies at hand in ${folder}`)
} else {
  const bodies = files.map((name) => readFileSync(resolve(folder, name)))
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

  // What must come of some of them, by the row of expectations.tsv.

  const fileOf = (name: string) => readFileSync(resolve(folder, `${name}.json`))
  const number = '106540352242922'
  const other = '1122334455667'

  test('E01: the same body twice is one message', async () => {
    const desk = await intakeDesk()
    await desk.take(fileOf('meta_text_message'), fileOf('meta_text_message'))
    expect(await desk.messages()).toHaveLength(1)
  })

  test('E02, E03: reports end at read in any order, with every time and no gap', async () => {
    const desk = await intakeDesk()
    await desk.sent({ wamid: 'wamid.OOO', phoneNumberId: number })
    const wamid = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA='
    await desk.sent({ wamid, phoneNumberId: number })
    await desk.take(fileOf('status_batch_out_of_order'), fileOf('status_read_before_delivered'))
    const [batch, readOnly] = (await desk.messages()).map(({ status, statusAt }) => {
      const { sent, delivered, read } = statusAt
      return { status, sent, delivered, read }
    })
    expect(batch).toEqual({
      status: 'read',
      sent: 1750030073000,
      delivered: 1750030083000,
      read: 1750030093000,
    })
    expect(readOnly).toMatchObject({
      status: 'read',
      delivered: 1750030093000,
      read: 1750030093000,
    })
  })

  test('E04, E05: a closed window fails the message alone, a lost account the number too', async () => {
    for (const [name, health] of [
      ['status_failed_131047', 'ok'],
      ['status_failed_code_0_unrecoverable', 'error'],
    ] as const) {
      const desk = await intakeDesk()
      await desk.sent({ wamid: 'wamid.FAILED', phoneNumberId: number })
      await desk.take(fileOf(name))
      const [message] = await desk.messages()
      expect(message?.status).toBe('failed')
      expect(Object.keys(message?.error ?? {}).sort()).toEqual(['code', 'details', 'href', 'title'])
      expect((await desk.numbers()).map((row) => row.health)).toEqual([health])
    }
  })

  test('E06: a report of a message nobody knows waits for it', async () => {
    const desk = await intakeDesk()
    await desk.take(fileOf('status_failed_131047'))
    expect((await desk.parts()).map(({ outcome }) => outcome)).toEqual(['parked'])
    await desk.sent({ wamid: 'wamid.FAILED', phoneNumberId: number })
    expect(await desk.messages()).toMatchObject([{ status: 'failed', error: { code: 131047 } }])
    expect((await desk.parts()).map(({ outcome }) => outcome)).toEqual(['stored'])
  })

  test.each(['reaction_removed_empty_emoji', 'reaction_removed_no_emoji'])(
    'E12: a reaction shows as a chip and goes again (%s)',
    async (removed) => {
      const desk = await intakeDesk()
      await desk.sent({ wamid: 'wamid.yzxyzx=', phoneNumberId: other })
      const chips = async () =>
        (await desk.messages()).find(({ wamid }) => wamid === 'wamid.yzxyzx=')?.reactions
      await desk.take(fileOf('reaction'))
      expect(await chips()).toMatchObject([{ emoji: '😮' }])
      await desk.take(fileOf(removed), fileOf('reaction'))
      expect(await chips()).toEqual([])
      const bubbles = (await desk.messages()).filter(({ type }) => type !== 'reaction')
      expect(bubbles).toHaveLength(1)
      const unread = (await desk.conversations()).map(({ inboundCount }) => inboundCount)
      expect(Math.max(...unread)).toBe(1)
    },
  )

  test.each([
    ['system_user_changed_user_id_new_only', 'user_id_update'],
    ['user_id_update', 'system_user_changed_user_id_new_only'],
  ])('E19: %s, then %s: one person, and the old thread goes on', async (...names) => {
    const desk = await intakeDesk()
    const on = { id: '000000000000000', phone: '15550000000', accountId: '000000000000000' }
    const from = (userId: string, words: string) =>
      body(
        change(
          'messages',
          { contacts: [contact({ userId })], messages: [message({ userId }, text(words))] },
          on,
        ),
      )
    await desk.take(from('US.13491208655302741918', 'before'), ...names.map(fileOf))
    await desk.take(from('US.24817305912873645029', 'after'))
    expect(await desk.contacts()).toMatchObject([
      { userId: 'US.24817305912873645029', phone: '+15557654321' },
    ])
    expect(await desk.conversations()).toMatchObject([{ inboundCount: 2 }])
  })

  test('E28: history fills the thread, wakes nobody and opens nothing', async () => {
    const desk = await intakeDesk()
    await desk.take(fileOf('history_chunk'))
    expect(await desk.messages()).toMatchObject([
      { text: 'oi', direction: 'in', isHistory: true },
      { text: 'olá', direction: 'out', isHistory: true },
    ])
    expect(await desk.conversations()).toMatchObject([
      { status: 'resolved', inboundCount: 0, windowExpiresAtMs: null, waitingSinceMs: null },
    ])
  })

  test('E29: who stopped marketing is remembered', async () => {
    const desk = await intakeDesk()
    await desk.take(fileOf('user_preferences_stop'))
    expect(await desk.contacts()).toMatchObject([
      { phone: '+16505551234', marketing: { value: 'stop' } },
    ])
  })

  test('E32, E33: an unknown field is kept and ignored; an unsigned one is refused', async () => {
    const desk = await intakeDesk()
    const bytes = fileOf('unknown_field_passthrough')
    await desk.take(bytes)
    expect(await desk.parts()).toMatchObject([{ outcome: 'ignored', kind: 'some_future_field' }])
    expect((await desk.calls())[0]?.body?.equals(bytes)).toBe(true)
    expect(await desk.post(bytes, {})).toBe(401)
    expect(await desk.post(bytes, signed(bytes, 'wrong'))).toBe(401)
    expect(await desk.calls()).toHaveLength(1)
  })

  test('E34: twenty texts of one sender, shuffled and all at once, are one thread', async () => {
    const desk = await intakeDesk()
    const one = fileOf('meta_text_message').toString('utf8')
    const id = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA='
    const texts = Array.from({ length: 20 }, (_, index) =>
      Buffer.from(one.replace(id, `wamid.E34.${(index * 7) % 20}`)),
    )
    await Promise.all(texts.map((bytes) => desk.post(bytes)))
    await desk.intake.idle()
    expect(await desk.messages()).toHaveLength(20)
    expect(await desk.conversations()).toMatchObject([{ inboundCount: 20, lastOrd: 20 }])
  })
}

async function rowsOf(desk: IntakeDesk): Promise<string[]> {
  const rows = [
    ...(await desk.messages()),
    ...(await desk.conversations()),
    ...(await desk.contacts()),
    ...(await desk.numbers()),
  ]
  return rows.map((row) => JSON.stringify(row))
}
