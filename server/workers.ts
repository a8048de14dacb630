import type { Entity } from '../core/domain/entities.ts'
import type { OwnNumber } from '../core/domain/people.ts'
import type { Alerts } from './alerts/alerts.ts'
import { endSilence, watchStopped } from './alerts/watch-numbers.ts'
import { watchVerification } from './alerts/watch-verification.ts'
import { watchHeld } from './alerts/watch-templates.ts'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import type { ReadRates } from './cost/rates-file.ts'
import { createKeep, type Keep } from './intake/keep.ts'
import { startIntake, type Intake } from './intake/worker.ts'
import { allJobs } from './jobs/all.ts'
import { startJobs } from './jobs/schedule.ts'
import type { Log } from './log/log.ts'
import type { Written } from './log/transaction.ts'
import type { MediaFiles } from './media/files.ts'
import { rememberMedia } from './media/remember.ts'
import { createUploadMedia } from './media/to-whatsapp.ts'
import { Uploads } from './media/uploads.ts'
import { startMediaWorker, type MediaWorker } from './media/worker.ts'
import { startHeard } from './numbers/heard.ts'
import { startNumberSync, type NumberSync } from './numbers/sync.ts'
import type { Pace } from './sender/pace/pace.ts'
import { startSender, type Sender } from './sender/sender.ts'
import { isSnoozed, startReturning } from './snooze/returning.ts'
import type { Database } from './store/database.ts'
import { startTemplateMirror, type TemplateMirror } from './templates/mirror.ts'
import { createClient, type Client } from './whatsapp/client.ts'

export type Workers = {
  keep: Keep
  intake: Intake
  sender: Sender
  media: MediaWorker
  templates: TemplateMirror
  numbers: NumberSync
  /** Undefined while there is no token. */
  client: () => Client | undefined
  files: MediaFiles
  uploads: Uploads
  stop(): Promise<void>
}

/** What works by itself beside the requests: understanding webhooks, sending, fetching media. */
export function startWorkers(parts: {
  config: Config
  db: Database
  log: Log
  pace: Pace
  files: MediaFiles
  alerts: Alerts
  readRates: ReadRates
  report: (error: unknown) => void
}): Workers {
  const { config, db, log, pace, files, alerts, readRates, report } = parts
  const { graphUrl, graphVersion: version, whatsappToken: token } = config
  const client = token === null ? undefined : createClient({ graphUrl, version, token })
  const clientFor = (_number: OwnNumber): Client | undefined => client
  const shared = { db, log, clock, clientFor, report }
  const media = startMediaWorker({ ...shared, files })
  const watched = { db, alerts, nowMs: () => clock.nowMs() }
  const sender = startSender({
    ...shared,
    pace,
    // Said at once; the jobs see when it is over.
    onAlert: () => void Promise.all([watchStopped(watched), watchHeld(watched)]).catch(report),
    uploadMedia: createUploadMedia({ db, files, clock }),
  })
  const heard = startHeard({
    db,
    clock,
    onHeard: (numbers) => endSilence({ db, alerts }, numbers),
    report,
  })
  const templates = startTemplateMirror({
    db,
    log,
    clock,
    client: () => client,
    accountId: () => config.whatsappBusinessAccountId ?? undefined,
    report,
  })
  const intake = startIntake({
    db,
    log,
    clock,
    onMedia: rememberMedia,
    onHeard: heard.note,
    onTemplates: () => templates.wake(),
    onAccount: () => numbers.wake(),
    onTrouble: ({ error }) => report(error),
  })
  const keep = createKeep({
    db,
    nowMs: () => clock.nowMs(),
    onKept: (calls) => intake.wake(calls),
    onTrouble: report,
  })
  const numbers = startNumberSync({
    db,
    log,
    clock,
    client: () => client,
    accountId: () => config.whatsappBusinessAccountId ?? undefined,
    report,
    onLooked: () => watchVerification(watched),
  })
  const uploads = new Uploads({ db, log, files, clock }, () => sender.wake())
  const nowMs = () => clock.nowMs()
  const jobs = startJobs(allJobs({ db, log, alerts, files, readRates, uploads, nowMs }), {
    clock,
    report,
  })
  const returning = startReturning({ db, log, clock, report })
  const stopListening = log.onCommit((_head, written) => {
    if (written.some(mayLetLeave)) sender.wake()
    if (written.some(bringsFile)) media.wake()
    if (written.some(isPaused)) numbers.wake()
    if (written.some(isSnoozed)) returning.wake()
  })
  return {
    keep,
    intake,
    sender,
    media,
    templates,
    numbers,
    client: () => client,
    files,
    uploads,
    async stop() {
      stopListening()
      await intake.stop()
      await Promise.all([
        sender.stop(),
        media.stop(),
        numbers.stop(),
        templates.stop(),
        jobs.stop(),
        heard.stop(),
        returning.stop(),
      ])
    },
  }
}

/** What comes in, and the lists it shows in, let nothing leave; everything else may. */
function mayLetLeave({ change }: Written): boolean {
  const { entity, row } = change
  return entity === 'message' ? row.direction !== 'in' : !lists.has(entity)
}

const lists: ReadonlySet<Entity> = new Set(['contact', 'conversation'])

function bringsFile({ change }: Written): boolean {
  return change.entity === 'message' && change.row.media !== undefined
}

/** A token was refused: whether it is accepted again is found out by asking. */
function isPaused({ change, before }: Written): boolean {
  if (change.entity !== 'number' || change.row.health !== 'paused') return false
  return before === undefined || (before as OwnNumber).health !== 'paused' // the same row as it was
}
