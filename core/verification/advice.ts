/**
 * Everything worth saying about numbers and accounts, in one table: condition, how bad, whose business, until when, and
 * the one thing that helps. The texts are `remedies.<rule>`, `-why` and `-todo`. The server raises alarms of it, the
 * window shows it. @see facts 6 and 7
 */
import type { Advice, AdviceAction } from '../domain/ledger.ts'
import { phrase } from './phrase.ts'
import type { PhraseKey } from '../text/say.ts'
import { accountRules, awayRule } from './account-rules.ts'
import { numberRules } from './number-rules.ts'
import type { Subject } from './rows.ts'
import type { Rule } from './rule.ts'

const severities = ['bad', 'warn', 'hint'] as const

/** The worst first; what is said of the account is said once for each of its numbers. */
const rules: readonly Rule[] = [...accountRules, ...numberRules, awayRule].sort(
  (a, b) => rank(a) - rank(b),
)

function rank({ severity }: Rule): number {
  return severities.indexOf(severity)
}

/** What holds of this number and of its account, the worst first. */
export function adviceFor(subject: Subject): Advice[] {
  const found = rules.flatMap((rule) => {
    const outcome = rule.finds(subject)
    return outcome === undefined ? [] : [adviceOf(rule, subject, outcome)]
  })
  return found.filter(({ rule }) => !found.some((one) => overrules[one.rule]?.includes(rule)))
}

/** What is no news when the other is known. */
const overrules: Readonly<Record<string, readonly string[] | undefined>> = {
  'account-deleted': ['account-disabled', 'ban-coming', 'health-blocked', 'number-banned'],
  'account-disabled': ['ban-coming', 'health-blocked', 'sending-restricted', 'review-rejected'],
  'number-banned': ['health-blocked', 'not-registered'],
  'sending-restricted': ['violation', 'health-blocked'],
  'token-refused': ['away', 'scope-missing', 'token-expiring'],
  'payment-missing': ['health-blocked'],
  'not-registered': ['health-blocked', 'name-waiting'],
  'not-subscribed': ['webhook-silent'],
  'number-flagged': ['quality-fell', 'quality-low'],
  'number-restricted': ['number-flagged', 'quality-fell', 'quality-low'],
  'business-rejected': ['health-limited'],
  'business-more': ['health-limited'],
  'business-open': ['health-limited'],
}

function adviceOf(
  { name, severity, about, who, action }: Rule,
  { number, account }: Subject,
  { values, sinceMs, deadlineMs }: NonNullable<ReturnType<Rule['finds']>>,
): Advice {
  const subject =
    about === 'account' && account !== undefined
      ? { kind: about, id: account.metaId }
      : { kind: 'number' as const, id: number.id }
  return {
    rule: name,
    severity,
    about: subject,
    title: phrase(`remedies.${name}`, values),
    why: phrase(`remedies.${name}-why`, values),
    todo: phrase(`remedies.${name}-todo`, values),
    who,
    deadlineMs: deadlineMs ?? null,
    sinceMs: sinceMs ?? null,
    action: action ?? null,
    actionLabel: action === undefined ? null : phrase(labelOf(action)),
  }
}

function labelOf(action: AdviceAction): PhraseKey {
  switch (action.kind) {
    case 'act':
      return `remedies.action-act-${action.deed}`
    case 'open':
      return `remedies.action-open-${action.screen}`
    case 'link':
      return 'remedies.action-link'
    case 'refresh':
      return 'remedies.action-refresh'
  }
}
