/**
 * What WhatsApp charges for messages, as far as its delivery reports and a list of rates tell. An estimate at list
 * price, before volume tiers and taxes; WhatsApp's invoice is another thing. @see facts 10
 */
import type { Price } from '../domain/message.ts'
import { cardAt, rateOf, type RateName, type Rates } from './rates.ts'
import { monthOf, spanOfMonth, startOf, type Span } from './zoned.ts'

/** One message that reached its contact. */
export type Delivered = {
  numberId: string
  /** Of the contact's number or user id, ISO 3166; null when neither tells. */
  country: string | null
  deliveredAtMs: number
  /** The template's category, for when no report said one; undefined for a free-form message. */
  templateCategory: string | undefined
  /** What WhatsApp's reports said. */
  price: Price | undefined
}

/** All messages of one kind from one number to one country. `messages` is the sum of the three after it. */
export type CostLine = {
  numberId: string
  country: string | null
  /** WhatsApp's word, in lower case with underscores. */
  category: string
  messages: number
  free: number
  billed: number
  /** The rates say nothing of these. */
  unpriced: number
  amountMicros: number
  /** What all of them would cost if none were free. */
  listMicros: number
}

/** Since then free-form messages and utility templates inside the reply window are charged. @see facts 10.1 */
const serviceBilledFrom = '2026-10-01'

/** Adds up delivered messages, which have to come in the order of their delivery: the first of a month are free. */
export class CostTally {
  readonly #rates: Rates
  readonly #fromMs: number
  readonly #serviceFromMs: number
  readonly #lines = new Map<string, CostLine>()
  /** Free-form messages delivered so far in the month they are about, by number. */
  readonly #service = new Map<string, number>()
  #month: Span = { fromMs: 0, toMs: 0 }

  /** @param fromMs what was delivered before only counts towards the free messages of its month */
  constructor(rates: Rates, fromMs: number) {
    this.#rates = rates
    this.#fromMs = fromMs
    this.#serviceFromMs = startOf(serviceBilledFrom, rates.timeZone)
  }

  add(message: Delivered): void {
    this.#turnMonth(message.deliveredAtMs)
    const category = categoryOf(message)
    const charge = this.#charge(message, category)
    if (message.deliveredAtMs < this.#fromMs) return
    const line = this.#line(message, category)
    line.messages += 1
    line.listMicros += charge.listMicros ?? 0
    if (charge.isFree) line.free += 1
    else if (charge.listMicros === undefined) line.unpriced += 1
    else {
      line.billed += 1
      line.amountMicros += charge.listMicros
    }
  }

  /** The dearest first. */
  lines(): CostLine[] {
    return [...this.#lines.values()].sort(
      (a, b) => b.amountMicros - a.amountMicros || b.messages - a.messages,
    )
  }

  #charge(message: Delivered, category: string): { isFree: boolean; listMicros?: number } {
    const { price, country, deliveredAtMs, numberId } = message
    if (price?.type === 'free_entry_point' || category === 'referral_conversion') {
      return { isFree: true }
    }
    const isService = rateNames[category] === 'service'
    const count = isService ? this.#count(numberId) : 0
    const card = cardAt(this.#rates, deliveredAtMs)
    const isBeforeService = deliveredAtMs < this.#serviceFromMs
    const isFree =
      price?.billable === false ||
      (isService && (isBeforeService || (card !== undefined && count <= card.freeServiceMessages)))
    const rate = rateNames[category]
    const listed =
      card === undefined || rate === undefined ? undefined : rateOf(card, country, rate)
    const listMicros = ownAmount(price, this.#rates.currency) ?? listed
    return listMicros === undefined ? { isFree } : { isFree, listMicros }
  }

  #count(numberId: string): number {
    const count = (this.#service.get(numberId) ?? 0) + 1
    this.#service.set(numberId, count)
    return count
  }

  #turnMonth(atMs: number): void {
    if (atMs >= this.#month.fromMs && atMs < this.#month.toMs) return
    const { timeZone } = this.#rates
    this.#month = spanOfMonth(monthOf(atMs, timeZone), timeZone)
    this.#service.clear()
  }

  #line({ numberId, country }: Delivered, category: string): CostLine {
    const key = `${numberId} ${country ?? ''} ${category}`
    const known = this.#lines.get(key)
    if (known !== undefined) return known
    const counts = { messages: 0, free: 0, billed: 0, unpriced: 0, amountMicros: 0, listMicros: 0 }
    const made = { numberId, country, category, ...counts }
    this.#lines.set(key, made)
    return made
  }
}

/** Less than a day of a month says nothing of the rest. */
const shortestMs = 24 * 60 * 60_000

/**
 * What the whole month will cost if it goes on as it began: the messages of its days so far, spread evenly, with each
 * number's free messages taken off once.
 *
 * @param lines of the month from its first moment to `nowMs`
 * @returns micro-units; null within the month's first day
 */
export function forecastMonth(
  lines: readonly CostLine[],
  { fromMs, toMs }: Span,
  nowMs: number,
  freeServiceMessages: number,
): number | null {
  const elapsedMs = Math.min(nowMs, toMs) - fromMs
  if (elapsedMs < shortestMs) return null
  const growth = (toMs - fromMs) / elapsedMs
  const isService = ({ category }: CostLine) => rateNames[category] === 'service'
  const others = lines.filter((line) => !isService(line))
  const service = byNumber(lines.filter(isService))
  const micros =
    sum(others, ({ amountMicros }) => amountMicros) * growth +
    sum(service, (ofNumber) => {
      const messages = sum(ofNumber, (line) => line.messages)
      const listMicros = sum(ofNumber, (line) => line.listMicros)
      return (Math.max(0, messages * growth - freeServiceMessages) * listMicros) / messages
    })
  return Math.round(micros)
}

/** Which parts of a budget, in per cent, are used up. */
export function thresholdsReached(
  amountMicros: number,
  budget: { amountMicros: number; thresholds: readonly number[] },
): number[] {
  return budget.thresholds.filter((percent) => amountMicros * 100 >= budget.amountMicros * percent)
}

/** Which rate a category is charged at; one that is not here has none we know. */
const rateNames: Record<string, RateName | undefined> = {
  marketing: 'marketing',
  marketing_lite: 'marketing',
  group_marketing: 'marketing',
  utility: 'utility',
  group_utility: 'utility',
  authentication: 'authentication',
  authentication_international: 'authentication_international',
  service: 'service',
  group_service: 'service',
}

function categoryOf({ price, templateCategory }: Delivered): string {
  return (price?.category ?? templateCategory ?? 'service').toLowerCase().replaceAll('-', '_')
}

/** WhatsApp says an amount of its own only for marketing with a highest price. */
function ownAmount(price: Price | undefined, currency: string): number | undefined {
  return price?.currency === currency ? price.amountMicros : undefined
}

function byNumber(lines: readonly CostLine[]): CostLine[][] {
  const numbers = [...new Set(lines.map(({ numberId }) => numberId))]
  return numbers.map((id) => lines.filter(({ numberId }) => numberId === id))
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0)
}
