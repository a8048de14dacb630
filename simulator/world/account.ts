import type { JsonObject } from '../json.ts'
import type { Callback, Health } from './number.ts'

/** How long the platform and its customers take. Milliseconds on the platform's clock. */
export type Latency = {
  sent: number
  delivered: number
  read: number
  reply: number
  /** From a template's submission to the decision on it. */
  review: number
}

export const defaultLatencyMs: Latency = {
  sent: 40,
  delivered: 80,
  read: 250,
  reply: 600,
  review: 1500,
}

/** The business portfolio, its WhatsApp account and the app that is connected to it. */
export type Account = {
  businessId: string
  accountId: string
  appId: string
  token: string
  appSecret: string
  verifyToken: string
  name: string
  businessName: string
  country: string
  currency: string
  timezoneId: string
  createdAtMs: number
  reviewStatus: string
  verificationStatus: string
  status: string
  ownershipType: string
  /** Set when another business acts for this one. */
  onBehalfOf?: { id: string; name: string; status?: string; type?: string }
  isSharedWithPartners: boolean
  purchaseOrderNumber?: string
  /** Where the business mainly is; sets which countries' prices are international. */
  primaryLocation: string
  authInternational?: JsonObject
  messagingLimit: string
  hasPaymentMethod: boolean
  isTokenExpired: boolean
  /** How far the firm is with Meta's marketing messages product. */
  marketingOnboarding: string
  /** Marketing templates may then only go through `marketing_messages`. */
  isMarketingOffOnCloudApi: boolean
  degreesOfFreedom?: JsonObject
  /** What the account may not do at the moment. */
  restrictions: Restriction[]
  /** Of the account alone; payment and the other entities are added when it is asked for. */
  health: Health
  businessHealth: Health
  templateNamespace: string
  isEnabledForInsights: boolean
  /** Where webhooks go that follow no override; absent, they wait. */
  callback?: string
  override?: Callback
  isSubscribed: boolean
  /** The webhook fields the app has subscribed to; all of them while nobody has chosen. */
  fields?: Set<string>
  /** By user id: what each person or system user may do with the account. */
  assignedUsers: Map<string, { name: string; tasks: string[] }>
  templatesCreatedAtMs: number[]
  /** Whether people carry a parent user id beside their own. */
  hasParentUserIds: boolean
  /** How a message outside the 24-hour window is refused: as a failed status, or in the answer itself. */
  closedWindow: 'async' | 'sync'
  templateDecision: { status: 'APPROVED' | 'REJECTED' | 'PENDING'; reason: string }
  latencyMs: Latency
}

export type Restriction = { type: string; untilMs: number }

/** Whether Meta has taken that away from the account for now. */
export function isRestricted(account: Account, type: string, nowMs: number): boolean {
  return account.restrictions.some((one) => one.type === type && nowMs < one.untilMs)
}
