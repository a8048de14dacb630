import type { DeliveredCall, StuckMessage } from '../../core/contract/views.ts'
import { failureOf } from '../../core/text/failures.ts'
import { t } from '../ui/i18n.svelte.ts'

const outcomes = ['stored', 'duplicate', 'parked', 'ignored', 'failed'] as const
const reasons = [
  'not-json',
  'body-empty',
  'body-too-deep',
  'body-purged',
  'not-a-webhook',
  'other-shape',
  'id-missing',
  'number-missing',
  'person-missing',
  'tries-exhausted',
] as const

/** Why a message did not leave. */
export function whyStuck({ state, error }: StuckMessage): string {
  if (state === 'uncertain') return t('deliveries.uncertainWhy')
  if (state === 'held' && error === undefined) return t('deliveries.heldFor')
  return t(`failures.${failureOf(error?.code).kind}`)
}

/** What became of a call: how many parts of it were stored, repeated and so on. */
export function whatBecame({ state, parts }: DeliveredCall): string {
  if (state === 'received') return t('deliveries.received')
  return outcomes
    .flatMap((outcome) => {
      const count = parts.filter((part) => part.outcome === outcome).length
      return count === 0 ? [] : [t(`deliveries.outcome-${outcome}`, { count })]
    })
    .join(' · ')
}

/** Why something in a call was not understood; empty when all was. */
export function whyFailed({ state, errorCode, parts }: DeliveredCall): string {
  const failed = parts.find(({ outcome }) => outcome === 'failed')
  if (failed === undefined && state !== 'failed') return ''
  const code = failed?.reasonCode ?? errorCode
  return t(`deliveries.reason-${reasons.find((known) => known === code) ?? 'other'}`)
}
