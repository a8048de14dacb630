import type { JsonObject } from '../json.ts'

/** One of the firm's phone numbers, stored under the names the Graph API shows them by. */
export type BusinessNumber = {
  id: string
  display_phone_number: string
  verified_name: string
  name_status: string
  new_display_name?: string
  new_name_status?: string
  /** What the approved name is proven with; a new one counts after the next `register`. */
  certificate?: string
  new_certificate?: string
  quality_rating: string
  code_verification_status: string
  is_official_business_account: boolean
  official_business_account: { oba_status: string; status_message?: string }
  is_pin_enabled: boolean
  is_on_biz_app: boolean
  is_preverified_number: boolean
  account_mode: string
  platform_type: string
  status: string
  throughput: { level: string }
  country_code: string
  country_dial_code: string
  search_visibility: string
  eligibility_for_api_business_global_search: string
  last_onboarded_time: string
  username?: string
  conversational_automation?: Automation
  /** What the health check says of the number alone. */
  health: Health
  profile: Profile
  /** Where this number's messages go instead of the account's or the app's address. */
  callback?: Callback
  state: NumberState
}

/** What the platform knows of a number and never shows as a field of it. */
export type NumberState = {
  /** The two-step PIN; whoever has set none yet chooses it by registering. */
  pin?: string
  wrongPinsAtMs: number[]
  /** The code on its way by SMS or voice. */
  code?: { digits: string; expiresAtMs: number }
  codesAtMs: number[]
  wrongCodesAtMs: number[]
  /** Every register and deregister: ten in 72 hours are allowed. */
  registrationsAtMs: number[]
  deregisteredAtMs?: number
  /** Whom the firm blocked, by customer id, as they were named then. */
  blocked: Map<string, BlockedUser>
  /** Short links with their QR codes, by code. */
  links: Map<string, ShortLink>
  settings: JsonObject
  usernameStatus?: 'approved' | 'reserved'
  /** Being moved to faster machines: for a moment nothing can be sent. */
  isInMaintenance: boolean
  /** Whom a test number (`account_mode` SANDBOX) may write to, digits only. */
  testRecipients: string[]
  /** What `smb_app_data` has been asked for since the number was onboarded. */
  syncs: Set<string>
}

export type BlockedUser = { input: string; wa_id?: string; user_id?: string }
export type ShortLink = { code: string; prefilled_message: string; deep_link_url: string }
export type Automation = {
  id: string
  enable_welcome_message: boolean
  prompts: string[]
  commands: { command_name: string; command_description: string }[]
}

export type Health = {
  can_send_message: string
  can_receive_call_sip?: string
  additional_info?: string[]
  errors?: HealthError[]
}
export type HealthError = {
  error_code: number
  error_description: string
  possible_solution: string
}

/** Another address for message webhooks, and the token its handshake was made with. */
export type Callback = { url: string; verifyToken: string }

/** The business profile. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles */
export type Profile = {
  about?: string
  address?: string
  description?: string
  email?: string
  profile_picture_url?: string
  websites?: string[]
  vertical?: string
}

export function newNumberState(pin?: string): NumberState {
  return {
    ...(pin === undefined ? {} : { pin }),
    wrongPinsAtMs: [],
    codesAtMs: [],
    wrongCodesAtMs: [],
    registrationsAtMs: [],
    blocked: new Map(),
    links: new Map(),
    settings: {},
    isInMaintenance: false,
    testRecipients: [],
    syncs: new Set(),
  }
}

/** The number as `wa_id` and webhook metadata write it: digits only. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '')
}
