import type { JsonObject } from '../json.ts'

/** What a customer says next: a text, or a whole message object as in a webhook. */
export type Line = string | JsonObject

/** How a person takes their time: a little different every time, and longer for longer answers. */
export type Pace = 'quick' | 'usual' | 'slow'

/** A person with a phone. */
export type Customer = {
  /** The control API's name for the person. */
  id: string
  name: string
  /** E.164 without the plus. */
  phone?: string
  userId: string
  parentUserId: string
  username?: string
  locale?: string
  /** Whether the person opens what arrives, with read receipts on. */
  reads: boolean
  /** Without one, reading and answering take the account's latencies. */
  pace?: Pace
  /** Said after every message that arrives. */
  always?: Line
  /** Said one after the other, then silence. */
  lines: Line[]
  /** Whether the firm's portfolio knows the phone; always so for a person without a username. */
  isPhoneKnown: boolean
  /** Changes when the person changes phones (`recipient_identity_key_hash`). */
  identityKeyHash: string
  isBlocking: boolean
  /** The chat with the firm is on their screen: what arrives is read at once, and no delivery is told. */
  isChatOpen: boolean
  isOptedOut: boolean
  /** What arrived on the phone, in order. */
  arrived: Arrived[]
  /** What the person wrote, by id. */
  wrote: Map<string, Written>
  /** By number: when the person last wrote to it. Opens the 24-hour window. */
  lastWroteAtMs: Map<string, number>
  /** Our numbers at which another app has the thread with this person. */
  answeredElsewhere: Set<string>
  /** By number: when the person last came from an ad and was not answered yet. */
  cameFromAdAtMs: Map<string, number>
  /** By number: until when all is free, because they came from an ad. */
  freeUntilMs: Map<string, number>
  /** By number and kind: what statuses call the conversation. */
  conversations: Map<string, { id: string; expiresAtMs: number }>
  /** By number: until when "typing…" is shown. */
  typingUntilMs: Map<string, number>
}

export type Arrived = {
  wamid: string
  numberId: string
  type: string
  /** The message as it was sent. */
  body: JsonObject
  status: string
  receivedAtMs: number
}

export type Written = {
  wamid: string
  numberId: string
  type: string
  timestampMs: number
  /** What was written, kept for the history of a number that is also in the app. */
  body?: JsonObject
  /** When the firm's read receipt came. */
  readAtMs?: number
}
