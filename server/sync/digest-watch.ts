import type { Logger } from 'pino'
import type { Mismatch } from '../../core/protocol/digest.ts'
import type { Metrics } from '../http/metrics.ts'

/** Hears of digests: that a console was sent some, and that it holds something else. */
export type DigestWatch = { sent(): void; differ(mismatch: Mismatch): void }

/** Makes it known when a console held something else than the server: a number to watch, and a line with the sums. */
export function watchDigests(metrics: Metrics, logger: Pick<Logger, 'warn'>): DigestWatch {
  const countSent = metrics.counter('kontor_sync_digests_total', 'Digests sent to consoles.')
  const countMismatch = metrics.counter(
    'kontor_sync_digest_mismatches_total',
    'Digests that a console did not come to itself.',
  )
  return {
    sent: () => countSent(),
    differ({ cursor, found, isHealing }) {
      for (const kind of new Set(found.map((one) => one.kind))) countMismatch({ kind })
      logger.warn({ cursor, found, isHealing }, 'a console holds something else')
    },
  }
}
