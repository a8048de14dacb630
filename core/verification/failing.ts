import type { Check } from '../domain/verification.ts'
import type { Subject } from './rows.ts'

/** A short trouble is nobody's business. */
const worthSayingMs = 15 * 60_000

/** The question that WhatsApp has not answered for the longest, when that is worth a word. */
export function failingSince({ number, account, nowMs }: Subject): Check['failing'] {
  const checks = [...Object.values(number.checks ?? {}), ...Object.values(account?.checks ?? {})]
  const failing = checks.flatMap((check) => check.failing ?? [])
  const [longest] = failing.sort((a, b) => a.sinceMs - b.sinceMs)
  return longest === undefined || nowMs - longest.sinceMs < worthSayingMs ? undefined : longest
}
