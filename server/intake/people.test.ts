import { beforeEach, expect, test } from 'vitest'
import { windowMs } from '../../core/domain/conversation.ts'
import {
  aWamid,
  ayse,
  baseSeconds,
  body,
  change,
  doerte,
  inbound,
  ourNumber,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

test('phone first, then phone and user id, then user id alone is one person', async () => {
  const { phone, userId } = doerte
  await desk.take(inbound({ phone }, text('1')), inbound({ phone, userId }, text('2')))
  await desk.take(inbound({ userId }, text('3')))
  expect(only(await desk.contacts())).toMatchObject({ phone: '+494012340101', userId })
  expect(only(await desk.conversations()).inboundCount).toBe(3)
})

test('a user name is shown, and never makes two people one', async () => {
  await desk.take(inbound(ayse, text('1')), inbound({ ...ayse, userId: 'DE.999' }, text('2')))
  expect((await desk.contacts()).map(({ username }) => username)).toEqual([
    'ayse.kaya',
    'ayse.kaya',
  ])
  expect(await desk.conversations()).toHaveLength(2)
})

test('a phone of one and a user id of another are not merged: a person has to look', async () => {
  await desk.take(inbound({ phone: doerte.phone }, text('1')), inbound(ayse, text('2')))
  await desk.take(inbound({ phone: doerte.phone, userId: ayse.userId }, text('3')))
  expect(await desk.contacts()).toHaveLength(2)
  const [part] = (await desk.parts()).slice(-1)
  expect(part).toMatchObject({ outcome: 'stored', reason: 'identity-conflict' })
  const byAyse = (await desk.messages()).filter(({ author }) => author?.name === ayse.name)
  expect(byAyse.map((row) => row.text)).toEqual(['2', '3'])
})

const system = (inside: Record<string, unknown>, from?: string) =>
  body(
    change('messages', {
      messages: [
        { from, id: aWamid(), timestamp: String(baseSeconds + 5), type: 'system', system: inside },
      ],
    }),
  )
const newUserId = 'DE.99999999999999999999'
const changed = {
  'in the thread': system({
    type: 'user_changed_user_id',
    body: `User Dörte changed from ${doerte.userId} to ${newUserId}`,
    user_id: newUserId,
  }),
  'as a field of its own': body(
    change('user_id_update', {
      contacts: [{ profile: { name: 'Dörte' }, wa_id: '494012349999' }],
      user_id_update: [
        {
          wa_id: '494012349999',
          user_id: { previous: doerte.userId, current: newUserId },
          timestamp: baseSeconds + 6,
        },
      ],
    }),
  ),
}

test.each([
  ['in the thread', 'as a field of its own'],
  ['as a field of its own', 'in the thread'],
] as const)(
  'a new user id, told first %s, then %s: the old thread goes on',
  async (first, second) => {
    await desk.take(inbound({ userId: doerte.userId, name: doerte.name }, text('1')))
    await desk.take(changed[first], changed[second], changed[first])
    await desk.take(inbound({ userId: newUserId }, text('2')))
    await desk.take(inbound({ phone: '494012349999' }, text('3')))
    expect(only(await desk.contacts())).toMatchObject({ userId: newUserId, phone: '+494012349999' })
    const rows = await desk.messages()
    expect(rows.flatMap((row) => row.text ?? [])).toEqual(['1', '2', '3'])
    const lines = rows.filter(({ activity }) => activity?.kind === 'user-id-changed')
    expect(only(lines).activity).toMatchObject({ from: doerte.userId, to: newUserId })
    expect(only(await desk.conversations()).inboundCount).toBe(3)
  },
)

test('a new number keeps the thread, and an old call does not bring the old number back', async () => {
  const move = system(
    { type: 'user_changed_number', body: 'User D changed from 1 to 2', wa_id: '494012349999' },
    doerte.phone,
  )
  await desk.take(inbound({ phone: doerte.phone, name: 'Dörte' }, text('1')), move)
  await desk.take(
    inbound({ phone: '494012349999' }, text('2')),
    inbound({ phone: doerte.phone }, text('3')),
  )
  expect(only(await desk.contacts()).phone).toBe('+494012349999')
  expect(only(await desk.conversations()).inboundCount).toBe(3)
})

test('somebody a colleague entered by hand is found when they write', async () => {
  const id = '019aae00-0000-7000-8000-00000000abcd' as Awaited<
    ReturnType<typeof desk.contacts>
  >[number]['id']
  await desk.log.write(async (tx) =>
    tx.put({
      entity: 'contact',
      row: { id, name: 'Frau Müller', phone: '+494012340101', createdAtMs: 1 },
    }),
  )
  await desk.take(inbound({ phone: doerte.phone }, text('1')))
  expect(only(await desk.contacts()).id).toBe(id)
})

test('a call is one line, and one by the contact opens the reply window', async () => {
  const call = (event: string) =>
    body(
      change('calls', {
        calls: [
          {
            id: 'wacid.1',
            from: doerte.phone,
            to: ourNumber.phone,
            event,
            direction: 'USER_INITIATED',
            timestamp: String(baseSeconds),
          },
        ],
      }),
    )
  await desk.take(call('connect'), call('terminate'))
  expect(only(await desk.messages())).toMatchObject({
    direction: 'system',
    activity: { kind: 'call' },
  })
  expect(only(await desk.conversations()).windowExpiresAtMs).toBe(baseSeconds * 1000 + windowMs)
})
