import { expect, test } from 'vitest'
import type { Account } from '../domain/account.ts'
import type { AccountId } from '../domain/ids.ts'
import type { LedgerItem } from '../domain/ledger.ts'
import type { OwnNumber } from '../domain/people.ts'
import { aNumber, anId, exampleNowMs as nowMs } from '../testing/examples.ts'
import { say } from '../text/say.ts'
import { ledgerRows } from './rows.ts'

const anAccount = (given: Partial<Account> = {}): Account => ({
  id: anId<AccountId>(),
  metaId: '102',
  restrictions: [],
  violations: [],
  ...given,
})

function row(item: LedgerItem, number: Partial<OwnNumber>, account: Partial<Account> = {}) {
  const subject = { number: aNumber(number), account: anAccount(account), nowMs }
  const found = ledgerRows(subject).find((one) => one.item === item)!
  return [found.state, say(found.value, { language: 'de', timeZone: 'Europe/Berlin' })]
}

test('what was never checked is a hollow ring, whatever the row', () => {
  const rows = ledgerRows({ number: aNumber(), account: undefined, nowMs })
  expect(rows).toHaveLength(17)
  expect(rows.filter(({ state }) => state !== 'none')).toEqual([])
  expect(rows.every(({ checkedAtMs }) => checkedAtMs === null)).toBe(true)
})

test.each<[LedgerItem, Partial<OwnNumber>, Partial<Account>, [string, string]]>([
  ['business', {}, { verification: 'VERIFIED' }, ['ok', 'Bestätigt']],
  ['business', {}, { verification: 'verified' }, ['ok', 'Bestätigt']],
  ['business', {}, { verification: 'not_verified' }, ['none', 'Nicht begonnen']],
  ['business', {}, { verification: 'BRAND_NEW_WORD' }, ['none', 'BRAND_NEW_WORD']],
  ['review', {}, { reviewStatus: 'DEFERRED' }, ['warn', 'Zurückgestellt']],
  ['account', {}, { status: 'ACTIVE' }, ['ok', 'Aktiv']],
  ['account', {}, { status: 'ACTIVE', banState: 'DISABLE' }, ['bad', 'Gesperrt']],
  ['name', { nameStatus: 'AVAILABLE_WITHOUT_REVIEW' }, {}, ['ok', 'Ohne Prüfung nutzbar']],
  [
    'name',
    { nameStatus: 'APPROVED', requestedName: 'X', requestedNameStatus: 'DECLINED' },
    {},
    ['warn', 'Freigegeben'],
  ],
  ['name', { nameStatus: 'NON_EXISTS' }, {}, ['none', 'Kein Name']],
  ['official', { isOfficial: true }, {}, ['ok', 'Blaues Abzeichen aktiv']],
  ['official', { isOfficial: false, officialStatus: 'PENDING' }, {}, ['none', 'Beantragt']],
  ['official', { isOfficial: false }, {}, ['none', 'Nicht beantragt']],
  ['code', { codeVerification: 'UNVERIFIED' }, {}, ['bad', 'Nicht bestätigt']],
  ['code', { codeVerification: 'NOT_VERIFIED' }, {}, ['bad', 'Nicht bestätigt']],
  ['code', { codeVerification: 'EXPIRED' }, {}, ['warn', 'Bestätigung abgelaufen']],
  ['pin', { isPinEnabled: true }, {}, ['ok', 'Gesetzt']],
  ['pin', { isPinEnabled: false }, {}, ['warn', 'Nicht gesetzt']],
  ['status', { status: 'FLAGGED' }, {}, ['warn', 'Unter Beobachtung']],
  ['status', { status: 'CONNECTED', platform: 'NOT_APPLICABLE' }, {}, ['bad', 'Nicht angemeldet']],
  ['quality', { quality: 'NA' }, {}, ['none', 'Noch keine Bewertung']],
  ['quality', { quality: 'UNKNOWN' }, {}, ['none', 'Noch keine Bewertung']],
  ['quality', { quality: 'red' }, {}, ['bad', 'Niedrig']],
  ['limit', {}, { messagingLimit: 'TIER_10K' }, ['ok', '10.000 Kontakte in 24 Std.']],
  ['limit', {}, { messagingLimit: '2000' }, ['ok', '2.000 Kontakte in 24 Std.']],
  ['limit', {}, { messagingLimit: 'TIER_UNLIMITED' }, ['ok', 'Unbegrenzt']],
  ['limit', {}, { messagingLimit: 'TIER_NOT_SET' }, ['none', 'Noch keines']],
  ['limit', { messagingLimit: 'TIER_SOMETHING' }, {}, ['none', 'TIER_SOMETHING']],
  ['throughput', { throughput: 'HIGH' }, {}, ['ok', 'Hoch']],
  ['health', { healthStatus: { canSend: 'LIMITED', entities: [] } }, {}, ['warn', 'Eingeschränkt']],
  ['health', { health: 'error', healthReason: '131031' }, {}, ['bad', 'Blockiert']],
  ['payment', {}, { hasPaymentMethod: false }, ['bad', 'Zahlungsart fehlt']],
  ['webhook', { heardAtMs: nowMs }, {}, ['ok', 'Letztes Ereignis 23.11.26, 09:24']],
  ['webhook', {}, { subscription: { isOurs: false, apps: [] } }, ['bad', 'Nicht abonniert']],
  ['token', {}, { token: { isValid: true, scopes: [] } }, ['ok', 'Gültig, kein Ablauf']],
  ['token', { health: 'paused' }, {}, ['bad', 'Ungültig']],
  ['storage', { storageRegion: 'DE' }, {}, ['ok', 'Im Land: DE']],
])('%s of %j and %j', (item, number, account, expected) => {
  expect(row(item, number, account)).toEqual(expected)
})

test('a check that fails leaves what was known, with its age and the reason', () => {
  const failing = { code: 'unavailable', sinceMs: nowMs - 3_600_000 }
  const checks = { number: { answeredAtMs: nowMs - 3_700_000, failing } }
  const rows = ledgerRows({
    number: aNumber({ quality: 'GREEN', checks }),
    account: undefined,
    nowMs,
  })
  expect(rows.find(({ item }) => item === 'quality')).toMatchObject({
    state: 'ok',
    checkedAtMs: nowMs - 3_700_000,
    failing,
  })
})

test('the limit is the portfolio’s, with what is used of it', () => {
  const limitUse = { contacts: 8120, measuredAtMs: nowMs }
  const account = anAccount({ messagingLimit: 'TIER_10K', limitUse })
  const rows = ledgerRows({ number: aNumber(), account, nowMs })
  const limit = rows.find(({ item }) => item === 'limit')!
  expect(limit).toMatchObject({ state: 'warn', meter: { used: 8120, of: 10_000 } })
  expect(say(limit.detail!, { language: 'de' })).toBe(
    '8.120 von 10.000 in den letzten 24 Std. · Portfolio, alle Nummern gemeinsam',
  )
})
