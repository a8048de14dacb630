import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk } from '../testing/desk.ts'

const until = { timeout: 5000, interval: 5 }

test('the account tells a server all it needs, the same for the same seed', async () => {
  const seen = []
  for (const seed of [1, 1, 2]) {
    await using desk = await aDesk({ seed })
    const { body } = await desk.control('/account')
    expect(body).toEqual(desk.account)
    seen.push(body as JsonObject)
  }
  expect(seen[0]).toEqual(seen[1])
  expect(seen[0]!.token).not.toBe(seen[2]!.token)
  expect(seen[0]).toMatchObject({
    appSecret: 'secret',
    verifyToken: 'let me in',
    numbers: [
      { displayPhoneNumber: '+49 40 3006 8810', verifiedName: 'Nordwerk Kundenservice' },
      { displayPhoneNumber: '+49 40 3006 8820', verifiedName: 'Nordwerk Ersatzteile' },
    ],
  })
})

test.each<[string, JsonObject, string, JsonObject]>([
  ['quality turning red', { quality: 'RED' }, 'phone_number_quality_update', { event: 'FLAGGED' }],
  [
    'a name approved',
    { nameStatus: 'APPROVED' },
    'phone_number_name_update',
    { decision: 'APPROVED', rejection_reason: null },
  ],
  [
    'a name declined',
    { newDisplayName: 'Nordwerk Notdienst', newNameStatus: 'DECLINED' },
    'phone_number_name_update',
    { decision: 'REJECTED', requested_verified_name: 'Nordwerk Notdienst' },
  ],
  [
    'a higher limit',
    { messagingLimit: 'TIER_10K' },
    'business_capability_update',
    { max_daily_conversations_per_business: 'TIER_10K' },
  ],
  [
    'more throughput',
    { throughput: 'HIGH' },
    'phone_number_quality_update',
    { event: 'THROUGHPUT_UPGRADE' },
  ],
  [
    'the official badge',
    { isOfficial: true },
    'account_alerts',
    { alert_info: { alert_type: 'OBA_APPROVED' } },
  ],
  [
    'the badge refused',
    { officialStatus: 'REJECTED' },
    'account_alerts',
    { alert_info: { alert_type: 'OBA_REJECTED' } },
  ],
  ['a PIN changed', { isPinEnabled: true }, 'security', { event: 'PIN_CHANGED' }],
  [
    'a PIN asked to be reset',
    { pinEvent: 'PIN_RESET_REQUEST' },
    'security',
    { event: 'PIN_RESET_REQUEST' },
  ],
  [
    'a username',
    { username: 'nordwerk' },
    'business_username_updates',
    { username: 'nordwerk', status: 'approved' },
  ],
])('%s is announced', async (_, patch, field, value) => {
  await using desk = await aDesk()
  expect((await desk.control(`/numbers/${desk.numberId}`, patch, 'PATCH')).status).toBe(200)
  await expect.poll(() => desk.sink.values(field), until).toMatchObject([value])
  expect(desk.sink.heard[0]!.body.entry[0]).toMatchObject({
    id: desk.account.accountId,
    time: expect.any(Number) as number,
  })
})

test.each<[string, JsonObject, string, JsonObject]>([
  ['a review', { review: 'REJECTED' }, 'account_review_update', { decision: 'REJECTED' }],
  [
    'a ban',
    { ban: 'DISABLE' },
    'account_update',
    { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } },
  ],
  [
    'a restriction',
    { restriction: { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' } },
    'account_update',
    { event: 'ACCOUNT_RESTRICTION' },
  ],
  [
    'a violation',
    { violation: 'SPAM' },
    'account_update',
    { violation_info: { violation_type: 'SPAM' } },
  ],
  ['a deletion', { isDeleted: true }, 'account_update', { event: 'ACCOUNT_DELETED' }],
  [
    'a move to another country',
    { primaryLocation: 'AT' },
    'account_update',
    { event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', country: 'AT' },
  ],
  [
    'being onboarded to marketing messages',
    { marketing_messages_onboarding_status: 'ONBOARDED' },
    'account_update',
    { event: 'MM_LITE_TERMS_SIGNED' },
  ],
  [
    'another volume tier',
    { volumeTier: { category: 'UTILITY', tier: '25001:100000', region: 'Germany' } },
    'account_update',
    {
      event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
      volume_tier_info: { tier: '25001:100000', pricing_category: 'UTILITY' },
    },
  ],
  [
    'international prices for codes',
    { authInternational: { start_time: 1795333200, exception_countries: [] } },
    'account_update',
    { event: 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE' },
  ],
  [
    'a partner’s verification',
    { partnerCertification: { status: 'FAILED', reasons: ['ADDRESS NOT MATCHING'] } },
    'account_update',
    { partner_client_certification_info: { rejection_reasons: ['ADDRESS NOT MATCHING'] } },
  ],
  [
    'a verification',
    { verification: 'not_verified' },
    'business_capability_update',
    { max_phone_numbers_per_business: 2 },
  ],
])('%s of the account is announced', async (_, patch, field, value) => {
  await using desk = await aDesk()
  expect((await desk.control('/account', patch, 'PATCH')).status).toBe(200)
  await expect.poll(() => desk.sink.values(field), until).toMatchObject([value])
})

test('what was decided can be read from Graph, under its own names too', async () => {
  await using desk = await aDesk()
  await desk.control(
    `/numbers/${desk.numberId}`,
    { quality_rating: 'YELLOW', name_status: 'PENDING_REVIEW' },
    'PATCH',
  )
  const { body } = await desk.graph(`/${desk.numberId}?fields=quality_rating,name_status`)
  expect(body).toMatchObject({ quality_rating: 'YELLOW', name_status: 'PENDING_REVIEW' })
})

test('a number that leaves the phone’s app is announced, one that joins is not', async () => {
  await using desk = await aDesk()
  const path = `/numbers/${desk.numberId}`
  await desk.control(path, { isOnBizApp: true }, 'PATCH')
  await desk.control(
    path,
    { isOnBizApp: false, disconnectedBecause: 'PRIMARY_INACTIVITY' },
    'PATCH',
  )
  await expect
    .poll(() => desk.sink.values('account_update'), until)
    .toMatchObject([
      { event: 'PARTNER_REMOVED', disconnection_info: { reason: 'PRIMARY_INACTIVITY' } },
    ])
})

test.each<[string, JsonObject, string, unknown]>([
  ['country', { country: 'AT' }, 'country', 'AT'],
  ['ownership', { ownership_type: 'CLIENT_OWNED' }, 'ownership_type', 'CLIENT_OWNED'],
  ['partners', { is_shared_with_partners: true }, 'is_shared_with_partners', true],
  ['order number', { purchase_order_number: 'PO 7' }, 'purchase_order_number', 'PO 7'],
  ['payment', { payment: false }, 'primary_funding_id', '0'],
  [
    'health',
    { health: { can_send_message: 'BLOCKED' } },
    'health_status{can_send_message}',
    { can_send_message: 'BLOCKED' },
  ],
])(
  'the account’s %s is changed without a webhook and can be read',
  async (_, patch, field, value) => {
    await using desk = await aDesk()
    expect((await desk.control('/account', patch, 'PATCH')).status).toBe(200)
    const { body } = await desk.graph(`/${desk.account.accountId}?fields=${field}`)
    expect(body[field.split('{')[0]!]).toEqual(value)
    expect((await desk.control('/outbox')).body).toMatchObject({ waiting: 0, delivered: 0 })
  },
)

test.each<[string, JsonObject, string, unknown]>([
  ['status', { status: 'RATE_LIMITED' }, 'status', 'RATE_LIMITED'],
  ['search', { search_visibility: 'HIDDEN' }, 'search_visibility', 'HIDDEN'],
  ['verification', { code_verification_status: 'EXPIRED' }, 'code_verification_status', 'EXPIRED'],
  ['platform', { platform_type: 'NOT_APPLICABLE' }, 'host_platform', 'NOT_APPLICABLE'],
  ['origin', { is_preverified_number: true }, 'is_preverified_number', true],
  [
    'badge',
    { officialStatus: 'UNDER_REVIEW' },
    'official_business_account',
    { oba_status: 'UNDER_REVIEW' },
  ],
])('a number’s %s is changed without a webhook and can be read', async (_, patch, field, value) => {
  await using desk = await aDesk()
  expect((await desk.control(`/numbers/${desk.numberId}`, patch, 'PATCH')).status).toBe(200)
  expect((await desk.graph(`/${desk.numberId}?fields=${field}`)).body[field]).toEqual(value)
  expect((await desk.control('/outbox')).body).toMatchObject({ waiting: 0, delivered: 0 })
})

test('one word tells how far certificate, name and account are', async () => {
  await using desk = await aDesk()
  const word = async () =>
    (await desk.graph(`/${desk.numberId}?fields=unified_cert_status`)).body
      .unified_cert_status as unknown
  const number = (patch: JsonObject) => desk.control(`/numbers/${desk.numberId}`, patch, 'PATCH')
  expect(await word()).toBe('APPROVED')
  await number({ nameStatus: 'PENDING_REVIEW' })
  expect(await word()).toBe('NAME_PENDING_REVIEW')
  await number({ nameStatus: 'DECLINED' })
  expect(await word()).toBe('NAME_NOT_APPROVED')
  await number({ nameStatus: 'APPROVED' })
  await desk.control('/account', { verification: 'pending' }, 'PATCH')
  expect(await word()).toBe('LIMITED_ACCESS')
  await desk.control('/account', { review: 'PENDING' }, 'PATCH')
  expect(await word()).toBe('ACCOUNT_REVIEW_NOT_STARTED')
})

test('a banned account sends nothing', async () => {
  await using desk = await aDesk()
  await desk.control('/account', { ban: 'DISABLE' }, 'PATCH')
  expect((await desk.text('+4915123456789', 'x')).body.error.code).toBe(131031)
})

test('any webhook can be sent, as field and value or whole', async () => {
  await using desk = await aDesk()
  await desk.control('/webhooks', { field: 'brand_new_field', value: { a: 1 } })
  const entry = [{ id: '1', changes: [{ field: 'other', value: { b: 2 } }] }]
  await desk.control('/webhooks', { object: 'whatsapp_business_account', entry })
  await expect.poll(() => desk.sink.heard.length, until).toBe(2)
  expect(desk.sink.values('brand_new_field')).toEqual([{ a: 1 }])
  expect(desk.sink.heard[1]!.body).toEqual({ object: 'whatsapp_business_account', entry })
  expect((await desk.control('/webhooks', { field: 'x' })).status).toBe(400)
})

test('traffic comes at the wished rate from the wished number of people', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.control('/load', { perSecond: 20, seconds: 2, customers: 4 })
  await desk.control('/clock', { advanceMs: 1000 })
  expect((await desk.control('/load')).body).toMatchObject({
    planned: 40,
    written: 21,
    isRunning: true,
  })
  await desk.control('/clock', { advanceMs: 1500 })
  expect((await desk.control('/load')).body).toMatchObject({ written: 40, isRunning: false })
  await expect.poll(() => desk.sink.messages().length, until).toBe(40)
  expect(new Set(desk.sink.messages().map(({ from }) => from)).size).toBe(4)
  expect(
    (await desk.control('/load', { perSecond: 2000, seconds: 3600, customers: 1 })).status,
  ).toBe(400)
})

test('a real clock cannot be moved, and unknown controls say so', async () => {
  await using desk = await aDesk()
  expect((await desk.control('/clock', { advanceMs: 1 })).body.error.code).toBe('bad-request')
  expect((await desk.control('/nothing')).body.error.code).toBe('not-found')
  const answer = await fetch(`${desk.url}/control/faults`, { method: 'POST', body: '{"kind":' })
  expect(answer.status).toBe(400)
})
