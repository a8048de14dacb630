import type { Account } from '../../../core/domain/account.ts'
import type { OwnNumber } from '../../../core/domain/people.ts'
import { anId, aNumber } from '../../../core/testing/examples.ts'

const hourMs = 3_600_000
export const dayMs = 24 * hourMs

const fine = {
  canSend: 'AVAILABLE',
  entities: ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'].map((kind) => ({
    kind,
    canSend: 'AVAILABLE',
    errors: [],
    notes: [],
  })),
}

/** A number with which all is well, checked a minute before. */
export function aCheckedNumber(nowMs: number, given: Partial<OwnNumber> = {}): OwnNumber {
  const answeredAtMs = nowMs - 60_000
  return aNumber({
    accountId: '102000000000001',
    isOfficial: false,
    officialStatus: 'NOT_STARTED',
    status: 'CONNECTED',
    quality: 'GREEN',
    throughput: 'STANDARD',
    nameStatus: 'APPROVED',
    codeVerification: 'VERIFIED',
    isPinEnabled: true,
    platform: 'CLOUD_API',
    accountMode: 'LIVE',
    healthStatus: fine,
    heardAtMs: nowMs - 12_000,
    turns: {
      nameStatus: { sinceMs: nowMs - 290 * dayMs, before: 'PENDING_REVIEW' },
      isPinEnabled: { sinceMs: nowMs - 165 * dayMs, before: 'false' },
      codeVerification: { sinceMs: nowMs - 292 * dayMs },
    },
    checks: { number: { answeredAtMs }, settings: { answeredAtMs } },
    ...given,
  })
}

/** The account of such numbers, and its portfolio. */
export function anAccount(nowMs: number, given: Partial<Account> = {}): Account {
  const answeredAtMs = nowMs - 60_000
  return {
    id: anId(),
    metaId: '102000000000001',
    name: 'Nordwerk',
    businessId: '501',
    businessName: 'Nordwerk GmbH',
    country: 'DE',
    currency: 'EUR',
    verification: 'verified',
    reviewStatus: 'APPROVED',
    status: 'ACTIVE',
    messagingLimit: 'TIER_10K',
    limitUse: { contacts: 6412, measuredAtMs: answeredAtMs },
    hasPaymentMethod: true,
    restrictions: [],
    violations: [],
    healthStatus: fine,
    subscription: { isOurs: true, apps: ['Kontor'] },
    token: {
      isValid: true,
      scopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
      kind: 'SYSTEM_USER',
    },
    turns: {
      verification: { sinceMs: nowMs - 293 * dayMs, before: 'pending' },
      messagingLimit: { sinceMs: nowMs - 53 * dayMs, before: 'TIER_2K' },
    },
    checks: {
      account: { answeredAtMs },
      token: { answeredAtMs },
      subscription: { answeredAtMs },
    },
    ...given,
  }
}
