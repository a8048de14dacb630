/** A number's state changes, and Meta's webhooks announce what they announce; the rest is found by asking. */
import type { JsonObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import { digitsOf, type BusinessNumber, type Health } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { announceLimits } from './patch-account.ts'

type NumberPatch = {
  quality?: string
  displayName?: string
  nameStatus?: string
  newDisplayName?: string
  newNameStatus?: string
  rejectionReason?: string
  messagingLimit?: string
  throughput?: string
  isOfficial?: boolean
  officialStatus?: string
  status?: string
  codeVerification?: string
  platformType?: string
  accountMode?: string
  isPinEnabled?: boolean
  isOnBizApp?: boolean
  username?: string | null
  health?: Health
}

export function patchNumber(world: World, number: BusinessNumber, patch: NumberPatch): void {
  changeQuality(world, number, patch.quality)
  changeName(world, number, patch)
  changeBadge(world, number, patch)
  if (patch.messagingLimit !== undefined) {
    world.account.messagingLimit = patch.messagingLimit
    announceLimits(world)
  }
  if (patch.throughput !== undefined && patch.throughput !== number.throughput.level) {
    number.throughput = { level: patch.throughput }
    if (patch.throughput === 'HIGH') tellQuality(world, number, 'THROUGHPUT_UPGRADE')
  }
  if (patch.isPinEnabled !== undefined) {
    number.is_pin_enabled = patch.isPinEnabled
    tell(world, number, 'security', { event: 'PIN_CHANGED' })
  }
  if (patch.username !== undefined) changeUsername(world, number, patch.username)
  number.status = patch.status ?? number.status
  number.code_verification_status = patch.codeVerification ?? number.code_verification_status
  number.platform_type = patch.platformType ?? number.platform_type
  number.account_mode = patch.accountMode ?? number.account_mode
  number.is_on_biz_app = patch.isOnBizApp ?? number.is_on_biz_app
  number.health = patch.health ?? number.health
}

const qualityOrder = ['RED', 'YELLOW', 'UNKNOWN', 'GREEN']

function changeQuality(world: World, number: BusinessNumber, quality: string | undefined): void {
  const before = number.quality_rating
  if (quality === undefined || quality === before) return
  number.quality_rating = quality
  if (quality === 'RED') {
    number.status = 'FLAGGED'
    tellQuality(world, number, 'FLAGGED')
  } else if (before === 'RED') {
    if (number.status === 'FLAGGED') number.status = 'CONNECTED'
    tellQuality(world, number, 'UNFLAGGED')
  } else {
    const isWorse = qualityOrder.indexOf(quality) < qualityOrder.indexOf(before)
    tellQuality(world, number, isWorse ? 'DOWNGRADE' : 'UPGRADE')
  }
}

/** The webhook speaks of a decision; the number itself of a status. */
const decisions: Record<string, string | undefined> = {
  APPROVED: 'APPROVED',
  AVAILABLE_WITHOUT_REVIEW: 'APPROVED',
  DECLINED: 'REJECTED',
  PENDING_REVIEW: 'PENDING',
  DEFERRED: 'DEFERRED',
}

function changeName(world: World, number: BusinessNumber, patch: NumberPatch): void {
  number.verified_name = patch.displayName ?? number.verified_name
  if (patch.newDisplayName !== undefined) {
    number.new_display_name = patch.newDisplayName
    number.new_name_status = 'PENDING_REVIEW'
  }
  const status = patch.newNameStatus ?? patch.nameStatus
  if (status === undefined) return
  const requested = number.new_display_name ?? number.verified_name
  if (number.new_display_name === undefined) {
    number.name_status = status
  } else if (status === 'APPROVED') {
    number.verified_name = number.new_display_name
    number.name_status = 'APPROVED'
    delete number.new_display_name
    delete number.new_name_status
  } else {
    number.new_name_status = status
  }
  const decision = decisions[status]
  if (decision === undefined) return
  tell(world, number, 'phone_number_name_update', {
    decision,
    requested_verified_name: requested,
    rejection_reason:
      decision === 'REJECTED' ? (patch.rejectionReason ?? 'NAME_FORMAT_UNACCEPTABLE') : null,
  })
}

function changeBadge(world: World, number: BusinessNumber, patch: NumberPatch): void {
  const status = patch.officialStatus ?? (patch.isOfficial ? 'APPROVED' : undefined)
  if (patch.isOfficial !== undefined) number.is_official_business_account = patch.isOfficial
  if (status === undefined) return
  number.official_business_account = { oba_status: status }
  number.is_official_business_account = status === 'APPROVED'
  if (status !== 'APPROVED' && status !== 'REJECTED') return
  announce(world, 'account_alerts', {
    entity_type: 'PHONE_NUMBER',
    entity_id: number.id,
    alert_info: {
      alert_severity: 'INFORMATIONAL',
      alert_status: 'ACTIVE',
      alert_type: `OBA_${status}`,
      alert_description: `The official business account request was ${status.toLowerCase()}.`,
    },
  })
}

function changeUsername(world: World, number: BusinessNumber, username: string | null): void {
  if (username === null) delete number.username
  else number.username = username
  tell(world, number, 'business_username_updates', {
    ...(username === null ? { status: 'deleted' } : { username, status: 'approved' }),
  })
}

function tellQuality(world: World, number: BusinessNumber, event: string): void {
  tell(world, number, 'phone_number_quality_update', {
    event,
    max_daily_conversations_per_business: world.account.messagingLimit,
  })
}

function tell(world: World, number: BusinessNumber, field: string, value: JsonObject): void {
  announce(world, field, {
    display_phone_number: digitsOf(number.display_phone_number),
    ...value,
  })
}
