/**
 * Every error code WhatsApp is known to answer or report, from facts 9. The words people read are in core/text, by
 * code; `title` is for logs and for the HTTP interface.
 */

/** Whether the same request may be tried again: by the machine, by a person after a while, or not unchanged. */
export type Retry = 'automatic' | 'later' | 'never'
export type MetaError = { title: string; retry: Retry }

const never: Record<number, string> = {
  0: 'Authentication failed',
  3: 'Method or capability missing',
  10: 'Permission denied',
  33: 'Object deleted or not visible',
  100: 'Invalid parameter',
  104: 'Access token missing',
  190: 'Access token expired or invalid',
  368: 'Temporarily blocked for policy violations',
  803: 'Object does not exist',
  2500: 'Access token missing',
  130403: 'Recipient is on the block list',
  130472: 'User is part of an experiment',
  130497: 'Messages to this country are not allowed',
  131005: 'Access denied',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131020: 'Invalid group',
  131021: 'Recipient cannot be sender',
  131026: 'Message undeliverable',
  131030: 'Recipient not in allowed list',
  131031: 'Account has been locked',
  131037: 'Display name not approved',
  131041: 'Group unknown',
  131042: 'Payment issue',
  131044: 'Payment issue',
  131045: 'Number not registered',
  131047: 'Re-engagement message',
  131050: 'User stopped marketing messages',
  131051: 'Message type unsupported',
  131052: 'Media download error',
  131053: 'Media upload error',
  131055: 'Method not allowed',
  131059: 'Invalid paging cursor',
  131060: 'Message unavailable',
  131061: 'Template must go to marketing messages',
  131062: 'Recipient needs a phone number',
  131063: 'Marketing templates disabled',
  131201: 'Group: partial success',
  131202: 'Group: duplicate participant',
  131204: 'Group: participant limit',
  131207: 'Group suspended',
  131208: 'Group: rate limit',
  131209: 'Group picture: wrong ratio',
  131210: 'Group picture: too large',
  131211: 'Group creation limit',
  131212: 'Group: not a participant',
  131213: 'Group: join request gone',
  131214: 'Group creation disabled',
  131215: 'Groups: not eligible',
  132000: 'Template parameter count mismatch',
  132001: 'Template does not exist',
  132005: 'Template text too long',
  132007: 'Template violates content policy',
  132008: 'Template parameter value invalid',
  132012: 'Template parameter format mismatch',
  132016: 'Template is disabled',
  132018: 'Template parameters invalid',
  132068: 'Flow is blocked',
  133005: 'Two-step PIN mismatch',
  133006: 'Number needs verification',
  133010: 'Number not registered',
  133016: 'Registration limit exceeded',
  134011: 'Payments terms not accepted',
  134100: 'Only marketing messages are supported',
  134102: 'Template unavailable',
  135000: 'Generic user error',
  136024: 'Phone verification request problem',
  137000: 'Recipient identity key mismatch',
  138000: 'Calling disabled',
  138001: 'Receiver cannot be called',
  138003: 'Duplicate call',
  138004: 'Call connection failed',
  138006: 'No permission to call',
  138007: 'Call timed out',
  138018: 'Calling cannot be enabled',
  138024: 'SIP problem',
  138025: 'SIP problem',
  139000: 'Flow integrity',
  139001: 'Flow update failed',
  139002: 'Flow publish failed',
  139003: 'Flow deprecation failed',
  139004: 'Flow deletion failed',
  139006: 'Flow metrics unavailable',
  139100: 'Block users: partly failed',
  139101: 'Block users: limit reached',
  141002: 'Template not approved',
  141006: 'Payment method missing',
  141010: 'Business not verified',
  147001: 'User name unavailable',
  147002: 'User name: account not eligible',
  147003: 'User name: link Facebook',
  147004: 'User name: link Instagram',
  147005: 'User name: transfer needed',
  200005: 'Template insights unavailable',
  200006: 'Template insights unavailable',
  200007: 'Template insights unavailable',
  1752041: 'Duplicate onboarding request',
  2388001: 'Phone verification problem',
  2388012: 'Phone verification problem',
  2388019: 'Template limit reached',
  2388039: 'Template: format',
  2388040: 'Template: too long',
  2388047: 'Template: header format',
  2388072: 'Template: body format',
  2388073: 'Template: footer format',
  2388091: 'Phone migration problem',
  2388093: 'Phone migration problem',
  2388103: 'Phone migration problem',
  2388293: 'Template: too many variables',
  2388299: 'Template: variable at the edge',
  2494191: 'Taking the thread is not permitted',
  2593079: 'Coexistence onboarding',
  2593085: 'Coexistence onboarding',
  2593107: 'Coexistence sync',
  2593108: 'Coexistence sync',
  2593109: 'Coexistence sync',
}

const later: Record<number, string> = {
  131048: 'Spam rate limit hit',
  131049: 'Withheld to keep the ecosystem healthy',
  131064: 'Limit reached after template misclassification',
  132015: 'Template is paused',
  132069: 'Flow is throttled',
  133000: 'Earlier deregistration incomplete',
  133008: 'Too many PIN guesses',
  133009: 'PIN entered too fast',
  133015: 'Number deregistered moments ago',
  138002: 'Concurrent call limit',
  138005: 'Call rate limit',
  138009: 'Call permission request limit',
  138012: 'Daily call limit',
  138013: 'Call lookup limit',
}

const automatic: Record<number, string> = {
  1: 'API unknown',
  2: 'API service down',
  4: 'Application rate limit',
  17: 'User request limit',
  613: 'Custom rate limit',
  80007: 'Account rate limit',
  130429: 'Number rate limit hit',
  131000: 'Something went wrong',
  131016: 'Service unavailable',
  131056: 'Pair rate limit hit',
  131057: 'Account in maintenance mode',
  133004: 'Server temporarily unavailable',
  134101: 'Template is syncing',
  139102: 'Block users: concurrent request',
  139103: 'Block users: internal error',
  2494100: 'Number in maintenance',
}

/** Facts 9 by code. */
export const metaErrors: ReadonlyMap<number, MetaError> = new Map([
  ...rows(never, 'never'),
  ...rows(later, 'later'),
  ...rows(automatic, 'automatic'),
])

/** What is known of a code; undefined for one that Meta has invented since. */
export function describeError(code: number): MetaError | undefined {
  if (code >= 200 && code <= 299) return { title: 'Permission not granted', retry: 'never' }
  return metaErrors.get(code)
}

/**
 * What an error in the answer to a send means for the message:
 * `retry` WhatsApp refused it before looking at it, and it may go again · `unknown` it may have been accepted all
 * the same · `pause` the token is refused, so no message of this number can leave · `refuse` it will never leave.
 * Only codes that prove the refusal are retried, because there is no idempotency key (facts 1.3).
 */
export type SendEffect = 'retry' | 'unknown' | 'pause' | 'refuse'

const effects: Record<number, SendEffect> = {
  4: 'retry',
  80007: 'retry',
  130429: 'retry',
  131056: 'retry',
  131057: 'retry',
  1: 'unknown',
  2: 'unknown',
  131000: 'unknown',
  131016: 'unknown',
  133004: 'unknown',
  0: 'pause',
  190: 'pause',
}

export function sendEffect(code: number): SendEffect {
  return effects[code] ?? 'refuse'
}

/** How much of us WhatsApp told to slow down; undefined when it did not, or meant one contact alone. @see facts 6.3 */
export function stopAfter(code: number): 'number' | 'account' | 'app' | undefined {
  return limits[code]
}

const limits: Record<number, 'number' | 'account' | 'app'> = {
  4: 'app',
  80007: 'account',
  130429: 'number',
  131057: 'number',
}

/** The number itself cannot send, whatever the message. */
export function isNumberFault(code: number): boolean {
  const faults = [3, 10, 33, 368, 131005, 131031, 131042, 131045, 133010]
  return faults.includes(code) || (code >= 200 && code <= 299)
}

function rows(titles: Record<number, string>, retry: Retry): [number, MetaError][] {
  return Object.entries(titles).map(([code, title]) => [Number(code), { title, retry }])
}
