import type { Flaw } from '../../core/domain/flaw.ts'
import { AppError } from '../../core/lib/errors.ts'

/** @throws AppError bad-request naming the first member that WhatsApp would not take; the rest are in `flaws` */
export function refuseFlaws(flaws: readonly Flaw[]): void {
  const [first] = flaws
  if (first === undefined) return
  const { at, rule, reason } = first
  throw new AppError('bad-request', `/body${at} ${reason}`, {
    details: { at: `/body${at}`, rule, reason, flaws },
  })
}
