import type { VerificationOverview } from '../../core/contract/views.ts'
import type { Advice } from '../../core/domain/ledger.ts'
import type { OwnNumber, Role } from '../../core/domain/people.ts'

/** Trouble of one of our numbers that was not there before. */
export type Alarm = { number: OwnNumber; advice: Advice }

/**
 * Tells whoever looks after the numbers of new trouble, once for each time it comes. What is there when the window opens
 * stands in the rail.
 */
export class Alarms {
  #known: ReadonlySet<string> | null = null

  hear(overview: VerificationOverview, role: Role): void {
    const now = troubles(overview)
    const known = this.#known
    this.#known = new Set(now.keys())
    if (known === null || role === 'agent') return
    const fresh = [...now].filter(([key]) => !known.has(key))
    if (fresh.length === 0) return
    void import('./tell-alarm.ts').then(({ tellAlarm }) => {
      for (const [key, alarm] of fresh) tellAlarm(key, alarm)
    })
  }
}

/** What alarms somebody; trouble of an account is said once, with the first of its numbers. */
function troubles({ numbers }: VerificationOverview): Map<string, Alarm> {
  const found = new Map<string, Alarm>()
  for (const { number, advice } of numbers) {
    for (const one of advice) {
      const key = `${one.rule} ${one.about.id}`
      if (one.severity !== 'hint' && !found.has(key)) found.set(key, { number, advice: one })
    }
  }
  return found
}
