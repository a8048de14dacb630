import { expect, test } from 'vitest'
import { CostTally, forecastMonth, thresholdsReached, type Delivered } from './cost.ts'
import { readRates, type Rates } from './rates.ts'
import { dayOf, monthOf, spanOfMonth } from './zoned.ts'

const file = {
  currency: 'USD',
  time_zone: 'Europe/Berlin',
  card: [
    {
      valid_from: '2026-10-01',
      source: 'facts 10.3',
      free_service_messages: 1000,
      market: [
        {
          ...{ name: 'Germany', countries: ['DE'] },
          ...{ marketing: 0.1365, utility: 0.055, authentication: 0.055, service: 0.055 },
        },
        { name: 'Austria', countries: ['AT'], marketing: 0.0592, service: 0.0171 },
      ],
    },
    {
      valid_from: '2027-01-01',
      source: 'made up',
      free_service_messages: 1000,
      market: [{ name: 'Other', countries: ['*'], marketing: 0.2, service: 0.1 }],
    },
  ],
}
const rates = readRates(file) as Rates
const november = spanOfMonth('2026-11', 'Europe/Berlin')
const hourMs = 60 * 60_000

function delivered(given: Partial<Delivered> = {}): Delivered {
  const base = { templateCategory: undefined, price: undefined }
  return { numberId: 'a', country: 'DE', deliveredAtMs: november.fromMs, ...base, ...given }
}

function tallied(messages: Delivered[], fromMs = 0) {
  const tally = new CostTally(rates, fromMs)
  for (const one of messages) tally.add(one)
  return tally.lines()
}

const many = (count: number, given: Partial<Delivered> = {}) =>
  Array.from({ length: count }, () => delivered(given))

test('five thousand replies in Germany cost what four thousand of them cost at list price', () => {
  const regular = { category: 'service', billable: true, type: 'regular' }
  const free = { category: 'service', billable: false, type: 'free_customer_service' }
  // How WhatsApp names the free ones is not documented: as free ones, as regular ones, or not at all.
  const named = [...many(1000, { price: free }), ...many(4000, { price: regular })]
  for (const messages of [named, many(5000, { price: regular }), many(5000)]) {
    expect(tallied(messages)).toMatchObject([
      { category: 'service', messages: 5000, free: 1000, billed: 4000, amountMicros: 220_000_000 },
    ])
  }
})

test('each number has its own thousand, and each month begins anew at midnight in the account’s zone', () => {
  const december = spanOfMonth('2026-12', 'Europe/Berlin').fromMs
  expect(new Date(december).toISOString()).toBe('2026-11-30T23:00:00.000Z')
  const messages = [
    ...many(1000),
    ...many(10, { numberId: 'b' }),
    delivered({ deliveredAtMs: december - 1 }),
    delivered({ deliveredAtMs: december }),
  ]
  expect(tallied(messages)).toMatchObject([
    { numberId: 'a', messages: 1002, free: 1001, billed: 1, amountMicros: 55_000 },
    { numberId: 'b', messages: 10, free: 10, amountMicros: 0 },
  ])
})

test('what was delivered before the days asked for is not listed, but uses up the free messages', () => {
  const later = november.fromMs + 10 * 24 * hourMs
  const messages = [...many(1000), ...many(3, { deliveredAtMs: later })]
  expect(tallied(messages, later)).toMatchObject([{ messages: 3, free: 0, billed: 3 }])
})

test('templates are charged from the first, by category; what came through an ad never is', () => {
  const entry = { category: 'referral_conversion', billable: false, type: 'free_entry_point' }
  const messages = [
    delivered({ templateCategory: 'MARKETING' }),
    delivered({ price: { category: 'marketing_lite', billable: true } }),
    delivered({ price: { category: 'utility', billable: true, type: 'regular' } }),
    delivered({ templateCategory: 'UTILITY', price: entry }),
  ]
  const shown = tallied(messages).map(({ category, amountMicros }) => [category, amountMicros])
  expect(shown).toEqual([
    ['marketing', 136_500],
    ['marketing_lite', 136_500],
    ['utility', 55_000],
    ['referral_conversion', 0],
  ])
})

test('before October 2026 replies were free, and utility inside the reply window as WhatsApp said', () => {
  const september = Date.UTC(2026, 8, 30, 21, 59)
  const free = { category: 'utility', billable: false, type: 'free_customer_service' }
  const messages = [
    ...many(1500, { deliveredAtMs: september }),
    delivered({ deliveredAtMs: september, price: free }),
    delivered({ deliveredAtMs: september, templateCategory: 'MARKETING' }),
  ]
  expect(tallied(messages)).toMatchObject([
    { category: 'service', free: 1500, unpriced: 0 },
    { category: 'utility', free: 1 },
    { category: 'marketing', unpriced: 1, amountMicros: 0 },
  ])
})

test('what the rates say nothing of is counted and never guessed', () => {
  const messages = [
    delivered({ country: 'AT', templateCategory: 'UTILITY' }),
    delivered({ country: null, templateCategory: 'MARKETING' }),
    delivered({ country: 'BR', templateCategory: 'MARKETING' }),
    delivered({ price: { category: 'authentication-international', billable: true } }),
    delivered({ price: { category: 'general_purpose_ai', billable: true } }),
  ]
  const lines = tallied(messages)
  expect(lines.map(({ unpriced, amountMicros }) => [unpriced, amountMicros])).toEqual(
    lines.map(() => [1, 0]),
  )
  expect(lines.map(({ category }) => category)).toContain('authentication_international')
})

test('the rate is the one of the day of delivery, and an amount that WhatsApp names comes first', () => {
  const january = Date.UTC(2026, 11, 31, 23)
  const named = { category: 'marketing', billable: true, amountMicros: 90_000, currency: 'USD' }
  const messages = [
    delivered({ price: named }),
    delivered({ price: { ...named, currency: 'EUR' } }),
    delivered({ deliveredAtMs: january - 1, templateCategory: 'MARKETING' }),
    delivered({ deliveredAtMs: january, templateCategory: 'MARKETING' }),
  ]
  expect(tallied(messages)).toMatchObject([
    { messages: 4, amountMicros: 90_000 + 136_500 + 136_500 + 200_000 },
  ])
})

test('the forecast takes each number’s free messages off once', () => {
  const { fromMs, toMs } = november
  const third = fromMs + (toMs - fromMs) / 3
  const lines = tallied([...many(1200), ...many(100, { numberId: 'b' })])
  // 3,600 replies of one number are 2,600 too many at 0.055; 300 of the other are free.
  expect(forecastMonth(lines, november, third, 1000)).toBe(143_000_000)
  expect(forecastMonth(lines, november, fromMs + 23 * hourMs, 1000)).toBeNull()
  expect(forecastMonth([], november, third, 1000)).toBe(0)
  const marketing = tallied(many(10, { templateCategory: 'MARKETING' }))
  expect(forecastMonth(marketing, november, third, 1000)).toBe(4_095_000)
})

test('a threshold is reached when its part of the budget is used up, to the last cent', () => {
  const budget = { amountMicros: 100_000_000, thresholds: [80, 100] }
  expect(thresholdsReached(79_999_999, budget)).toEqual([])
  expect(thresholdsReached(80_000_000, budget)).toEqual([80])
  expect(thresholdsReached(250_000_000, budget)).toEqual([80, 100])
})

test('a file of rates says where it is wrong', () => {
  const faultOf = (change: (copy: typeof file) => void) => {
    const copy = structuredClone(file)
    change(copy)
    const read = readRates(copy)
    return 'fault' in read ? read.fault : undefined
  }
  expect(faultOf(() => undefined)).toBeUndefined()
  expect(faultOf(({ card }) => (card[0]!.market[0]!.marketing = -1))).toMatchObject({
    at: '/card/0/market/0/marketing',
  })
  expect(faultOf(({ card }) => (card[1]!.valid_from = '2026-10-01'))).toMatchObject({
    at: '/card/1/valid_from',
    reason: '2026-10-01 is there twice',
  })
  expect(faultOf(({ card }) => card[0]!.market[1]!.countries.push('DE'))).toMatchObject({
    reason: 'DE is in two markets',
  })
  expect(faultOf((copy) => (copy.time_zone = 'Berlin'))).toMatchObject({ at: '/time_zone' })
  expect(faultOf((copy) => (copy.currency = 'Euro'))).toMatchObject({ at: '/currency' })
  expect(faultOf((copy) => Object.assign(copy, { rates: 1 }))).toMatchObject({ at: '/rates' })
})

test('months and days turn where the account is, through both changes of the clocks', () => {
  expect(monthOf(Date.UTC(2026, 9, 31, 22, 59), 'Europe/Berlin')).toBe('2026-10')
  expect(monthOf(Date.UTC(2026, 9, 31, 23), 'Europe/Berlin')).toBe('2026-11')
  expect(dayOf(Date.UTC(2026, 11, 31, 23), 'Europe/Berlin')).toBe('2027-01-01')
  const hours = (month: string, zone: string) => {
    const { fromMs, toMs } = spanOfMonth(month, zone)
    return (toMs - fromMs) / hourMs
  }
  expect(hours('2026-10', 'Europe/Berlin')).toBe(31 * 24 + 1)
  expect(hours('2026-03', 'Europe/Berlin')).toBe(31 * 24 - 1)
  expect(hours('2026-12', 'America/Los_Angeles')).toBe(31 * 24)
  expect(new Date(spanOfMonth('2026-11', 'Asia/Kolkata').fromMs).toISOString()).toBe(
    '2026-10-31T18:30:00.000Z',
  )
})
