import { beforeEach, expect, test } from 'vitest'
import {
  aWamid,
  baseSeconds,
  body,
  change,
  doerte,
  failure,
  status,
  statuses,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

test('a report finds its message by our own id when the answer to the send was lost', async () => {
  const ours = await desk.sent({ status: 'uncertain' })
  const wamid = aWamid()
  await desk.take(statuses(status(wamid, 'delivered', { biz_opaque_callback_data: ours.id })))
  expect(only(await desk.messages())).toMatchObject({ status: 'delivered', wamid })
  expect(only(await desk.conversations())).toMatchObject({
    lastMessage: { status: 'delivered' },
    lastReply: { wamid },
  })
})

test('a report that overtakes the send waits, and is folded when the wamid is stored', async () => {
  const wamid = aWamid()
  const early = statuses(status(wamid, 'read'), status(wamid, 'sent'))
  await desk.take(early, early)
  expect(await desk.outcomes()).toEqual(['parked', 'parked', 'duplicate', 'duplicate'])
  const ours = await desk.sent({ status: 'sending' })
  await desk.log.write(async (tx) => {
    const row = (await tx.get('message', ours.id))!
    tx.put({ entity: 'message', row: { ...row, wamid, status: 'accepted' } })
  })
  const row = (await desk.messages()).find(({ id }) => id === ours.id)
  expect(row).toMatchObject({ status: 'read', statusAt: { sent: baseSeconds * 1000 } })
  expect(await desk.outcomes()).toEqual(['stored', 'stored', 'duplicate', 'duplicate'])
  expect(await desk.db.selectFrom('parked').selectAll().execute()).toEqual([])
})

test('a price and what the recipient is called are kept', async () => {
  await desk.sent({ wamid: 'wamid.P' })
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' }
  await desk.take(statuses(status('wamid.P', 'sent', { pricing })))
  expect(only(await desk.messages()).price).toEqual({
    billable: true,
    model: 'PMP',
    type: 'regular',
    category: 'service',
  })
})

test('a closed window fails the message, not the number; a refused token fails both', async () => {
  await desk.sent({ wamid: 'wamid.1' })
  await desk.sent({ wamid: 'wamid.2' })
  await desk.take(statuses(status('wamid.1', 'failed', failure(131047, 'Re-engagement message'))))
  expect(only(await desk.numbers()).health).toBe('ok')
  await desk.take(statuses(status('wamid.2', 'failed', failure(190, 'Token expired'))))
  expect(only(await desk.numbers())).toMatchObject({ health: 'error', healthReason: '190' })
  const errors = (await desk.messages()).map(({ error }) => error?.code)
  expect(errors.sort()).toEqual([131047, 190])
})

test('a replayed failure does not stop a number that works again', async () => {
  await desk.sent({ wamid: 'wamid.1' })
  await desk.take(statuses(status('wamid.1', 'failed', failure(190, 'Token expired'))))
  const { healthReason: _mended, ...number } = only(await desk.numbers())
  await desk.log.write(async (tx) => {
    await tx.get('number', number.id)
    tx.put({ entity: 'number', row: { ...number, health: 'ok' } })
  })
  await desk.intake.replay(only(await desk.calls()).id)
  expect(only(await desk.numbers()).health).toBe('ok')
})

test('who stopped marketing is remembered, from the wish and from a refusal', async () => {
  const wish = (value: string, timestamp: number) =>
    body(
      change('user_preferences', {
        user_preferences: [
          { wa_id: doerte.phone, category: 'marketing_messages', value, timestamp },
        ],
      }),
    )
  await desk.take(wish('stop', 200), wish('resume', 100))
  expect(only(await desk.contacts()).marketing).toEqual({ value: 'stop', atMs: 200_000 })
  await desk.take(wish('resume', 300))
  expect(only(await desk.contacts()).marketing?.value).toBe('resume')
  await desk.sent({ wamid: 'wamid.M' })
  await desk.take(statuses(status('wamid.M', 'failed', failure(131050, 'Stopped'))))
  const refusing = (await desk.contacts()).find(({ name }) => name === 'Empfängerin')
  expect(refusing?.marketing?.value).toBe('stop')
})
