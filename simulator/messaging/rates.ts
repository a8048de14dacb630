/**
 * How fast the firm may write and how many it may write to first. Kept only where `limits` is `real`.
 * @see https://developers.facebook.com/docs/whatsapp/messaging-limits
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
import type { Customer } from '../world/customer.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { isWindowOpen } from './window.ts'

/** One message in six seconds to one person; up to 45 at once, borrowed from what comes later. */
const pair = { everyMs: 6000, burst: 45 }
const perSecond = { usual: 80, high: 1000, inApp: 20 }
const dayMs = 86_400_000

/** Whom the portfolio may write to first within a day. */
const tiers: Record<string, number | undefined> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1000,
  TIER_2K: 2000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
}

/** What was written of late, as far as limits look back. */
export class Rates {
  /** By lane of traffic: when it would be empty again at its own pace. */
  readonly #emptyAtMs = new Map<string, number>()
  /** By customer: when the portfolio last wrote to them outside a window. */
  readonly #firstWritten = new Map<string, number>()

  /** Counts one. @returns whether it goes beyond the burst; it is not counted then, unless it cannot be refused */
  exceeds(lane: string, nowMs: number, everyMs: number, burst: number, isForced = false): boolean {
    const emptyAtMs = Math.max(nowMs, this.#emptyAtMs.get(lane) ?? 0)
    const isTooMuch = emptyAtMs - nowMs > (burst - 1) * everyMs
    if (!isTooMuch || isForced) this.#emptyAtMs.set(lane, emptyAtMs + everyMs)
    return isTooMuch
  }

  /** @returns whether so many others were written to within a day that this one is too many */
  exceedsTier(customerId: string, nowMs: number, tier: number): boolean {
    for (const [id, atMs] of this.#firstWritten)
      if (atMs <= nowMs - dayMs) this.#firstWritten.delete(id)
    if (!this.#firstWritten.has(customerId) && this.#firstWritten.size >= tier) return true
    this.#firstWritten.set(customerId, nowMs)
    return false
  }
}

/** The code a send is refused with when it is too much for the number or for the person. */
export function rateFault(
  world: World,
  number: BusinessNumber,
  recipient: string,
): 130429 | 131056 | undefined {
  if (world.settings.limits === 'none') return undefined
  const nowMs = world.clock.nowMs()
  if (world.rates.exceeds(number.id, nowMs, ...paceOf(number))) return 130429
  const lane = `${number.id} ${recipient}`
  return world.rates.exceeds(lane, nowMs, pair.everyMs, pair.burst) ? 131056 : undefined
}

/** What comes in counts too, and is never refused. */
export function countIncoming(world: World, number: BusinessNumber): void {
  if (world.settings.limits === 'none') return
  world.rates.exceeds(number.id, world.clock.nowMs(), ...paceOf(number), true)
}

/** Whether a template is the portfolio's first word of the day to one person too many. */
export function isBeyondTier(world: World, customer: Customer, numberId: string): boolean {
  const tier = tiers[world.account.messagingLimit]
  if (world.settings.limits === 'none' || tier === undefined) return false
  const nowMs = world.clock.nowMs()
  if (isWindowOpen(customer, numberId, nowMs)) return false
  return world.rates.exceedsTier(customer.id, nowMs, tier)
}

function paceOf(number: BusinessNumber): [everyMs: number, burst: number] {
  const most = number.is_on_biz_app
    ? perSecond.inApp
    : number.throughput.level === 'HIGH'
      ? perSecond.high
      : perSecond.usual
  return [1000 / most, most]
}
