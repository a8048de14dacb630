import type { failures } from './de/failures.ts'

/** Why a message did not arrive: codes that mean the same to a person share one. */
export type FailureKind = keyof typeof failures

/**
 * The one thing that helps: `template` reopens the conversation · `other-template` and `fill-again` lead to the
 * template dialog · `tomorrow` is to resend after a day · `copy-number` is to reach the contact another way.
 */
export type Help =
  | 'resend'
  | 'tomorrow'
  | 'template'
  | 'other-template'
  | 'fill-again'
  | 'copy-number'
  | 'ask-number'

export type Failure = {
  kind: FailureKind
  help: Help | null
  /** The machine may send it again by itself; while it does, nobody is told that it failed. */
  isRetried: boolean
}

/** Every code of facts 9, and Kontor's own. */
const codes: Record<FailureKind, readonly (number | string)[]> = {
  access: [0, 104, 190, 2500],
  permission: [3, 10, 131005],
  'unknown-number': [33, 803],
  outage: [1, 2, 131000, 131016, 133004],
  pace: [4, 17, 613, 80007, 130429, 131056],
  maintenance: [131057, 2494100],
  invalid: [100, 131008, 131009, 131051, 135000, 'bad-request', 'unsupported-media', 'too-large'],
  locked: [368, 131031],
  blocked: [130403],
  experiment: [130472],
  country: [130497],
  group: [
    131020, 131041, 131201, 131202, 131204, 131207, 131208, 131209, 131210, 131211, 131212, 131213,
    131214, 131215,
  ],
  'own-number': [131021],
  unreachable: [131026],
  'test-number': [131030],
  name: [131037],
  payment: [131042, 131044, 141006],
  unregistered: [131045, 133010],
  window: [131047, 'window-closed'],
  spam: [131048],
  'marketing-limit': [131049],
  'opted-out': [131050, 'marketing-stopped'],
  'their-file': [131052],
  'our-file': [131053, 'file-missing'],
  paging: [131059],
  'on-phone': [131060],
  'marketing-route': [131055, 131061, 134100],
  'needs-phone': [131062],
  'marketing-off': [131063],
  misclassified: [131064],
  'template-values': [132000, 132005, 132008, 132012, 132018, 'template-mismatch'],
  'template-missing': [132001, 134102, 141002, 'template-unavailable'],
  'template-policy': [132007],
  'template-paused': [132015, 'template-paused'],
  'template-disabled': [132016],
  'template-syncing': [134101],
  'template-limit': [2388019],
  'template-form': [2388039, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299],
  flow: [132068, 132069, 139000, 139001, 139002, 139003, 139004, 139006],
  pin: [133005, 133008, 133009],
  registering: [133000, 133006, 133015, 133016],
  'phone-check': [136024, 2388001, 2388012, 2388091, 2388093, 2388103],
  terms: [134011],
  identity: [137000],
  call: [
    138000, 138001, 138002, 138003, 138004, 138005, 138006, 138007, 138009, 138012, 138013, 138018,
    138024, 138025,
  ],
  'block-list': [139100, 139101, 139102, 139103],
  business: [141010],
  username: [147001, 147002, 147003, 147004, 147005],
  insights: [200005, 200006, 200007],
  onboarding: [
    1752041, 2494164, 2494165, 2494166, 2494167, 2494168, 2494176, 2494177, 2494179, 2593079,
    2593085, 2593107, 2593108, 2593109,
  ],
  control: [2494191, 'not-in-control'],
  expired: ['expired'],
  dismissed: ['dismissed'],
  'taken-back': ['taken-back'],
  other: [],
}

const help: Partial<Record<FailureKind, Help>> = {
  outage: 'resend',
  pace: 'resend',
  maintenance: 'resend',
  'their-file': 'resend',
  'our-file': 'resend',
  'template-syncing': 'resend',
  expired: 'resend',
  dismissed: 'resend',
  'taken-back': 'resend',
  other: 'resend',
  'marketing-limit': 'tomorrow',
  window: 'template',
  'template-missing': 'other-template',
  'template-policy': 'other-template',
  'template-paused': 'other-template',
  'template-disabled': 'other-template',
  'template-values': 'fill-again',
  unreachable: 'copy-number',
  'needs-phone': 'ask-number',
}

const retried: ReadonlySet<FailureKind> = new Set(['pace', 'maintenance', 'template-syncing'])

const kinds = new Map(
  (Object.keys(codes) as FailureKind[]) // the keys of a Record<FailureKind, …>
    .flatMap((kind) => codes[kind].map((code) => [String(code), kind] as const)),
)

/** What is known of a code; one that Meta has invented since is `other`. */
export function failureOf(code: number | string | undefined): Failure {
  const kind = kinds.get(String(code)) ?? (isPermission(code) ? 'permission' : 'other')
  return { kind, help: help[kind] ?? null, isRetried: retried.has(kind) }
}

function isPermission(code: number | string | undefined): boolean {
  return Number(code) >= 200 && Number(code) <= 299
}
