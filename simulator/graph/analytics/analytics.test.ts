import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { aDesk, type Desk } from '../../testing/desk.ts'
import { approvedTemplate } from '../../testing/templates.ts'

const hourMs = 3_600_000
const startAtMs = Date.UTC(2026, 10, 24, 8)
const start = Date.UTC(2026, 10, 20) / 1000
const end = Date.UTC(2026, 10, 30) / 1000
const midnight = Date.UTC(2026, 10, 23, 23) / 1000 // in Berlin
const nextMidnight = midnight + 86_400

/** Ada in Germany got a text and two utility templates, Max in Poland a marketing template, nobody a second text. */
async function aBusyDesk(): Promise<Desk> {
  const desk = await aDesk({ clock: 'manual', startAtMs })
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await desk.person({ name: 'Max', phone: '+48601234567' })
  const components = [{ type: 'BODY', text: 'Es ist so weit.' }]
  await approvedTemplate(desk, { name: 'fertig', components })
  await approvedTemplate(desk, { name: 'angebot', category: 'MARKETING', components })
  const template = (to: string, name: string) =>
    desk.graph(`/${desk.numberId}/messages`, {
      messaging_product: 'whatsapp',
      to,
      type: 'template',
      template: { name, language: { code: 'de' } },
    })
  await desk.text('+4915123456789', 'Guten Tag')
  await template('+4915123456789', 'fertig')
  await template('+4915123456789', 'fertig')
  await template('+48601234567', 'angebot')
  await desk.text('+4915199999999', 'Ist da jemand?')
  await desk.control('/clock', { advanceMs: hourMs })
  return desk
}

async function ask(desk: Desk, field: string) {
  const { body } = await desk.graph(
    `/${desk.account.accountId}?fields=${encodeURIComponent(field)}`,
  )
  return body as JsonObject & { error?: { code: number } }
}
const span = `start(${start}).end(${end})`

test('messages are counted by day of the account’s time zone, and by what they were', async () => {
  await using desk = await aBusyDesk()
  expect(await ask(desk, `analytics.${span}.granularity(DAY)`)).toMatchObject({
    id: desk.account.accountId,
    analytics: {
      phone_numbers: ['494030068810', '494030068820'],
      country_codes: ['DE', 'PL'],
      granularity: 'DAY',
      data_points: [{ start: midnight, end: nextMidnight, sent: 4, delivered: 4 }],
    },
  })
  const points = async (more: string) =>
    ((await ask(desk, `analytics.${span}.granularity(HALF_HOUR)${more}`)).analytics as JsonObject)
      .data_points
  expect(await points('.product_types([2])')).toMatchObject([{ sent: 1, delivered: 1 }])
  expect(await points('.country_codes(["PL"])')).toMatchObject([{ sent: 1 }])
  expect(await points('.phone_numbers(["494030068820"])')).toEqual([])
})

test('prices are counted by what is asked for, at list price, free ones at nothing', async () => {
  await using desk = await aBusyDesk()
  const dimensions = 'dimensions(["PRICING_CATEGORY","PRICING_TYPE","COUNTRY"])'
  const field = `pricing_analytics.${span}.granularity(DAILY).${dimensions}`
  const { pricing_analytics: shown } = await ask(desk, field)
  expect(shown).toEqual({
    data: [
      {
        data_points: expect.arrayContaining([
          {
            start: midnight,
            end: nextMidnight,
            country: 'DE',
            pricing_type: 'REGULAR',
            pricing_category: 'UTILITY',
            volume: 2,
            cost: 0.11,
          },
          {
            start: midnight,
            end: nextMidnight,
            country: 'PL',
            pricing_type: 'REGULAR',
            pricing_category: 'MARKETING',
            volume: 1,
            cost: 0.0366,
          },
          {
            start: midnight,
            end: nextMidnight,
            country: 'DE',
            pricing_type: 'FREE_CUSTOMER_SERVICE',
            pricing_category: 'SERVICE',
            volume: 1,
            cost: 0,
          },
        ]) as unknown,
      },
    ],
  })
  const costs = `pricing_analytics.${span}.granularity(MONTHLY).metric_types(["COST"])`
  expect((await ask(desk, `${costs}.pricing_types(["REGULAR"])`)).pricing_analytics).toEqual({
    data: [{ data_points: [expect.objectContaining({ cost: 0.1466 })] }],
  })
})

test('conversations last 24 hours and are counted by category', async () => {
  await using desk = await aBusyDesk()
  const dimensions = 'dimensions(["CONVERSATION_CATEGORY","CONVERSATION_DIRECTION"])'
  const field = `conversation_analytics.${span}.granularity(DAILY).${dimensions}`
  const { conversation_analytics: shown } = await ask(desk, field)
  const [{ data_points: points }] = (shown as { data: [{ data_points: JsonObject[] }] }).data
  expect(points).toHaveLength(3)
  expect(points).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        conversation: 1,
        conversation_category: 'UTILITY',
        conversation_direction: 'BUSINESS_INITIATED',
        cost: 0.11,
      }),
      expect.objectContaining({
        conversation: 1,
        conversation_category: 'SERVICE',
        conversation_direction: 'USER_INITIATED',
      }),
    ]),
  )
})

test.each([
  `analytics.start(${end}).end(${start}).granularity(DAY)`,
  `analytics.end(${end}).granularity(DAY)`,
  `analytics.${span}.granularity(DAILY)`,
  `pricing_analytics.${span}.granularity(DAILY).dimensions(["COLOUR"])`,
  `pricing_analytics.start(yesterday).end(${end}).granularity(DAILY)`,
])('%s is refused with 100', async (field) => {
  await using desk = await aDesk()
  expect((await ask(desk, field)).error?.code).toBe(100)
})

test('template insights are closed to a firm in the EU, and open to others that enabled them', async () => {
  await using desk = await aBusyDesk()
  const { accountId } = desk.account
  const { items } = (await desk.control('/templates')).body as {
    items: { id: string; name: string }[]
  }
  const id = items.find(({ name }) => name === 'fertig')!.id
  const query = `start=${start}&end=${end}&granularity=DAILY&template_ids=[${id}]`
  const path = `/${accountId}/template_analytics?${query}`
  expect((await desk.graph(path)).body.error.code).toBe(200005)
  await desk.control('/account', { country: 'US' }, 'PATCH')
  for (const number of desk.account.numbers) {
    await desk.control(`/numbers/${number.id}`, { countryCode: 'US' }, 'PATCH')
  }
  expect((await desk.graph(path)).body.error.code).toBe(200007)
  await desk.graph(`/${accountId}`, { is_enabled_for_insights: true })
  expect((await desk.graph(path)).body.data).toMatchObject([
    { granularity: 'DAILY', data_points: [{ template_id: id, sent: 2, delivered: 2, read: 0 }] },
  ])
})
