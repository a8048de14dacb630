import { join } from 'node:path'
import type { OwnNumber } from '../core/domain/people.ts'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import { createKeep, type Keep } from './intake/keep.ts'
import { startIntake, type Intake } from './intake/worker.ts'
import type { Log } from './log/log.ts'
import { MediaFiles } from './media/files.ts'
import { rememberMedia } from './media/remember.ts'
import { createUploadMedia } from './media/to-whatsapp.ts'
import { startMediaWorker, type MediaWorker } from './media/worker.ts'
import { startNumberSync } from './numbers/sync.ts'
import { startSender, type Sender } from './sender/sender.ts'
import type { Database } from './store/database.ts'
import { startTemplateMirror, type TemplateMirror } from './templates/mirror.ts'
import { createClient, type Client } from './whatsapp/client.ts'

export type Workers = {
  keep: Keep
  intake: Intake
  sender: Sender
  media: MediaWorker
  templates: TemplateMirror
  /** Undefined while there is no token. */
  client: () => Client | undefined
  files: MediaFiles
  stop(): Promise<void>
}

/** What works by itself beside the requests: understanding webhooks, sending, fetching media. */
export function startWorkers(parts: {
  config: Config
  db: Database
  log: Log
  report: (error: unknown) => void
}): Workers {
  const { config, db, log, report } = parts
  const { graphUrl, graphVersion: version, whatsappToken: token } = config
  const client = token === null ? undefined : createClient({ graphUrl, version, token })
  const clientFor = (_number: OwnNumber): Client | undefined => client
  const files = new MediaFiles(join(config.dataDir, 'media'))
  const shared = { db, log, clock, clientFor, report }
  const media = startMediaWorker({ ...shared, files })
  const sender = startSender({ ...shared, uploadMedia: createUploadMedia({ db, files, clock }) })
  const intake = startIntake({
    db,
    log,
    clock,
    onMedia: rememberMedia,
    onTrouble: ({ error }) => report(error),
  })
  const keep = createKeep({
    db,
    nowMs: () => clock.nowMs(),
    onKept: () => intake.wake(),
    onTrouble: report,
  })
  const numbers = startNumberSync({
    db,
    log,
    clock,
    client: () => client,
    accountId: () => config.whatsappBusinessAccountId ?? undefined,
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
  const stopListening = log.onCommit(() => {
    sender.wake()
    media.wake()
  })
  return {
    keep,
    intake,
    sender,
    media,
    templates,
    client: () => client,
    files,
    async stop() {
      stopListening()
      await intake.stop()
      await Promise.all([sender.stop(), media.stop(), numbers.stop(), templates.stop()])
    },
  }
}
