import type { Customer, Line, Pace } from './customer.ts'
import { digitsOf } from './number.ts'
import { stableDigits, stableHex } from './random.ts'
import type { World } from './world.ts'

export type PersonWish = {
  name: string
  phone?: string
  userId?: string
  username?: string
  locale?: string
  reads?: boolean
  /** The chat is on their screen all the time. */
  chatOpen?: boolean
  /** One line is said after every message that arrives; several are said once each. */
  repliesWith?: Line | Line[]
  /** Only for a person with a username and a phone: whether the firm knows the phone. */
  phoneKnown?: boolean
  /** Absent, the person takes what the account's latencies say, to the millisecond. */
  pace?: Pace
}

/**
 * A new person. Who they are to this portfolio follows from their phone or username, so the same
 * person has the same user id in every run of the same seed, and two people never share one.
 */
export function aCustomer(world: World, wish: PersonWish): Customer {
  const username = wish.username?.replace(/^@/, '')
  const phone = wish.phone === undefined ? undefined : digitsOf(wish.phone)
  const number = phone ?? (username === undefined ? madeUpPhone(world) : undefined)
  const self = number ?? username ?? wish.name
  const lines = wish.repliesWith
  return {
    id: world.customers.nextId(),
    name: wish.name,
    ...(number === undefined ? {} : { phone: number }),
    userId: wish.userId ?? `${countryOf(number, wish.locale)}.${userDigits(world, self)}`,
    parentUserId: `${countryOf(number, wish.locale)}.ENT.${userDigits(world, `parent ${self}`)}`,
    ...(username === undefined ? {} : { username }),
    ...(wish.locale === undefined ? {} : { locale: wish.locale }),
    reads: wish.reads ?? false,
    ...(lines === undefined || Array.isArray(lines) ? {} : { always: lines }),
    lines: Array.isArray(lines) ? [...lines] : [],
    ...(wish.pace === undefined ? {} : { pace: wish.pace }),
    isPhoneKnown: wish.phoneKnown ?? number !== undefined,
    identityKeyHash: stableHex(world.seed, `identity ${self}`).slice(0, 44),
    isBlocking: false,
    isChatOpen: wish.chatOpen ?? false,
    isOptedOut: false,
    arrived: [],
    wrote: new Map(),
    lastWroteAtMs: new Map(),
    answeredElsewhere: new Set(),
    cameFromAdAtMs: new Map(),
    freeUntilMs: new Map(),
    conversations: new Map(),
    typingUntilMs: new Map(),
  }
}

function userDigits(world: World, self: string): string {
  return stableDigits(world.seed, `user ${world.account.businessId} ${self}`, 20)
}

/** A German mobile number nobody has, different in every run. */
function madeUpPhone(world: World): string {
  return `49151${world.ids.object().slice(-8)}`
}

const countries: [prefix: string, country: string][] = [
  ['49', 'DE'],
  ['43', 'AT'],
  ['41', 'CH'],
  ['44', 'GB'],
  ['48', 'PL'],
  ['31', 'NL'],
  ['33', 'FR'],
  ['353', 'IE'],
  ['1', 'US'],
]

/** The only hint to a country that a person without a shown phone gives. */
function countryOf(phone: string | undefined, locale: string | undefined): string {
  const fromPhone = countries.find(([prefix]) => phone?.startsWith(prefix))?.[1]
  const fromLocale = /[-_]([A-Z]{2})$/.exec(locale ?? '')?.[1]
  return fromPhone ?? fromLocale ?? 'DE'
}
