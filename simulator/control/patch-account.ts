/** The account's state changes, and Meta's webhooks announce what they announce; the rest is found by asking. */
import type { JsonObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import type { Account, Latency } from '../world/account.ts'
import type { Health } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { announceTrouble, type Trouble } from './patch-trouble.ts'

/** What is simply stored, under the same name as in the account. */
type Stored = Partial<
  Pick<
    Account,
    | 'name'
    | 'businessName'
    | 'country'
    | 'currency'
    | 'timezoneId'
    | 'ownershipType'
    | 'onBehalfOf'
    | 'isSharedWithPartners'
    | 'purchaseOrderNumber'
    | 'isMarketingOffOnCloudApi'
    | 'health'
    | 'businessHealth'
    | 'token'
    | 'appSecret'
    | 'verifyToken'
    | 'isTokenExpired'
    | 'isSubscribed'
    | 'isEnabledForInsights'
    | 'hasParentUserIds'
    | 'closedWindow'
    | 'templateDecision'
  >
>

export type AccountPatch = Stored &
  Trouble & {
    review?: string
    verification?: string
    messagingLimit?: string
    status?: string
    payment?: boolean
    primaryLocation?: string
    marketingOnboarding?: string
    authInternational?: JsonObject
    volumeTier?: { category: string; tier: string; region: string }
    partnerCertification?: { status: string; reasons?: string[] }
    webhook?: string
    latencyMs?: Partial<Latency>
    health?: Health
    businessHealth?: Health
  }

export function patchAccount(world: World, patch: AccountPatch): void {
  const { account } = world
  const { review, verification, messagingLimit, status, payment, webhook, latencyMs } = patch
  if (review !== undefined) {
    account.reviewStatus = review
    announce(world, 'account_review_update', { decision: review })
  }
  account.verificationStatus = verification ?? account.verificationStatus
  account.messagingLimit = messagingLimit ?? account.messagingLimit
  if (verification !== undefined || messagingLimit !== undefined) announceLimits(world)
  account.status = status ?? account.status
  account.hasPaymentMethod = payment ?? account.hasPaymentMethod
  announceTerms(world, patch)
  announceTrouble(world, patch)
  store(account, patch)
  Object.assign(account.latencyMs, latencyMs)
  if (webhook !== undefined) {
    account.callback = webhook
    world.outbox.retryNow()
  }
}

/** Verification and limits show in what the business may do. */
export function announceLimits(world: World): void {
  const isVerified = world.account.verificationStatus.toLowerCase() === 'verified'
  announce(world, 'business_capability_update', {
    max_daily_conversations_per_business: world.account.messagingLimit,
    max_phone_numbers_per_business: isVerified ? 20 : 2,
    max_phone_numbers_per_waba: isVerified ? 20 : 2,
  })
}

const stored = [
  'name',
  'businessName',
  'country',
  'currency',
  'timezoneId',
  'ownershipType',
  'onBehalfOf',
  'isSharedWithPartners',
  'purchaseOrderNumber',
  'isMarketingOffOnCloudApi',
  'health',
  'businessHealth',
  'token',
  'appSecret',
  'verifyToken',
  'isTokenExpired',
  'isSubscribed',
  'isEnabledForInsights',
  'hasParentUserIds',
  'closedWindow',
  'templateDecision',
] as const satisfies readonly (keyof Stored)[]

function store(account: Account, patch: Stored): void {
  const given = stored.filter((name) => patch[name] !== undefined)
  Object.assign(account, Object.fromEntries(given.map((name) => [name, patch[name]])))
}

/** Where the business is, what it pays and how far it is with Meta's other products. */
function announceTerms(world: World, patch: AccountPatch): void {
  const { account } = world
  const { primaryLocation, marketingOnboarding, authInternational } = patch
  if (primaryLocation !== undefined) {
    account.primaryLocation = primaryLocation
    tell(world, 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', { country: primaryLocation })
  }
  if (marketingOnboarding !== undefined) {
    account.marketingOnboarding = marketingOnboarding
    if (marketingOnboarding === 'ONBOARDED') {
      const { accountId, businessId } = account
      tell(world, 'MM_LITE_TERMS_SIGNED', {
        waba_info: { waba_id: accountId, owner_business_id: businessId },
      })
    }
  }
  if (authInternational) {
    account.authInternational = authInternational
    tell(world, 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE', {
      auth_international_rate_eligibility: authInternational,
    })
  }
  if (patch.volumeTier) announceTier(world, patch.volumeTier)
  if (patch.partnerCertification) {
    const { status, reasons } = patch.partnerCertification
    tell(world, 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE', {
      partner_client_certification_info: {
        client_business_id: account.businessId,
        status,
        rejection_reasons: reasons ?? ['NONE'],
      },
    })
  }
}

function announceTier(world: World, given: { category: string; tier: string; region: string }) {
  const now = new Date(world.clock.nowMs())
  tell(world, 'VOLUME_BASED_PRICING_TIER_UPDATE', {
    volume_tier_info: {
      tier_update_time: Math.floor(now.getTime() / 1000),
      pricing_category: given.category,
      tier: given.tier,
      effective_month: now.toISOString().slice(0, 7),
      region: given.region,
    },
  })
}

function tell(world: World, event: string, more: JsonObject): void {
  announce(world, 'account_update', { event, ...more })
}
