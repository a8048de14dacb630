/** The account's state changes, and Meta's webhooks announce what they announce; the rest is found by asking. */
import type { JsonObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import type { Account, Latency } from '../world/account.ts'
import type { Health } from '../world/number.ts'
import type { World } from '../world/world.ts'

type AccountPatch = {
  review?: string
  verification?: string
  messagingLimit?: string
  payment?: boolean
  health?: Health
  businessHealth?: Health
  ban?: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE'
  violation?: string
  restriction?: { type: string; expiresInMs?: number }
  alert?: { type: string; severity?: string; description?: string }
  webhook?: string
  token?: string
  appSecret?: string
  isTokenExpired?: boolean
  isSubscribed?: boolean
  hasParentUserIds?: boolean
  closedWindow?: 'async' | 'sync'
  templateDecision?: Account['templateDecision']
  latencyMs?: Partial<Latency>
}

export function patchAccount(world: World, patch: AccountPatch): void {
  const { account } = world
  const { review, verification, messagingLimit, payment, ban, latencyMs, webhook } = patch
  if (review !== undefined) {
    account.reviewStatus = review
    announce(world, 'account_review_update', { decision: review })
  }
  if (verification !== undefined) account.verificationStatus = verification
  if (messagingLimit !== undefined) account.messagingLimit = messagingLimit
  if (verification !== undefined || messagingLimit !== undefined) announceLimits(world)
  account.hasPaymentMethod = payment ?? account.hasPaymentMethod
  account.health = patch.health ?? account.health
  account.businessHealth = patch.businessHealth ?? account.businessHealth
  if (ban !== undefined) changeBan(world, ban)
  announceTrouble(world, patch)

  account.token = patch.token ?? account.token
  account.appSecret = patch.appSecret ?? account.appSecret
  account.isTokenExpired = patch.isTokenExpired ?? account.isTokenExpired
  account.isSubscribed = patch.isSubscribed ?? account.isSubscribed
  account.hasParentUserIds = patch.hasParentUserIds ?? account.hasParentUserIds
  account.closedWindow = patch.closedWindow ?? account.closedWindow
  account.templateDecision = patch.templateDecision ?? account.templateDecision
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

function changeBan(world: World, state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE'): void {
  if (state !== 'SCHEDULE_FOR_DISABLE') {
    world.account.status = state === 'DISABLE' ? 'DISABLED' : 'ACTIVE'
  }
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(world.clock.nowMs())
  tell(world, 'DISABLED_UPDATE', { ban_info: { waba_ban_state: state, waba_ban_date: date } })
}

function announceTrouble(world: World, { violation, restriction, alert }: AccountPatch): void {
  if (violation !== undefined) {
    tell(world, 'ACCOUNT_VIOLATION', { violation_info: { violation_type: violation } })
  }
  if (restriction) {
    const untilMs = world.clock.nowMs() + (restriction.expiresInMs ?? 3 * 86_400_000)
    tell(world, 'ACCOUNT_RESTRICTION', {
      restriction_info: [
        { restriction_type: restriction.type, expiration: Math.floor(untilMs / 1000) },
      ],
    })
  }
  if (alert) {
    announce(world, 'account_alerts', {
      entity_type: 'BUSINESS',
      entity_id: world.account.businessId,
      alert_info: {
        alert_severity: alert.severity ?? 'WARNING',
        alert_status: 'ACTIVE',
        alert_type: alert.type,
        alert_description: alert.description ?? alert.type,
      },
    })
  }
}

function tell(world: World, event: string, more: JsonObject): void {
  announce(world, 'account_update', { event, ...more })
}
