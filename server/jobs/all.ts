import type { Alerts } from '../alerts/alerts.ts'
import { watchBudget } from '../alerts/watch-budget.ts'
import { endWentBack } from '../alerts/watch-database.ts'
import { watchMediaStore, watchMissingMedia } from '../alerts/watch-media.ts'
import { forgetHours, watchSilence, watchStopped } from '../alerts/watch-numbers.ts'
import { watchHeld } from '../alerts/watch-templates.ts'
import { watchVerification } from '../alerts/watch-verification.ts'
import { watchBacklog, watchFailed } from '../alerts/watch-webhooks.ts'
import type { ReadRates } from '../cost/rates-file.ts'
import type { Log } from '../log/log.ts'
import type { MediaFiles } from '../media/files.ts'
import type { Uploads } from '../media/uploads.ts'
import { markSilence } from '../numbers/silence.ts'
import type { Database } from '../store/database.ts'
import { endWaiting, forgetReplicas, forgetSent, purgeBodies, thinDeeds } from './cleaning.ts'
import type { Job } from './schedule.ts'
import { trimLog } from './trim-log.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Everything the server does by the clock: what it watches, and what it clears away. */
export function allJobs(parts: {
  db: Database
  alerts: Alerts
  files: MediaFiles
  readRates: ReadRates
  uploads: Uploads
  log: Log
  nowMs: () => number
}): Job[] {
  const { db, log, files, uploads, nowMs } = parts
  const startedAtMs = nowMs()
  const job = (name: string, everyMs: number, work: () => Promise<unknown>): Job => ({
    name,
    everyMs,
    run: async () => void (await work()),
  })
  return [
    job('silence', minuteMs / 2, () =>
      watchSilence(parts, startedAtMs, (silent) => markSilence(db, log, silent)),
    ),
    job('verification', minuteMs / 2, () => watchVerification(parts)),
    job('stopped numbers', minuteMs / 2, () => watchStopped(parts)),
    job('held messages', minuteMs / 2, () => watchHeld(parts)),
    job('backlog', minuteMs, () => watchBacklog(parts)),
    job('dead letters', minuteMs, () => watchFailed(parts)),
    job('missing media', 5 * minuteMs, () => watchMissingMedia(parts)),
    job('media store', minuteMs, () => watchMediaStore(parts, files)),
    job('budget', 15 * minuteMs, () => watchBudget(parts)),
    job('database', hourMs, () => endWentBack(parts)),
    job('bodies', hourMs, () => purgeBodies(parts)),
    job('waiting parts', hourMs, () => endWaiting(parts)),
    job('outbox', hourMs, () => forgetSent(parts)),
    job('change log', hourMs, () => trimLog(parts)),
    job('deeds', 24 * hourMs, () => thinDeeds(parts)),
    job('replicas', 24 * hourMs, () => forgetReplicas(parts)),
    job('hours', hourMs, () => forgetHours(parts)),
    job('uploads', hourMs, () => uploads.clear()),
  ]
}
