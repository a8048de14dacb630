import type { PersonWish } from '../../world/person.ts'
import type { FilmName, PdfName, PhotoName, StickerName } from './files.ts'

/** One person's whole story with the firm. */
export type Conversation = {
  /**
   * `repliesWith` is what the person answers to the agents, one line after each message of theirs. A line may be a
   * whole message; a reaction or an empty `context` in it is about the message that is answered.
   */
  person: PersonWish
  /** Which of our numbers they write with. */
  with: 'service' | 'parts'
  /** Days ago: brought over as history when the firm connected its numbers. Oldest first, like all lines. */
  past: (Line & (WorkingDay | Saturday))[]
  /** Since yesterday: what they wrote comes as messages, what the firm answered from its phone as echoes. */
  today: (Line & Recent)[]
  /** Written while somebody watches, whatever was answered by then: a few messages in a row each time. */
  live?: TheirLine[][]
}

/** `day` counts working days back, 2 at least; `at` is the time in Hamburg. */
type WorkingDay = { day: number; at: string }
/** 1 is the last Saturday that is at least two days back, 2 the one before. */
type Saturday = { saturday: number; at: string }
type Recent = { minutesAgo: number }

type Theirs = { they: string; we?: never }
type Ours = { we: string; they?: never }
export type TheirLine = Theirs & Rest

/** Who said what: a text, the caption of a file, or an emoji. What else it is, one of the members below says. */
export type Line = (Theirs | Ours) & Rest

type Rest = {
  /** A name by which another line quotes this one, reacts to it, changes it or takes it back. */
  id?: string
  quotes?: string
  /** Of a live line: stays unsaid once somebody has answered. */
  unlessAnswered?: true
  /** Quotes a message that WhatsApp did not bring over. */
  quotesLost?: true
  isForwarded?: true
  /** The first message after a click on an advertisement. */
  ad?: Advertisement

  photo?: PhotoName
  pdf?: PdfName
  film?: FilmName
  sticker?: StickerName
  /** Seconds of a voice note, or of a sound file. */
  voice?: number
  sound?: number
  place?: Place
  card?: Card
  order?: Article[]
  /** The answer to buttons or a list of ours; the text is the chosen one. A template's buttons are `press`. */
  picks?: { from: 'buttons' | 'list' | 'template'; more?: string }
  /** The answers of a form, by question. */
  form?: Record<string, string>
  /** One of ours, with its values; the text is the template's with the values in it. */
  template?: { name: string; language: string; values: string[] }
  /** Something the platform does not hand over. */
  isPoll?: true

  /** The text is then an emoji; none takes the reaction back. */
  reactsTo?: string
  /** The text takes the place of that line's. */
  changes?: string
  takesBack?: string

  /** A call of so many seconds. */
  calls?: number
  /** From now on the person has this phone number. */
  movesTo?: string
  /** The person wants no marketing messages any more. */
  stopsMarketing?: true
}

export type Advertisement = { headline: string; body: string; url: string }
export type Place = { latitude: number; longitude: number; name?: string; address?: string }
export type Card = { name: string; company?: string; phone: string; email?: string }
export type Article = { name: string; quantity: number; price: number }
