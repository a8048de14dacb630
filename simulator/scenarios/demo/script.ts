import type { PersonWish } from '../../world/person.ts'

/** One person's whole story with the firm. */
export type Conversation = {
  /** `repliesWith` is what the person answers to the agents, one line after each message of theirs. */
  person: PersonWish
  /** Which of our numbers they write with. */
  with: 'service' | 'parts'
  /** Days ago: brought over as history when the firm connected its numbers. */
  past: (Line & WorkingDay)[]
  /** The last hours: what they wrote comes as messages, what the firm answered from its phone as echoes. */
  today: (Line & Recent)[]
}

/** `day` counts working days back, 2 at least; `at` is the time in Hamburg. */
type WorkingDay = { day: number; at: string }
type Recent = { minutesAgo: number }

/** Who said what: a text, or the caption of a picture or document. */
export type Line = Said & {
  /** A name by which another line quotes this one or reacts to it. */
  id?: string
  quotes?: string
  photo?: PhotoName
  pdf?: PdfName
  /** The text is then an emoji. */
  reactsTo?: string
}
type Said = { they: string; we?: never } | { we: string; they?: never }

export type PhotoName = 'dentedParcel' | 'typePlate'
export type PdfName = 'orderConfirmation' | 'invoice'
