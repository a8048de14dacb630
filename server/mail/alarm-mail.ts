import type { Advice, NumberView } from '../../core/domain/ledger.ts'
import { say } from '../../core/text/say.ts'
import { letterFor } from '../../core/verification/letter.ts'
import type { AlertChange } from '../alerts/alerts.ts'
import { adviceOf } from '../alerts/watch-verification.ts'
import type { Database } from '../store/database.ts'
import type { Post } from './post.ts'

export type AlarmMailOptions = {
  db: Database
  nowMs: () => number
  post: Pick<Post, 'send'>
  /** Where the console is. */
  publicUrl: string
  /** The firm's: colleagues choose theirs at their own machine, which the server does not know. */
  language: 'de' | 'en'
}

const mailed: ReadonlySet<string> = new Set(['verification', 'webhook-silent'])

/**
 * Writes to whoever can do something about an alarm about a number or account: all supervisors and administrators when
 * it is bad, else those it is for. Once for each alarm; that it is over is told by no mail.
 */
export async function mailAlarm(options: AlarmMailOptions, change: AlertChange): Promise<void> {
  if (!change.isRaised || !mailed.has(change.kind)) return
  const { db, nowMs, post, publicUrl, language } = options
  const found = await adviceOf(db, nowMs(), change)
  if (found === undefined) return
  const { advice, view } = found
  const { subject, lines } = letterFor(advice, nameOf(advice, view), publicUrl)
  const text = `${lines.map((line) => say(line, { language })).join('\n\n')}\n`
  for (const to of await recipients(db, advice)) {
    post.send({ to, subject: say(subject, { language }), text })
  }
}

function nameOf({ about }: Advice, { number, account }: NumberView): string {
  if (about.kind === 'account') return account?.name ?? about.id
  const { name, displayPhone, phoneNumberId } = number
  const known = [name, displayPhone].filter((one) => one !== undefined)
  return known.length === 0 ? phoneNumberId : known.join(', ')
}

async function recipients(db: Database, { severity, who }: Advice): Promise<string[]> {
  const isForAll = severity === 'bad' || who === 'supervisor'
  const rows = await db.selectFrom('user').select('data').where('deleted_at', 'is', null).execute()
  const roles = isForAll ? ['supervisor', 'administrator'] : ['administrator']
  const people = rows.filter(({ data }) => data.isActive && roles.includes(data.role))
  return people.map(({ data }) => data.email)
}
