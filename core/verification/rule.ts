import type { remedies } from '../text/de/remedies.ts'
import type { Advice, AdviceAction } from '../domain/ledger.ts'
import type { PhraseValue } from '../domain/phrase.ts'
import type { Subject } from './rows.ts'

/** A rule has three texts: what is so, why (`-why`) and what to do (`-todo`). */
type Named = {
  [K in keyof typeof remedies]: `${K}-why` extends keyof typeof remedies ? K : never
}[keyof typeof remedies]
export type RuleName = Named

/** What a rule found: the values of its texts, and its times. */
export type Found = {
  values?: Record<string, PhraseValue>
  sinceMs?: number | undefined
  deadlineMs?: number | undefined
}

export type Rule = {
  name: RuleName
  severity: Advice['severity']
  about: Advice['about']['kind']
  who: Advice['who']
  action?: AdviceAction
  /** Undefined when the rule says nothing of this number. */
  finds(subject: Subject): Found | undefined
}

/** What a rule found when `holds`, and nothing otherwise. */
export function when(holds: boolean, found: Found = {}): Found | undefined {
  return holds ? found : undefined
}

/** Pages of Meta's on which administrators do what no interface does. */
export const meta = {
  support: { kind: 'link', url: 'https://business.facebook.com/business-support-home' },
  security: { kind: 'link', url: 'https://business.facebook.com/settings/security' },
  billing: { kind: 'link', url: 'https://business.facebook.com/billing_hub/payment_settings' },
  users: { kind: 'link', url: 'https://business.facebook.com/settings/system-users' },
  manager: { kind: 'link', url: 'https://business.facebook.com/wa/manage/phone-numbers' },
} as const satisfies Record<string, AdviceAction>
