/** How the platform behaves beyond what one message does: `GET` and `PATCH /control/settings`. */
export type Settings = {
  /** Null, the default: every update is a call of its own. */
  batching: Batching | null
  /** The version of the webhook fields; below 24 statuses carry `conversation` and numbers their own limit. */
  fieldVersion: number
  /** Older names, and numbers where there is text now: never, always, or now and then. */
  spelling: 'current' | 'legacy' | 'mixed'
  /** How likely each object of a webhook is to have a member nobody knows, from 0 to 1. */
  extraMembers: number
  /** How long a webhook that is not answered 200 is tried again. Meta's pages say 7 days and 36 hours. */
  retryForMs: number
  /** Other apps subscribed to the account: each gets a copy of every webhook. */
  subscribers: Subscriber[]
  /** Whether rates and messaging limits are enforced; off, so that tests and benchmarks may hurry. */
  limits: 'none' | 'real'
  /** What a template fails with that is one person too many for the portfolio's tier; Meta names no code. */
  beyondTierCode: 131048 | 131049
}

/** Updates gathered into one call. @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks */
export type Batching = {
  /** Updates in one call; 1,000 is Meta's own most. */
  atMost: number
  /** How long the first of them waits for company. */
  withinMs: number
  /** How many calls of a number are on their way at once; what is about one customer keeps to one of them. */
  atOnce: number
}

/** Without a secret of its own it has the account's. */
export type Subscriber = { url: string; appSecret?: string }

const dayMs = 86_400_000

export function createSettings(): Settings {
  return {
    batching: null,
    fieldVersion: 25,
    spelling: 'current',
    extraMembers: 0,
    retryForMs: 7 * dayMs,
    subscribers: [],
    limits: 'none',
    beyondTierCode: 131049,
  }
}
