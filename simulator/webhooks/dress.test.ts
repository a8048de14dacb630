import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk, type Desk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }
const phone = '+4915123456789'

async function deskWith(settings: JsonObject): Promise<Desk> {
  const desk = await aDesk()
  await desk.control('/settings', settings, 'PATCH')
  await desk.control('/account', { hasParentUserIds: true }, 'PATCH')
  return desk
}

async function someStatuses(desk: Desk, count: number): Promise<JsonObject[]> {
  await desk.person({ name: 'Ada', phone })
  for (let sent = 0; sent < count; sent++) await desk.text(phone, 'Guten Tag')
  await expect.poll(() => desk.sink.statuses().length, until).toBe(2 * count)
  return desk.sink.statuses()
}

test('today’s spelling is one spelling', async () => {
  await using desk = await deskWith({})
  for (const status of await someStatuses(desk, 10)) {
    expect(status).toMatchObject({ recipient_parent_user_id: expect.any(String) as string })
    expect(status.timestamp).toBeTypeOf('string')
    expect(status).not.toHaveProperty('parent_recipient_user_id')
  }
})

test('the older spelling has other names and other kinds of time', async () => {
  await using desk = await deskWith({ spelling: 'legacy' })
  for (const status of await someStatuses(desk, 2)) {
    expect(status).not.toHaveProperty('recipient_parent_user_id')
    expect(status).toMatchObject({ parent_recipient_user_id: expect.any(String) as string })
    expect(status.timestamp).toBeTypeOf('number')
  }
  await desk.control(`/numbers/${desk.numberId}`, { username: 'nordwerk' }, 'PATCH')
  await expect.poll(() => desk.sink.values('business_username_update').length, until).toBe(1)
})

test('mixed, both come', async () => {
  await using desk = await deskWith({ spelling: 'mixed' })
  const statuses = await someStatuses(desk, 20)
  expect(new Set(statuses.map(({ timestamp }) => typeof timestamp)).size).toBe(2)
  expect(new Set(statuses.map((one) => 'recipient_parent_user_id' in one)).size).toBe(2)
})

test('members nobody knows stand among the known, which are as they were', async () => {
  await using desk = await deskWith({ extraMembers: 1 })
  const [status] = await someStatuses(desk, 1)
  const unknown = Object.keys(status!).filter((name) => name.startsWith('unknown_'))
  expect(unknown).toHaveLength(1)
  expect(status).toMatchObject({ status: 'sent', recipient_id: '4915123456789' })
})

test('before version 24 a number’s news names a limit of its own', async () => {
  for (const [fieldVersion, isThere] of [
    [23, true],
    [24, false],
  ] as const) {
    await using desk = await deskWith({ fieldVersion })
    await desk.control('/account', { messagingLimit: 'TIER_10K' }, 'PATCH')
    await desk.control(`/numbers/${desk.numberId}`, { quality: 'RED' }, 'PATCH')
    await expect.poll(() => desk.sink.values('phone_number_quality_update').length, until).toBe(1)
    const limits = { max_daily_conversation_per_phone: 'TIER_10K' }
    const [capability] = desk.sink.values('business_capability_update')
    expect(capability).toEqual(isThere ? expect.objectContaining(limits) : capability)
    expect('max_daily_conversation_per_phone' in capability!).toBe(isThere)
    expect('current_limit' in desk.sink.values('phone_number_quality_update')[0]!).toBe(isThere)
  }
})

test('a webhook of one’s own is sent as it was given', async () => {
  await using desk = await deskWith({ spelling: 'legacy', extraMembers: 1 })
  const value = { statuses: [{ timestamp: '1', recipient_parent_user_id: 'x' }] }
  await desk.control('/webhooks', { field: 'messages', value })
  await expect.poll(() => desk.sink.values('messages'), until).toEqual([value])
})
