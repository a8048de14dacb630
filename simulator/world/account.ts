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
  messagingLimit: string
  hasPaymentMethod: boolean
  isTokenExpired: boolean
  /** Of the account alone; payment and the other entities are added when it is asked for. */
  health: Health
  businessHealth: Health
  templateNamespace: string
  isEnabledForInsights: boolean
  /** Where webhooks go that follow no override; absent, they wait. */
  callback?: string
  override?: Callback
  isSubscribed: boolean
  /** Whether people carry a parent user id beside their own. */
  hasParentUserIds: boolean
  /** How a message outside the 24-hour window is refused: as a failed status, or in the answer itself. */
  closedWindow: 'async' | 'sync'
  templateDecision: { status: 'APPROVED' | 'REJECTED' | 'PENDING'; reason: string }
  latencyMs: Latency
}
