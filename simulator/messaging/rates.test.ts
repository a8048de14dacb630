import { expect, test } from 'vitest'
import { aDesk, type Desk } from '../testing/desk.ts'

const phone = '+4915123456789'
const codes = (answers: { body: { error?: { code: number } } }[]) =>
  answers.map(({ body }) => body.error?.code ?? 200)

async function limitedDesk(): Promise<Desk> {
  const desk = await aDesk({ clock: 'manual' })
  await desk.control('/settings', { limits: 'real' }, 'PATCH')
  return desk
}

async function burst(desk: Desk, to: string, count: number): Promise<number[]> {
  const answers = []
  for (let sent = 0; sent < count; sent++) answers.push(await desk.text(to, 'x'))
  return codes(answers)
}

test('one person gets 45 at once, and then one in six seconds', async () => {
  await using desk = await limitedDesk()
  await desk.person({ name: 'Ada', phone })
  expect(await burst(desk, phone, 46)).toEqual([...Array<number>(45).fill(200), 131056])
  await desk.control('/clock', { advanceMs: 6000 })
  expect(await burst(desk, phone, 2)).toEqual([200, 131056])
  expect((await desk.control('/accepted')).body.items).toHaveLength(46)
})

test('a number sends 80 a second, 1,000 once it is upgraded, 20 when it is also in the app', async () => {
  for (const [patch, most] of [
    [{}, 80],
    [{ throughput: 'HIGH' }, 1000],
    [{ isOnBizApp: true }, 20],
  ] as const) {
    await using desk = await limitedDesk()
    await desk.control(`/numbers/${desk.numberId}`, patch, 'PATCH')
    const answers = await Promise.all(
      Array.from({ length: most + 3 }, (_, at) => desk.text(`+49151${10_000_000 + at}`, 'x')),
    )
    const refused = codes(answers).filter((code) => code !== 200)
    expect(refused).toEqual([130429, 130429, 130429])
    await desk.control('/clock', { advanceMs: 1000 })
    expect((await desk.text(phone, 'x')).status).toBe(200)
  }
})

test('what customers write takes its share of the rate, and always comes through', async () => {
  await using desk = await limitedDesk()
  const { id } = await desk.person({ name: 'Ada', phone })
  const hello = { type: 'text', text: { body: 'Hallo!' } }
  await Promise.all(
    Array.from({ length: 90 }, () => desk.control(`/customers/${id}/messages`, hello)),
  )
  expect((await desk.text(phone, 'x')).body.error.code).toBe(130429)
  await expect.poll(() => desk.sink.messages().length, { timeout: 10_000 }).toBe(91)
})

test('a portfolio may write first to as many people a day as its tier says', async () => {
  await using desk = await limitedDesk()
  await desk.control('/account', { messagingLimit: 'TIER_50' }, 'PATCH')
  const people = Array.from({ length: 52 }, (_, at) => `+4915112345${String(at).padStart(3, '0')}`)
  for (const [at, phone] of people.entries()) {
    await desk.control('/customers', { name: `Person ${at}`, phone })
  }
  const template = (to: string) =>
    desk.graph(`/v25.0/${desk.numberId}/messages`, {
      messaging_product: 'whatsapp',
      to,
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    })
  for (const phone of people) expect((await template(phone)).status).toBe(200)
  await desk.control('/clock', { advanceMs: 1000 })
  const failed = () => desk.sink.statuses().filter(({ status }) => status === 'failed')
  expect(failed()).toMatchObject([{ errors: [{ code: 131049 }] }, { errors: [{ code: 131049 }] }])

  await template(people[0]!)
  await desk.control('/clock', { advanceMs: 1000 })
  expect(failed()).toHaveLength(2)
  await desk.control('/settings', { beyondTierCode: 131048 }, 'PATCH')
  await template(people[51]!)
  await desk.control('/clock', { advanceMs: 1000 })
  expect(failed().at(-1)).toMatchObject({ errors: [{ code: 131048 }] })
  await desk.control('/clock', { advanceMs: 86_400_000 })
  await template(people[51]!)
  await desk.control('/clock', { advanceMs: 1000 })
  expect(failed()).toHaveLength(3)
})

test('nothing is limited unless it was asked for', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone })
  expect(new Set(await burst(desk, phone, 100))).toEqual(new Set([200]))
})
