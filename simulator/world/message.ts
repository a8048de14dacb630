import type { JsonObject } from '../json.ts'
import type { Customer } from './customer.ts'
import type { Template } from './template.ts'

/** Whom a message is for: named by phone or by user id, which decides what the answer and the statuses say. */
export type Recipient =
  { by: 'phone'; input: string; phone: string } | { by: 'user'; input: string; userId: string }

/** A message of the firm's that the platform has accepted. */
export type SentMessage = {
  wamid: string
  numberId: string
  to: Recipient
  /** Nobody, when the phone or user id is no one's. */
  customer?: Customer
  type: string
  /** The request's body. */
  body: JsonObject
  template?: Template
  callbackData?: string
  /** Sent through `marketing_messages`, with Meta optimising the delivery. */
  isMarketingLite?: boolean
  /** Waits for a verdict on its template. */
  isHeld?: boolean
  acceptedAtMs: number
  status: string
}

/** One line of the witness against double sends. */
export type Accepted = {
  wamid: string
  callbackData: string | null
  to: string
  type: string
  acceptedAt: string
}
