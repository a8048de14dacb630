/** A number's state changes, and Meta's webhooks announce what they announce; the rest is found by asking. */
import { setUsername, takeUsername } from '../graph/number/username.ts'
import type { JsonObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import { digitsOf, type BusinessNumber, type Health } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { announceLimits } from './patch-account.ts'
import { changeName, type NamePatch } from './patch-name.ts'

export type NumberPatch = NamePatch & {
  quality?: string
  messagingLimit?: string
  throughput?: string
  isOfficial?: boolean
  officialStatus?: string
  officialMessage?: string
  status?: string
  codeVerification?: string
  platformType?: string
  accountMode?: string
  testRecipients?: string[]
  isPinEnabled?: boolean
  pinEvent?: string
  isOnBizApp?: boolean
  disconnectedBecause?: string
  isPreverified?: boolean
  isInMaintenance?: boolean
  countryCode?: string
  searchVisibility?: string
  globalSearch?: string
  lastOnboardedTime?: string
  username?: string | null
  usernameStatus?: 'approved' | 'reserved'
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
  changePin(world, number, patch)
  changeUsername(world, number, patch)
  changeMode(world, number, patch)
  changeApp(world, number, patch)
  store(number, patch)
}

/** What is found by asking only. */
function store(number: BusinessNumber, patch: NumberPatch): void {
  number.status = patch.status ?? number.status
  number.code_verification_status = patch.codeVerification ?? number.code_verification_status
  number.platform_type = patch.platformType ?? number.platform_type
  number.is_preverified_number = patch.isPreverified ?? number.is_preverified_number
  number.country_code = patch.countryCode ?? number.country_code
  number.search_visibility = patch.searchVisibility ?? number.search_visibility
  number.eligibility_for_api_business_global_search =
    patch.globalSearch ?? number.eligibility_for_api_business_global_search
  number.last_onboarded_time = patch.lastOnboardedTime ?? number.last_onboarded_time
  number.health = patch.health ?? number.health
  number.state.isInMaintenance = patch.isInMaintenance ?? number.state.isInMaintenance
  number.state.testRecipients = patch.testRecipients?.map(digitsOf) ?? number.state.testRecipients
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

function changeBadge(world: World, number: BusinessNumber, patch: NumberPatch): void {
  const status = patch.officialStatus ?? (patch.isOfficial ? 'APPROVED' : undefined)
  if (patch.isOfficial !== undefined) number.is_official_business_account = patch.isOfficial
  if (status === undefined) return
  const message = patch.officialMessage
  number.official_business_account = {
    oba_status: status,
    ...(message === undefined ? {} : { status_message: message }),
  }
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

/** A PIN that was reset is gone; the next one is chosen by registering. */
function changePin(world: World, number: BusinessNumber, patch: NumberPatch): void {
  const { isPinEnabled, pinEvent } = patch
  if (isPinEnabled !== undefined) number.is_pin_enabled = isPinEnabled
  if (isPinEnabled === false || pinEvent === 'PIN_REQUEST_SUCCESS') {
    number.is_pin_enabled = false
    delete number.state.pin
    number.state.wrongPinsAtMs = []
  }
  const event = pinEvent ?? (isPinEnabled === undefined ? undefined : 'PIN_CHANGED')
  if (event !== undefined) tell(world, number, 'security', { event })
}

function changeUsername(world: World, number: BusinessNumber, patch: NumberPatch): void {
  const { username, usernameStatus } = patch
  if (username === null) return takeUsername(world, number)
  const wanted = username ?? (usernameStatus === undefined ? undefined : number.username)
  if (wanted !== undefined) setUsername(world, number, wanted, usernameStatus ?? 'approved')
}

/** A test number that becomes a real one is announced with its number. */
function changeMode(world: World, number: BusinessNumber, { accountMode }: NumberPatch): void {
  if (accountMode === undefined) return
  const isUpgrade = number.account_mode === 'SANDBOX' && accountMode === 'LIVE'
  number.account_mode = accountMode
  if (!isUpgrade) return
  announce(world, 'account_update', {
    event: 'VERIFIED_ACCOUNT',
    phone_number: digitsOf(number.display_phone_number),
  })
}

/** A number that leaves the phone's app, or that the app leaves. */
function changeApp(world: World, number: BusinessNumber, patch: NumberPatch): void {
  const { isOnBizApp, disconnectedBecause } = patch
  if (isOnBizApp === undefined) return
  const hasLeft = number.is_on_biz_app && !isOnBizApp
  number.is_on_biz_app = isOnBizApp
  if (isOnBizApp) {
    number.last_onboarded_time = new Date(world.clock.nowMs()).toISOString()
    number.state.syncs.clear()
  }
  if (!hasLeft) return
  const { accountId, businessId } = world.account
  announce(world, 'account_update', {
    event: 'PARTNER_REMOVED',
    phone_number: digitsOf(number.display_phone_number),
    waba_info: { waba_id: accountId, owner_business_id: businessId },
    disconnection_info: {
      reason: disconnectedBecause ?? 'ACCOUNT_DISCONNECTED',
      initiated_by: 'USER',
    },
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
