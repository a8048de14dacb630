import type { SendError } from '../../core/domain/message.ts'
import type { TextKey } from '../../core/text/catalogue.ts'

/** What a failed message says, and whether sending it once more could help. */
export type Failure = {
  text: Exclude<Extract<TextKey, `thread.fail${string}`>, 'thread.failedCode'>
  canResend: boolean
}

const again = (text: Failure['text']): Failure => ({ text, canResend: true })
const never = (text: Failure['text']): Failure => ({ text, canResend: false })

/** By Meta's code. @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const byCode: Readonly<Record<string, Failure>> = {
  0: never('thread.failAccess'),
  1: again('thread.failTrouble'),
  2: again('thread.failTrouble'),
  4: again('thread.failPace'),
  10: never('thread.failAccess'),
  190: never('thread.failAccess'),
  368: never('thread.failLocked'),
  80007: again('thread.failPace'),
  130403: never('thread.failBlocked'),
  130429: again('thread.failPace'),
  130472: never('thread.failExperiment'),
  130497: never('thread.failCountry'),
  131000: again('thread.failTrouble'),
  131005: never('thread.failAccess'),
  131016: again('thread.failTrouble'),
  131021: never('thread.failOwnNumber'),
  131026: never('thread.failUnreachable'),
  131031: never('thread.failLocked'),
  131037: never('thread.failNumber'),
  131042: never('thread.failPayment'),
  131045: never('thread.failNumber'),
  131047: never('thread.failWindow'),
  131048: never('thread.failSpam'),
  131049: never('thread.failMarketingLimit'),
  131050: never('thread.failOptOut'),
  131052: again('thread.failFile'),
  131053: again('thread.failFile'),
  131056: again('thread.failPace'),
  131057: again('thread.failTrouble'),
  131062: never('thread.failNeedsPhone'),
  132000: never('thread.failTemplate'),
  132001: never('thread.failTemplate'),
  132012: never('thread.failTemplate'),
  132015: never('thread.failTemplatePaused'),
  133004: again('thread.failTrouble'),
  133010: never('thread.failNumber'),
  137000: never('thread.failIdentity'),
  dismissed: again('thread.failDismissed'),
  'window-closed': never('thread.failWindow'),
}

export function failureOf(error: SendError | undefined): Failure {
  const code = String(error?.code ?? '')
  return Object.hasOwn(byCode, code)
    ? (byCode[code] ?? again('thread.failOther'))
    : again('thread.failOther')
}
