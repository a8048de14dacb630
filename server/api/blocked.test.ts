import { expect, test } from 'vitest'
import { presenceDesk } from '../testing/presence-desk.ts'

test('a contact is blocked, found in the list, and let in again', async () => {
  const desk = await presenceDesk()
  const ada = await desk.person('Ada Beispiel', '+491511111111')
  await desk.person('Cem Beispiel', '+491522222222')
  const made = await desk.asked('POST', '/blocked', { contactId: ada.id })
  expect([made.status, made.body]).toMatchObject([
    201,
    { phone: '+491511111111', contact: { name: 'Ada Beispiel' }, blockedBy: 'Jana Albers' },
  ])
  const list = async (query = '') => (await desk.asked('GET', `/blocked${query}`)).body
  expect(await list()).toMatchObject({ items: [{ blockedBy: 'Jana Albers' }], total: 1 })
  expect((await list('?q=ada')).items).toHaveLength(1)
  expect((await list('?q=0151 111')).items).toHaveLength(0)
  expect((await list('?q=151 1111')).items).toHaveLength(1)
  expect(await list('?q=cem')).toMatchObject({ items: [], total: 1 })
  expect((await list(`?contact=${ada.id}`)).items).toHaveLength(1)
  const key = encodeURIComponent(made.body.key)
  expect((await desk.asked('DELETE', `/blocked/${key}`)).status).toBe(204)
  expect(await list()).toMatchObject({ items: [], total: 0 })
  expect((await desk.changes()).map(({ deed, after }) => [deed, after])).toEqual([
    ['contact-blocked', null],
    ['contact-unblocked', null],
  ])
})

test('whoever did not write within a day cannot be blocked, and WhatsApp’s reason for that one is told', async () => {
  const desk = await presenceDesk()
  const silent = await desk.person('Ada Beispiel', '+491511111111', false)
  const { status, body } = await desk.asked('POST', '/blocked', { contactId: silent.id })
  expect([status, body.error]).toMatchObject([502, { code: 'whatsapp', details: { code: 131047 } }])
  expect((await desk.asked('GET', '/blocked')).body.total).toBe(0)
})

test('who was blocked elsewhere is in the list within a minute, page by page, and while WhatsApp is away', async () => {
  const desk = await presenceDesk()
  expect((await desk.asked('GET', '/blocked')).body.total).toBe(0)
  for (const digit of [1, 2, 3]) {
    const phone = `+4915${digit}00000000`
    await desk.person(`Person ${digit}`, phone)
    await desk.client.block(desk.number.phoneNumberId, { phone })
  }
  desk.time.nowMs += 61_000
  const first = (await desk.asked('GET', '/blocked?limit=2')).body
  expect(first).toMatchObject({ items: [{}, {}], total: 3 })
  await desk.outage()
  desk.time.nowMs += 61_000
  const next = (await desk.asked('GET', `/blocked?limit=2&cursor=${first.nextCursor}`)).body
  expect(next).toMatchObject({
    items: [{ contact: { name: 'Person 3' } }],
    nextCursor: null,
    trouble: 'whatsapp',
  })
})
