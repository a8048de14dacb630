import type { AlertChange } from '../alerts/alerts.ts'
import { clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { mailAlarm } from './alarm-mail.ts'
import { createPost } from './post.ts'

export type Mailer = { tell(change: AlertChange): void; stop(): Promise<void> }

/** E-mails about alarms, where a mail server is set; without one nothing is mailed. */
export function createMailer(parts: {
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'language'>
  db: Database
  nowMs: () => number
  publicUrl: string
  report: (error: unknown) => void
}): Mailer {
  const { config, report, ...rest } = parts
  const { smtpUrl, mailFrom, language } = config
  if (smtpUrl === null || mailFrom === null) {
    return { tell: () => undefined, stop: async () => undefined }
  }
  const post = createPost({ smtpUrl, from: mailFrom, clock, report })
  return {
    tell: (change) => void mailAlarm({ ...rest, post, language }, change).catch(report),
    stop: () => post.stop(),
  }
}
