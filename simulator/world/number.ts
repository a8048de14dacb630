/** One of the firm's phone numbers, stored under the names the Graph API shows them by. */
export type BusinessNumber = {
  id: string
  display_phone_number: string
  verified_name: string
  name_status: string
  new_display_name?: string
  new_name_status?: string
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
  unified_cert_status: string
  search_visibility: string
  last_onboarded_time: string
  username?: string
  /** What the health check says of the number alone. */
  health: Health
  profile: Profile
  /** Where this number's messages go instead of the account's or the app's address. */
  callback?: Callback
}

export type Health = {
  can_send_message: string
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

/** The number as `wa_id` and webhook metadata write it: digits only. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '')
}
