import { rememberAliases } from './intake/aliases.ts'
import { drainParked } from './intake/parked.ts'
import { emptyUnseenDrafts } from './log/drafts.ts'
import type { BeforeCommit } from './log/log.ts'
import { recordOpenings } from './log/openings.ts'
import { enqueueSends } from './sender/enqueue.ts'
import { releaseHeld } from './sender/holds.ts'
import { settleReported } from './sender/reported.ts'

/** What follows from every write of replicated rows, in this order; the same wherever a server's log is opened. */
export const hooks: readonly BeforeCommit[] = [
  recordOpenings,
  rememberAliases,
  enqueueSends,
  drainParked,
  settleReported,
  releaseHeld,
  emptyUnseenDrafts,
]
