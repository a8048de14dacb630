import type { DeliveredCall, StuckMessage } from '../../core/contract/views.ts'
import { failureOf } from '../../core/text/failures.ts'
import { t } from '../ui/i18n.svelte.ts'

const outcomes = ['stored', 'duplicate', 'parked', 'ignored', 'failed'] as const
const matters = ['messages', 'receipts', 'events'] as const
const messageKinds = new Set([
  'message-received',
  'echo-sent',
  'history-message',
  'message-edited',
  'message-revoked',
  'reaction-given',
])
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

/** What became of a call: of its messages, receipts and events so many stored, repeated and so on. */
export function whatBecame({ state, parts }: DeliveredCall): string {
  if (state === 'received') return t('deliveries.received')
  return matters
    .flatMap((matter) => {
      const own = parts.filter(({ kind }) => matterOf(kind) === matter)
      const became = outcomes.flatMap((outcome) => {
        const count = own.filter((part) => part.outcome === outcome).length
        return count === 0 ? [] : [t(`deliveries.outcome-${outcome}`, { count })]
      })
      return own.length === 0 ? [] : [`${t(`deliveries.matter-${matter}`)}: ${became.join(', ')}`]
    })
    .join(' · ')
}

/** What a part is about, as far as somebody who looks for a message cares. */
function matterOf(kind: string): (typeof matters)[number] {
  if (kind === 'status-changed') return 'receipts'
  return messageKinds.has(kind) ? 'messages' : 'events'
}

/** Processing it again may change something: it is worked off, and not all of it was understood or something waits. */
export function isUnsettled({ state, parts }: DeliveredCall): boolean {
  if (state === 'received') return false
  return (
    state !== 'done' || parts.some(({ outcome }) => outcome === 'failed' || outcome === 'parked')
  )
}

/** Why something in a call was not understood; empty when all was. */
export function whyFailed({ state, errorCode, parts }: DeliveredCall): string {
  const failed = parts.find(({ outcome }) => outcome === 'failed')
  if (failed === undefined && state !== 'failed') return ''
  const code = failed?.reasonCode ?? errorCode
  return t(`deliveries.reason-${reasons.find((known) => known === code) ?? 'other'}`)
}
