import type { Advice, NumberView } from '../../core/domain/ledger.ts'
import { readViews } from '../numbers/read.ts'
import type { Database } from '../store/database.ts'
import type { Alerts, Wrong } from './alerts.ts'

type Parts = { db: Database; alerts: Alerts; nowMs: () => number }

/** These have an alarm of their own. */
const toldElsewhere: ReadonlySet<string> = new Set(['webhook-silent'])

/** Raises `verification` for every advice that cannot wait, once for each number or account and rule. */
export async function watchVerification({ db, alerts, nowMs }: Parts): Promise<void> {
  const found = await readViews(db, nowMs())
  const wrong = new Map<string, Wrong>()
  for (const advice of found.flatMap(({ view }) => view.advice)) {
    if (advice.severity === 'hint' || toldElsewhere.has(advice.rule)) continue
    const subject = subjectOf(advice)
    const details = { rule: advice.rule, severity: advice.severity, for: advice.who }
    wrong.set(subject, { subject, details })
  }
  await alerts.settle('verification', [...wrong.values()])
}

function subjectOf({ about: { kind, id }, rule }: Advice): string {
  return `${kind} ${id} ${rule}`
}

/** What such an alarm is about, from its subject. */
export function verificationSubject(
  subject: string,
): { kind: 'number' | 'account'; id: string; rule: string } | undefined {
  const [kind, id, rule] = subject.split(' ')
  if ((kind !== 'number' && kind !== 'account') || id === undefined || rule === undefined) {
    return undefined
  }
  return { kind, id, rule }
}

/** The advice that an alarm was raised for, and the number that shows it; undefined when it holds no longer. */
export async function adviceOf(
  db: Database,
  nowMs: number,
  alarm: { kind: string; subject: string },
): Promise<{ advice: Advice; view: NumberView } | undefined> {
  const wanted =
    alarm.kind === 'webhook-silent' ? `number ${alarm.subject} webhook-silent` : alarm.subject
  for (const { view } of await readViews(db, nowMs)) {
    const advice = view.advice.find((one) => subjectOf(one) === wanted)
    if (advice !== undefined) return { advice, view }
  }
  return undefined
}
