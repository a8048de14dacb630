import { randomBytes } from 'node:crypto'
import { defaultLatencyMs, type Account, type Latency } from './account.ts'
import { digitsOf, newNumberState, type BusinessNumber, type Profile } from './number.ts'
import { stableDigits, stableHex } from './random.ts'
import type { Template } from './template.ts'

export type FirmSettings = {
  appSecret?: string
  verifyToken?: string
  webhook?: string
  latencyMs?: Partial<Latency>
}

/** Nordwerk, the firm on the desk. Its ids and its token are the same for the same seed. */
export function createAccount(seed: number, nowMs: number, settings: FirmSettings): Account {
  return {
    businessId: stableDigits(seed, 'business', 15),
    accountId: stableDigits(seed, 'account', 15),
    appId: stableDigits(seed, 'app', 15),
    token: `EAAG${stableHex(seed, 'token')}${stableHex(seed, 'token, second half')}`,
    appSecret: settings.appSecret ?? randomBytes(16).toString('hex'),
    verifyToken: settings.verifyToken ?? randomBytes(12).toString('hex'),
    name: 'Nordwerk',
    businessName: 'Nordwerk GmbH',
    country: 'DE',
    currency: 'EUR',
    timezoneId: '42', // Europe/Berlin in Graph's own numbering
    createdAtMs: nowMs - 400 * 86_400_000,
    reviewStatus: 'APPROVED',
    verificationStatus: 'verified',
    status: 'ACTIVE',
    ownershipType: 'SELF',
    isSharedWithPartners: false,
    primaryLocation: 'DE',
    messagingLimit: 'TIER_2K',
    hasPaymentMethod: true,
    isTokenExpired: false,
    marketingOnboarding: 'ELIGIBLE',
    isMarketingOffOnCloudApi: false,
    restrictions: [],
    health: { can_send_message: 'AVAILABLE' },
    businessHealth: { can_send_message: 'AVAILABLE' },
    templateNamespace: stableHex(seed, 'namespace').slice(0, 32),
    isEnabledForInsights: false,
    ...(settings.webhook === undefined ? {} : { callback: settings.webhook }),
    isSubscribed: true,
    assignedUsers: new Map(),
    templatesCreatedAtMs: [],
    hasParentUserIds: false,
    closedWindow: 'async',
    templateDecision: { status: 'APPROVED', reason: 'NONE' },
    latencyMs: { ...defaultLatencyMs, ...settings.latencyMs },
  }
}

export function createNumbers(seed: number, nowMs: number): BusinessNumber[] {
  return [
    aNumber(seed, nowMs, '+49 40 3006 8810', 'Nordwerk Kundenservice', {
      about: 'Kundenservice Montag bis Freitag, 8 bis 18 Uhr',
      description: 'Pumpen, Kompressoren und Heiztechnik für Betriebe und Haushalte.',
      email: 'service@nordwerk.example',
      websites: ['https://nordwerk.example/'],
    }),
    aNumber(seed, nowMs, '+49 40 3006 8820', 'Nordwerk Ersatzteile', {
      about: 'Ersatzteile und Reparaturen',
      description: 'Ersatzteile für alle Nordwerk-Geräte ab Baujahr 1998.',
      email: 'teile@nordwerk.example',
      websites: ['https://nordwerk.example/teile'],
    }),
  ]
}

function aNumber(
  seed: number,
  nowMs: number,
  display: string,
  name: string,
  profile: Profile,
): BusinessNumber {
  return {
    id: stableDigits(seed, `number ${digitsOf(display)}`, 15),
    display_phone_number: display,
    verified_name: name,
    name_status: 'APPROVED',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    is_official_business_account: false,
    official_business_account: { oba_status: 'NOT_STARTED' },
    is_pin_enabled: true,
    is_on_biz_app: false,
    is_preverified_number: false,
    account_mode: 'LIVE',
    platform_type: 'CLOUD_API',
    status: 'CONNECTED',
    throughput: { level: 'STANDARD' },
    country_code: 'DE',
    country_dial_code: '49',
    search_visibility: 'VISIBLE',
    eligibility_for_api_business_global_search: 'NON_ELIGIBLE_UNDEFINED_COUNTRY',
    last_onboarded_time: new Date(nowMs - 400 * 86_400_000).toISOString(),
    health: { can_send_message: 'AVAILABLE' },
    profile: { address: 'Ausschläger Weg 41, 20537 Hamburg', vertical: 'RETAIL', ...profile },
    state: newNumberState(stableDigits(seed, `pin ${digitsOf(display)}`, 6)),
  }
}

/** The template every new WhatsApp account comes with. */
export function createTemplates(seed: number, nowMs: number): Template[] {
  return [
    {
      id: stableDigits(seed, 'template hello_world', 15),
      name: 'hello_world',
      language: 'en_US',
      status: 'APPROVED',
      category: 'UTILITY',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
        {
          type: 'BODY',
          text: 'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification from the Cloud API, hosted by Meta. Thank you for taking the time to test with us.',
        },
        { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
      ],
      parameter_format: 'POSITIONAL',
      quality_score: { score: 'UNKNOWN', date: Math.floor(nowMs / 1000) },
      rejected_reason: 'NONE',
      last_updated_time: new Date(nowMs - 400 * 86_400_000).toISOString(),
    },
  ]
}
