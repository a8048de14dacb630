import type { Migration } from '../store/migrate.ts'
import { log } from './0001-log.ts'
import { people } from './0002-people.ts'
import { intake } from './0003-intake.ts'
import { sender } from './0004-sender.ts'
import { media } from './0005-media.ts'
import { speed } from './0006-speed.ts'
import { alerts } from './0007-alerts.ts'
import { templates } from './0008-templates.ts'
import { accountEvents } from './0009-account-events.ts'
import { pacedSender } from './0010-sender.ts'
import { scopes } from './0011-scopes.ts'
import { windows } from './0012-windows.ts'
import { uploads } from './0013-uploads.ts'
import { verification } from './0014-verification.ts'
import { presence } from './0015-presence.ts'
import { labels } from './0016-labels.ts'
import { drafts } from './0017-drafts.ts'
import { snooze } from './0018-snooze.ts'

/** Every migration, in the order they run. A new one is a file and a line here. */
export const migrations: readonly Migration[] = [
  log,
  people,
  intake,
  sender,
  media,
  speed,
  alerts,
  templates,
  accountEvents,
  pacedSender,
  scopes,
  windows,
  uploads,
  verification,
  presence,
  labels,
  drafts,
  snooze,
]
