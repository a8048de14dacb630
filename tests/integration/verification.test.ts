/** Each story of simulator/scenarios/verification, from Meta's decision to what the console and the alarms say. */
import { expect, test } from 'vitest'
import { deskStartMs, verificationDesk, type Entry } from '../fixtures/verification.ts'

type Desk = Awaited<ReturnType<typeof verificationDesk>>
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const stepMs = 10 * minuteMs

/** Begins a story: its past is told, and its first step is taken. */
async function begin(desk: Desk, scenario: string) {
  await desk.control(`/scenario/${scenario}`, { everyMs: stepMs })
  await desk.pass(1000)
  await desk.check()
  return async () => {
    await desk.pass(stepMs)
    await desk.check()
  }
}

/** Source, what it is about, before and after. */
const brief = ({ source, fact, event, before, after }: Entry) => [
  source,
  source === 'webhook' ? event : fact,
  before,
  after,
]
const said = async (desk: Desk) => ({ rules: await desk.rules(), alarms: await desk.alarms() })

test('a new number goes through code, registration, name and business verification', async () => {
  const desk = await verificationDesk()
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  const next = await begin(desk, 'number-verification')
  expect(await said(desk)).toEqual({
    rules: ['not-registered', 'code-open', 'business-open', 'pin-missing'],
    alarms: ['code-open', 'not-registered'],
  })
  await next()
  expect(await said(desk)).toEqual({
    rules: ['not-registered', 'business-open', 'pin-missing'],
    alarms: ['not-registered'],
  })
  await next()
  expect(await said(desk)).toEqual({ rules: ['business-open'], alarms: [] })
  expect(await desk.number()).toMatchObject({ status: 'CONNECTED', nameStatus: 'PENDING_REVIEW' })
  await next()
  expect(await desk.number()).toMatchObject({ nameStatus: 'APPROVED', isPinEnabled: true })
  await next()
  expect(await desk.waba()).toMatchObject({ verification: 'PENDING', messagingLimit: 'TIER_250' })
  await next()
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  const history = await desk.history()
  expect(history.map(brief)).toEqual(
    expect.arrayContaining([
      ['check', 'codeVerification', 'NOT_VERIFIED', 'VERIFIED'],
      ['check', 'platform', 'NOT_APPLICABLE', 'CLOUD_API'],
      ['webhook', 'APPROVED', 'PENDING_REVIEW', 'APPROVED'],
      ['check', 'verification', 'NOT_VERIFIED', 'PENDING'],
      ['check', 'verification', 'PENDING', 'VERIFIED'],
      ['webhook', 'business_capability_update', 'TIER_250', 'TIER_2K'],
    ]),
  )
  const asked = history.find(({ event, after }) => event === 'PENDING' && after === 'PENDING')
  expect(Date.parse(asked!.at)).toBe(deskStartMs - 2 * dayMs)
})

test('a name that is declined asks for another one', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'name-refusal')
  expect(await desk.number()).toMatchObject({
    name: 'Nordwerk Kundenservice',
    nameStatus: 'APPROVED',
    requestedName: 'Beste Pumpen',
    requestedNameStatus: 'DECLINED',
    nameRejection: 'NAME_NOT_CONSISTENT',
  })
  expect(await said(desk)).toEqual({ rules: ['name-declined'], alarms: ['name-declined'] })
  const { advice } = await desk.truth()
  expect(advice[0]).toMatchObject({
    title: 'Der Anzeigename „Beste Pumpen“ wurde abgelehnt.',
    why: 'Grund: passt nicht zum Auftritt des Unternehmens. Er muss erkennbar zum Unternehmen gehören.',
    who: 'administrator',
  })
  await next()
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  await next()
  const number = await desk.number()
  expect(number).toMatchObject({ name: 'Nordwerk Notdienst', nameStatus: 'APPROVED' })
  expect([number.requestedName, number.nameRejection]).toEqual([undefined, undefined])
  expect(await said(desk)).toEqual({ rules: ['name-waiting'], alarms: [] })
  expect((await desk.history('&kinds=name')).map(brief)).toEqual([
    ['check', 'hasNewCertificate', 'false', 'true'],
    ['webhook', 'APPROVED', null, null],
    ['webhook', 'PENDING', 'DECLINED', 'PENDING'],
    ['webhook', 'REJECTED', null, 'REJECTED'],
  ])
})

test('quality that drops is told once, with what people blocked on the same timeline', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'quality-drop')
  expect(await desk.number()).toMatchObject({
    quality: 'YELLOW',
    turns: { quality: { before: 'GREEN' } },
  })
  expect(await said(desk)).toEqual({ rules: ['quality-fell'], alarms: ['quality-fell'] })
  await desk.check()
  const raised = desk.changes.filter(({ isRaised }) => isRaised)
  expect(raised).toHaveLength(1)
  await next()
  await next()
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  const history = await desk.history()
  expect(history.map(brief)).toEqual([
    ['check', 'quality', 'YELLOW', 'GREEN'],
    ['webhook', 'UPGRADE', null, null],
    ['webhook', 'message_template_quality_update', 'YELLOW', 'GREEN'],
    ['check', 'quality', 'GREEN', 'YELLOW'],
    ['webhook', 'DOWNGRADE', null, null],
    ['webhook', 'message_template_quality_update', expect.any(String), 'YELLOW'],
  ])
  expect(history.at(-1)?.kind).toBe('template')
  expect(Date.parse(history.at(-1)!.at)).toBe(deskStartMs - dayMs)
})

test('a number under observation warns, until it is no longer', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'flagged')
  expect(await desk.number()).toMatchObject({ status: 'FLAGGED', quality: 'RED' })
  expect(await said(desk)).toEqual({ rules: ['number-flagged'], alarms: ['number-flagged'] })
  await next()
  expect(await desk.number()).toMatchObject({ status: 'CONNECTED', quality: 'GREEN' })
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
})

test('a restriction says until when, and ends by itself', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'restricted')
  const untilMs = deskStartMs + 3 * dayMs
  expect((await desk.waba()).restrictions).toEqual([
    { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', sinceMs: deskStartMs, untilMs },
  ])
  const { advice } = await desk.truth()
  expect(advice.map(({ rule, deadline }: Record<string, unknown>) => [rule, deadline])).toEqual([
    ['sending-restricted', new Date(untilMs).toISOString()],
    ['number-restricted', null],
  ])
  expect(advice[0].title).toBe('WhatsApp hat das Senden eingeschränkt: keine neuen Unterhaltungen.')
  expect(await desk.alarms()).toEqual(['number-restricted', 'sending-restricted'])
  await next()
  expect(await desk.rules()).toEqual(['sending-restricted'])
  await desk.skip(3 * dayMs)
  await desk.check()
  expect((await desk.waba()).restrictions).toEqual([])
  // What it was accused of stays worth knowing.
  expect(await said(desk)).toEqual({ rules: ['violation'], alarms: ['violation'] })
  const told = (await desk.history('&kinds=account')).filter(({ source }) => source === 'webhook')
  expect(told.map(({ event, what }) => [event, what])).toEqual([
    ['ACCOUNT_RESTRICTION', 'RESTRICTED_BIZ_INITIATED_MESSAGING'],
    ['ACCOUNT_VIOLATION', 'SPAM'],
  ])
})

test('limits and throughput that grow are news and no alarm', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'limit-upgrade')
  for (const limit of ['TIER_10K', 'TIER_100K', 'TIER_UNLIMITED']) {
    expect((await desk.waba()).messagingLimit).toBe(limit)
    await next()
  }
  expect(await desk.number()).toMatchObject({ throughput: 'HIGH' })
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  expect(desk.changes).toEqual([])
  expect((await desk.history()).map(brief)).toEqual([
    ['webhook', 'THROUGHPUT_UPGRADE', null, null],
    ['webhook', 'business_capability_update', 'TIER_100K', 'TIER_UNLIMITED'],
    ['webhook', 'business_capability_update', 'TIER_10K', 'TIER_100K'],
    ['webhook', 'business_capability_update', 'TIER_2K', 'TIER_10K'],
  ])
})

test('a payment method that is gone is found by asking: no webhook tells of it', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'payment-failure')
  expect(await desk.waba()).toMatchObject({ hasPaymentMethod: false })
  expect((await desk.number()).healthStatus?.canSend).toBe('BLOCKED')
  expect(await said(desk)).toEqual({ rules: ['payment-missing'], alarms: ['payment-missing'] })
  await next()
  expect(await said(desk)).toEqual({ rules: [], alarms: [] })
  expect((await desk.history('&kinds=health')).map(brief)).toEqual([
    ['check', 'canSend', 'BLOCKED', 'AVAILABLE'],
    ['check', 'hasPaymentMethod', 'false', 'true'],
    ['check', 'canSend', 'AVAILABLE', 'BLOCKED'],
    ['check', 'hasPaymentMethod', 'true', 'false'],
  ])
})

test('a ban is announced, comes, and is taken back', async () => {
  const desk = await verificationDesk()
  const next = await begin(desk, 'ban')
  expect((await said(desk)).alarms).toEqual(['ban-coming', 'violation'])
  await next()
  expect(await desk.number()).toMatchObject({
    status: 'BANNED',
    health: 'error',
    healthReason: '131031',
  })
  expect((await said(desk)).rules.slice(0, 2)).toEqual(['account-disabled', 'number-banned'])
  await next()
  expect(await desk.number()).toMatchObject({ status: 'CONNECTED', health: 'ok' })
  expect(await said(desk)).toEqual({ rules: ['violation'], alarms: ['violation'] })
  const bans = (await desk.history()).filter(({ event }) => event === 'DISABLED_UPDATE')
  expect(bans.map(({ before, after }) => [before, after])).toEqual([
    ['DISABLE', 'REINSTATE'],
    ['SCHEDULE_FOR_DISABLE', 'DISABLE'],
    [null, 'SCHEDULE_FOR_DISABLE'],
  ])
})

test.each([
  { form: 'as the reference writes it', limit: 'TIER_10K', code: 'UNVERIFIED', quality: 'UNKNOWN' },
  { form: 'as the guide writes it', limit: 10_000, code: 'NOT_VERIFIED', quality: 'NA' },
])('what Meta’s pages write differently means the same, $form', async (given) => {
  const desk = await verificationDesk()
  await desk.control('/webhooks', {
    field: 'business_capability_update',
    value: { max_daily_conversations_per_business: given.limit },
  })
  const patch = { codeVerification: given.code, quality: given.quality }
  await desk.control(`/numbers/${desk.phoneNumberId}`, patch, 'PATCH')
  await desk.pass(1)
  expect((await desk.waba()).messagingLimit).toBe('TIER_10K')
  await desk.check()
  const { ledger } = await desk.truth()
  const states = Object.fromEntries(
    ledger.map(({ item, state, value }: Record<string, string>) => [item, [state, value]]),
  ) as Record<string, string[]>
  expect(states.code).toEqual(['bad', 'Nicht bestätigt'])
  expect(states.quality).toEqual(['none', 'Noch keine Bewertung'])
  expect(await desk.rules()).toContain('code-open')
})
