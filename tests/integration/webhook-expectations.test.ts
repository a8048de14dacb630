/** What must come of some bodies that are public, by the row of expectations.tsv beside them. */
import { describe, expect, test } from 'vitest'
import { compareShown } from '../../core/domain/message.ts'
import { isSendable, type Template } from '../../core/domain/template.ts'
import { clock } from '../../server/clock.ts'
import { startIntake } from '../../server/intake/worker.ts'
import { createLog } from '../../server/log/log.ts'
import { fileOf, files } from '../fixtures/at-hand.ts'
import { body, change, contact, message, text } from '../fixtures/bodies.ts'
import { intakeDesk, only, signed, type IntakeDesk } from '../fixtures/intake.ts'

const number = '106540352242922'
const other = '1122334455667'

function aTemplate(desk: IntakeDesk, given: Partial<Template> = {}): Template {
  return {
    id: desk.newId(),
    accountId: '102290129340398',
    metaId: '1689556908129832',
    name: 'order_confirmation',
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    quality: 'GREEN',
    format: 'POSITIONAL',
    body: 'Thank you.',
    buttons: [],
    examples: {},
    updatedAtMs: 1,
    ...given,
  }
}

describe.skipIf(files.length === 0)('what comes of bodies that are public', () => {
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
      const unread = async () =>
        (await desk.conversations()).reduce((sum, { inboundCount }) => sum + inboundCount, 0)
      expect(await unread()).toBe(0)
      await desk.take(fileOf('reaction'))
      expect(await unread()).toBe(1)
      expect(await chips()).toMatchObject([{ emoji: '😮' }])
      await desk.take(fileOf(removed), fileOf('reaction'))
      expect(await chips()).toEqual([])
      const bubbles = (await desk.messages()).filter(({ type }) => type !== 'reaction')
      expect(bubbles).toHaveLength(1)
      expect(await unread()).toBe(1)
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

  test('E29: who stopped marketing is remembered, and gets no marketing template', async () => {
    const desk = await intakeDesk()
    await desk.take(fileOf('user_preferences_stop'))
    const person = only(await desk.contacts())
    expect(person).toMatchObject({ phone: '+16505551234', marketing: { value: 'stop' } })
    const hello = { phone: '16505551234' }
    const on = { id: number, phone: '15550783881', accountId: '102290129340398' }
    const value = { contacts: [contact(hello)], messages: [message(hello, text('Hi'))] }
    await desk.take(body(change('messages', value, on)))
    const template = aTemplate(desk, { category: 'MARKETING' })
    await desk.log.write(async (tx) => tx.put({ entity: 'template', row: template }))
    const send = desk.does('message.send', {
      id: desk.newId(),
      conversationId: only(await desk.conversations()).id,
      body: { type: 'template', templateId: template.id, params: [] },
      basedOn: null,
    })
    await expect(send).rejects.toThrow('marketing-stopped')
    expect(await desk.messages()).toHaveLength(1)
  })

  test.each([
    ['template_status_update_paused', 'PAUSED'],
    ['template_status_update_disabled', 'DISABLED'],
  ])(
    'E30: after %s the template is not offered any more, and the event is kept',
    async (name, status) => {
      let wishes = 0
      const desk = await intakeDesk({ onTemplates: () => (wishes += 1) })
      const template = aTemplate(desk)
      await desk.log.write(async (tx) => tx.put({ entity: 'template', row: template }))
      await desk.take(fileOf(name), fileOf(name))
      const rows = await desk.db.selectFrom('template').select('data').execute()
      expect(only(rows).data.status).toBe(status)
      expect(isSendable(only(rows).data)).toBe(false)
      expect(await desk.events()).toMatchObject([
        {
          subject_kind: 'template',
          subject_id: template.metaId,
          before: 'APPROVED',
          after: status,
        },
      ])
      expect(wishes).toBeGreaterThan(0)
    },
  )

  test('E32: an unknown field is kept as it came, and ignored', async () => {
    const desk = await intakeDesk()
    const bytes = fileOf('unknown_field_passthrough')
    await desk.take(bytes)
    expect(await desk.parts()).toMatchObject([{ outcome: 'ignored', kind: 'some_future_field' }])
    expect(only(await desk.calls()).body?.equals(bytes)).toBe(true)
  })

  test('E33: any body without the right signature is refused, and nothing of it is kept', async () => {
    const desk = await intakeDesk()
    for (const name of files) {
      const bytes = fileOf(name)
      const answers = [
        await desk.post(bytes, {}),
        await desk.post(bytes, signed(bytes, 'wrong')),
        await desk.post(bytes, signed(Buffer.concat([bytes, Buffer.from(' ')]))),
      ]
      expect([name, ...answers]).toEqual([name, 401, 401, 401])
    }
    expect(await desk.calls()).toEqual([])
    expect(await desk.messages()).toEqual([])
  })

  test('E34: twenty texts of one sender, shuffled and all at once, are one thread, by two workers', async () => {
    const desk = await intakeDesk()
    const troubles: unknown[] = []
    const other = startIntake({
      db: desk.db,
      log: createLog(desk.db, { nowMs: () => clock.nowMs() }),
      clock,
      onMedia: async () => undefined,
      onTrouble: (trouble) => troubles.push(trouble),
    })
    const one = fileOf('meta_text_message').toString('utf8')
    const id = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA='
    const [, first = ''] = /"timestamp": ?"(\d+)"/.exec(one) ?? []
    expect([one.includes(id), first]).toEqual([true, expect.stringMatching(/^\d{10}$/)])
    // Five seconds of four texts each, every one of them somewhere else in the twenty.
    const texts = Array.from({ length: 20 }, (_, index) => {
      const place = (index * 7) % 20
      const second = Number(first) + Math.floor(place / 4)
      return Buffer.from(one.replace(id, `wamid.E34.${place}`).replace(first, String(second)))
    })
    const startedAtMs = performance.now()
    await Promise.all(
      texts.map(async (bytes, index) => {
        const answer = await desk.post(bytes)
        if (index % 2 === 0) other.wake()
        expect(answer).toBe(200)
      }),
    )
    expect(performance.now() - startedAtMs).toBeLessThan(1000)
    await Promise.all([desk.intake.idle(), other.idle()])
    await other.stop()

    expect([...desk.troubles, ...troubles]).toEqual([])
    const rows = await desk.messages()
    expect(new Set(rows.map(({ wamid }) => wamid)).size).toBe(20)
    expect(rows).toHaveLength(20)
    expect(await desk.conversations()).toMatchObject([{ inboundCount: 20, lastOrd: 20 }])
    const shown = rows.toSorted(compareShown)
    const seconds = shown.map(({ sentAtMs }) => sentAtMs / 1000 - Number(first))
    expect(seconds).toEqual([0, 1, 2, 3, 4].flatMap((second) => [second, second, second, second]))
    for (const second of [0, 1, 2, 3, 4]) {
      const ords = shown.filter((_, index) => seconds[index] === second).map(({ ord }) => ord)
      expect(ords).toEqual(ords.toSorted((a, b) => a - b))
    }
  })
})
