import { textAt, objectAt } from '../json.ts'
import type { Customer, Line } from '../world/customer.ts'
import { stableHex } from '../world/random.ts'
import type { World } from '../world/world.ts'

/** Shortest and longest time until somebody looks, and what a written character takes. Milliseconds. */
const paces = {
  quick: { looks: [2_000, 7_000], perCharacter: 60 },
  usual: { looks: [4_000, 16_000], perCharacter: 90 },
  slow: { looks: [12_000, 40_000], perCharacter: 130 },
} as const
const reachingForThePhoneMs = 2_500
const longestTypingMs = 25_000

/** How long the person takes to look at what arrived last. */
export function lookingMs(world: World, customer: Customer): number {
  if (customer.pace === undefined) return world.account.latencyMs.read
  const [least, most] = paces[customer.pace].looks
  return Math.round(least + (most - least) * chance(world, customer, 'looks'))
}

/** How long the person then takes to answer with that. */
export function typingMs(world: World, customer: Customer, line: Line): number {
  if (customer.pace === undefined) return world.account.latencyMs.reply
  const text = typeof line === 'string' ? line : (textAt(objectAt(line, 'text'), 'body') ?? '')
  const typing = Math.min(longestTypingMs, text.length * paces[customer.pace].perCharacter)
  return Math.round(reachingForThePhoneMs + typing * (0.7 + 0.6 * chance(world, customer, 'types')))
}

/** From 0 to 1, the same for the same seed, person and count of messages. */
function chance(world: World, { id, arrived }: Customer, what: string): number {
  const hex = stableHex(world.seed, `${what} ${id} ${arrived.length}`).slice(0, 8)
  return parseInt(hex, 16) / 2 ** 32
}
