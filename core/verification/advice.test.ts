import { expect, test } from 'vitest'
import type { Account } from '../domain/account.ts'
import type { AccountId } from '../domain/ids.ts'
import type { OwnNumber } from '../domain/people.ts'
import { aNumber, anId, exampleNowMs as nowMs } from '../testing/examples.ts'
import { remedies as de } from '../text/de/remedies.ts'
import { say } from '../text/say.ts'
import { adviceFor } from './advice.ts'
import { numberViews } from './overview.ts'

const dayMs = 24 * 60 * 60_000

/** Nothing is wrong with these. */
const fine: OwnNumber = aNumber({
  accountId: '102',
  nameStatus: 'APPROVED',
  status: 'CONNECTED',
  quality: 'GREEN',
  codeVerification: 'VERIFIED',
  isPinEnabled: true,
  platform: 'CLOUD_API',
  accountMode: 'LIVE',
  throughput: 'STANDARD',
  isOfficial: false,
  healthStatus: { canSend: 'AVAILABLE', entities: [] },
  checks: { number: { answeredAtMs: nowMs - 60_000 } },
})
const calm: Account = {
  id: anId<AccountId>(),
  metaId: '102',
  name: 'Nordwerk',
  verification: 'verified',
  reviewStatus: 'APPROVED',
  status: 'ACTIVE',
  messagingLimit: 'TIER_10K',
  hasPaymentMethod: true,
  restrictions: [],
  violations: [],
  subscription: { isOurs: true, apps: ['Kontor'] },
  token: {
    isValid: true,
    scopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
  },
}

const found = (number: Partial<OwnNumber>, account: Partial<Account> = {}) =>
  adviceFor({ number: { ...fine, ...number }, account: { ...calm, ...account }, nowMs })
const rules = (number: Partial<OwnNumber>, account: Partial<Account> = {}) =>
  found(number, account).map(({ rule }) => rule)

const blockedBy = (code: string) => ({
  canSend: 'BLOCKED',
  entities: [
    {
      kind: 'WABA',
      canSend: 'BLOCKED',
      errors: [{ code, description: 'No payment method', solution: 'Add one' }],
      notes: [],
    },
  ],
})
const restriction = (type: string) => ({ type, sinceMs: nowMs - dayMs, untilMs: nowMs + dayMs })
const turned = (fact: string, before: string) => ({
  [fact]: { sinceMs: nowMs - dayMs, before },
})

test('nothing is said where nothing is wrong', () => {
  expect(found({})).toEqual([])
  const [view] = numberViews([fine], [calm], nowMs)
  expect(view?.state).toBe('ok')
  expect(say(view!.verdict, { language: 'en', timeZone: 'Europe/Berlin' })).toBe(
    'Everything is in order. Last check 23/11/2026, 09:23.',
  )
})

test.each<[string, Partial<OwnNumber>, Partial<Account>]>([
  ['account-deleted', {}, { status: 'DELETED' }],
  ['account-disabled', {}, { banState: 'DISABLE' }],
  ['account-disabled', {}, { status: 'disabled' }],
  ['ban-coming', {}, { banState: 'SCHEDULE_FOR_DISABLE', banDate: 'April 17, 2027' }],
  ['token-refused', {}, { token: { isValid: false, scopes: [] } }],
  ['token-refused', { health: 'paused', healthReason: '190' }, {}],
  ['sending-restricted', {}, { restrictions: [restriction('RESTRICTED_BIZ_INITIATED_MESSAGING')] }],
  ['otherwise-restricted', {}, { restrictions: [restriction('RESTRICTED_SOMETHING_NEW')] }],
  ['payment-missing', {}, { hasPaymentMethod: false }],
  ['payment-missing', { healthStatus: blockedBy('141006') }, { hasPaymentMethod: true }],
  ['not-subscribed', {}, { subscription: { isOurs: false, apps: ['Other'] } }],
  ['review-rejected', {}, { reviewStatus: 'REJECTED' }],
  ['business-rejected', {}, { verification: 'REVOKED' }],
  ['business-more', {}, { verification: 'PENDING_NEED_MORE_INFO' }],
  ['business-open', {}, { verification: 'not_verified' }],
  ['business-open', {}, { verification: 'UNVERIFIED' }],
  ['token-expiring', {}, { token: { ...calm.token!, expiresAtMs: nowMs + 3 * dayMs } }],
  ['scope-missing', {}, { token: { isValid: true, scopes: ['business_management'] } }],
  ['violation', {}, { violations: [{ type: 'SPAM', atMs: nowMs - dayMs }] }],
  ['limit-near', {}, { limitUse: { contacts: 8120, measuredAtMs: nowMs } }],
  ['limit-near', {}, { messagingLimit: '2000', limitUse: { contacts: 1601, measuredAtMs: nowMs } }],
  ['notice', {}, { notices: [{ type: 'INCREASED_CAPABILITIES_ELIGIBILITY_FAILED', atMs: nowMs }] }],
  [
    'away',
    { checks: { number: { failing: { code: 'unavailable', sinceMs: nowMs - 3_600_000 } } } },
    {},
  ],
  ['number-banned', { status: 'BANNED' }, {}],
  ['not-registered', { platform: 'NOT_APPLICABLE' }, {}],
  ['not-registered', { status: 'DISCONNECTED' }, {}],
  ['health-blocked', { healthStatus: blockedBy('999') }, {}],
  ['health-blocked', { health: 'error', healthReason: '131045' }, {}],
  ['number-restricted', { status: 'RESTRICTED' }, {}],
  ['number-flagged', { status: 'FLAGGED', quality: 'RED' }, {}],
  ['quality-fell', { quality: 'YELLOW', turns: turned('quality', 'GREEN') }, {}],
  ['quality-low', { quality: 'RED' }, {}],
  ['webhook-silent', { silence: { sinceMs: nowMs - 840_000, usual: 40 } }, {}],
  [
    'name-declined',
    {
      requestedName: 'Pumpen',
      requestedNameStatus: 'DECLINED',
      nameRejection: 'NAME_NOT_CONSISTENT',
    },
    {},
  ],
  ['name-declined', { nameStatus: 'DECLINED' }, {}],
  ['name-expired', { nameStatus: 'EXPIRED' }, {}],
  ['name-waiting', { hasNewCertificate: true }, {}],
  ['code-open', { codeVerification: 'NOT_VERIFIED' }, {}],
  ['code-open', { codeVerification: 'UNVERIFIED' }, {}],
  ['pin-missing', { isPinEnabled: false }, {}],
  ['pin-reset', { pinResetAtMs: nowMs - dayMs }, {}],
  ['official-refused', { officialStatus: 'REJECTED' }, {}],
  ['picture-lost', { notices: [{ type: 'PROFILE_PICTURE_LOST', atMs: nowMs }] }, {}],
  ['test-number', { accountMode: 'SANDBOX' }, {}],
])('%s is said, alone and in both languages', (rule, number, account) => {
  const advice = found(number, account)
  expect(advice.map((one) => one.rule)).toEqual([rule])
  for (const language of ['de', 'en'] as const) {
    for (const phrase of [advice[0]!.title, advice[0]!.why, advice[0]!.todo]) {
      expect(say(phrase, { language })).not.toMatch(/\{\{|remedies\.|verification\.|undefined/)
    }
  }
})

test('a health check that limits says what is limited', () => {
  const entities = [
    { kind: 'BUSINESS', canSend: 'LIMITED', errors: [], notes: ['Business not verified'] },
  ]
  const [advice] = found({ healthStatus: { canSend: 'LIMITED', entities } })
  expect(advice?.rule).toBe('health-limited')
  expect(say(advice!.title, { language: 'en' })).toBe(
    'Portfolio is limited: Business not verified.',
  )
})

test('every rule that has texts is tried above', () => {
  const tried = [
    'account-deleted account-disabled ban-coming token-refused sending-restricted otherwise-restricted',
    'payment-missing not-subscribed review-rejected business-rejected business-more business-open',
    'token-expiring scope-missing violation limit-near notice away number-banned not-registered',
    'health-blocked health-limited number-restricted number-flagged quality-fell quality-low',
    'webhook-silent name-declined name-expired name-waiting code-open pin-missing pin-reset',
    'official-refused picture-lost test-number',
  ]
  const named = Object.keys(de).filter((key) => Object.hasOwn(de, `${key}-why`))
  expect(tried.join(' ').split(' ').sort()).toEqual(named.sort())
})

test('the worst comes first, and what follows from it is left out', () => {
  expect(
    rules(
      { isPinEnabled: false, status: 'FLAGGED', quality: 'RED' },
      { hasPaymentMethod: false, banState: 'DISABLE' },
    ),
  ).toEqual(['account-disabled', 'payment-missing', 'number-flagged', 'pin-missing'])
  const troubled = aNumber({ ...fine, id: anId(), name: 'A', status: 'BANNED' })
  const views = numberViews([fine, troubled], [calm], nowMs)
  expect(views.map(({ state }) => state)).toEqual(['bad', 'ok'])
})

test('a restriction ends by itself, an old violation is not told for ever', () => {
  const over = { ...restriction('RESTRICTED_BIZ_INITIATED_MESSAGING'), untilMs: nowMs - 1 }
  const violations = [{ type: 'SPAM', atMs: nowMs - 31 * dayMs }]
  expect(rules({}, { restrictions: [over], violations })).toEqual([])
  const [advice] = found({}, { restrictions: [restriction('RESTRICTED_BIZ_INITIATED_MESSAGING')] })
  expect(advice?.deadlineMs).toBe(nowMs + dayMs)
})

test('the drawing’s words', () => {
  const [fell] = found({ quality: 'YELLOW', turns: turned('quality', 'GREEN') })
  expect(say(fell!.title, { language: 'de' })).toBe('Die Qualität ist auf „Mittel“ gesunken.')
  const [near] = found({}, { limitUse: { contacts: 8120, measuredAtMs: nowMs } })
  expect(say(near!.title, { language: 'de' })).toBe('8.120 von 10.000 Kontakten sind erreicht.')
  expect(say(near!.title, { language: 'en' })).toBe('8,120 of 10,000 contacts reached.')
})
