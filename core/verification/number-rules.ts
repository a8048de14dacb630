/** Rules about one number. */
import type { Phrase } from '../domain/phrase.ts'
import { healthFor, paymentCode, troublesIn } from './health.ts'
import { phrase } from './phrase.ts'
import { healthReason, refusalReason } from './reasons.ts'
import type { Subject } from './rows.ts'
import { meta, when, type Found, type Rule } from './rule.ts'
import { isWord, meaningOf, qualityWords } from './words.ts'

const dayMs = 24 * 60 * 60_000
const pinResetNoticeMs = 7 * dayMs

const number = { about: 'number', who: 'administrator' } as const

export const numberRules: readonly Rule[] = [
  {
    ...number,
    name: 'number-banned',
    severity: 'bad',
    action: meta.support,
    finds: ({ number: { status, turns } }) =>
      when(isWord(status, 'banned', 'deleted'), { sinceMs: turns?.status?.sinceMs }),
  },
  {
    ...number,
    name: 'not-registered',
    severity: 'bad',
    action: { kind: 'act', deed: 'register' },
    finds: ({ number: { platform, status, turns } }) =>
      when(isWord(platform, 'not_applicable') || isWord(status, 'disconnected'), {
        sinceMs: turns?.platform?.sinceMs ?? turns?.status?.sinceMs,
      }),
  },
  {
    ...number,
    name: 'health-blocked',
    severity: 'bad',
    action: meta.manager,
    finds: (subject) => trouble(subject, true),
  },
  {
    ...number,
    name: 'health-limited',
    severity: 'hint',
    action: meta.manager,
    finds: (subject) => trouble(subject, false),
  },
  {
    ...number,
    name: 'number-restricted',
    severity: 'bad',
    who: 'supervisor',
    action: { kind: 'open', screen: 'sends' },
    finds: ({ number: { status, turns } }) =>
      when(isWord(status, 'restricted', 'rate_limited'), { sinceMs: turns?.status?.sinceMs }),
  },
  {
    ...number,
    name: 'number-flagged',
    severity: 'warn',
    who: 'supervisor',
    action: { kind: 'open', screen: 'sends' },
    finds: ({ number: { status, turns } }) =>
      when(isWord(status, 'flagged'), { sinceMs: turns?.status?.sinceMs }),
  },
  {
    ...number,
    name: 'quality-fell',
    severity: 'warn',
    who: 'supervisor',
    action: { kind: 'open', screen: 'templates' },
    finds: (subject) => {
      const fall = qualityFall(subject)
      return fall && { values: fall.values, sinceMs: fall.sinceMs }
    },
  },
  {
    ...number,
    name: 'quality-low',
    severity: 'warn',
    who: 'supervisor',
    action: { kind: 'open', screen: 'templates' },
    finds: (subject) => {
      const { quality } = subject.number
      const isLow = isWord(quality, 'yellow', 'red') && qualityFall(subject) === undefined
      return when(isLow, { values: { now: qualityText(quality) } })
    },
  },
  {
    ...number,
    name: 'webhook-silent',
    severity: 'warn',
    action: { kind: 'refresh' },
    finds: ({ number: { silence } }) =>
      silence && {
        values: { at: { atMs: silence.sinceMs }, usual: silence.usual },
        sinceMs: silence.sinceMs,
      },
  },
  {
    ...number,
    name: 'name-declined',
    severity: 'warn',
    action: { kind: 'act', deed: 'request-name' },
    finds: nameDeclined,
  },
  {
    ...number,
    name: 'name-expired',
    severity: 'warn',
    action: { kind: 'act', deed: 'register' },
    finds: ({ number: { nameStatus, turns } }) =>
      when(isWord(nameStatus, 'expired'), { sinceMs: turns?.nameStatus?.sinceMs }),
  },
  {
    ...number,
    name: 'name-waiting',
    severity: 'hint',
    action: { kind: 'act', deed: 'register' },
    finds: ({ number: { hasNewCertificate, turns } }) =>
      when(hasNewCertificate === true, { sinceMs: turns?.hasNewCertificate?.sinceMs }),
  },
  {
    ...number,
    name: 'code-open',
    severity: 'warn',
    action: { kind: 'act', deed: 'request-code' },
    finds: ({ number: { codeVerification, turns } }) =>
      when(isWord(codeVerification, 'not_verified', 'unverified', 'expired'), {
        sinceMs: turns?.codeVerification?.sinceMs,
      }),
  },
  {
    ...number,
    name: 'pin-missing',
    severity: 'hint',
    action: { kind: 'act', deed: 'set-pin' },
    finds: ({ number: { isPinEnabled } }) => when(isPinEnabled === false),
  },
  {
    ...number,
    name: 'pin-reset',
    severity: 'warn',
    action: { kind: 'act', deed: 'set-pin' },
    finds: ({ number: { pinResetAtMs }, nowMs }) =>
      when(pinResetAtMs !== undefined && nowMs - pinResetAtMs < pinResetNoticeMs, {
        sinceMs: pinResetAtMs,
      }),
  },
  {
    ...number,
    name: 'official-refused',
    severity: 'hint',
    action: { kind: 'act', deed: 'request-official' },
    finds: ({ number: { officialStatus, turns } }) =>
      when(isWord(officialStatus, 'rejected'), { sinceMs: turns?.officialStatus?.sinceMs }),
  },
  {
    ...number,
    name: 'picture-lost',
    severity: 'warn',
    action: { kind: 'open', screen: 'profile' },
    finds: ({ number: { notices = [] } }) => {
      const lost = notices.find(({ type }) => isWord(type, 'profile_picture_lost'))
      return lost && { sinceMs: lost.atMs }
    },
  },
  {
    ...number,
    name: 'test-number',
    severity: 'hint',
    finds: ({ number: { accountMode } }) => when(isWord(accountMode, 'sandbox')),
  },
]

/** The last name asked for, or the one in force, where WhatsApp refused it. */
function nameDeclined({ number: row }: Subject): Found | undefined {
  const { name = '', nameStatus, requestedName, requestedNameStatus, turns } = row
  const isRequested = isWord(requestedNameStatus, 'declined')
  if (!isRequested && !isWord(nameStatus, 'declined')) return undefined
  const reason = refusalReason(row)
  const turn = isRequested ? turns?.requestedNameStatus : turns?.nameStatus
  return {
    values: { name: isRequested ? (requestedName ?? name) : name, reason },
    sinceMs: turn?.sinceMs,
  }
}

const qualities = ['green', 'yellow', 'red']

function qualityFall({ number: { quality, turns } }: Subject) {
  const turn = turns?.quality
  const before = qualities.indexOf(turn?.before?.toLowerCase() ?? '')
  const now = qualities.indexOf(quality?.toLowerCase() ?? '')
  if (turn?.before === undefined || before === -1 || now <= before) return undefined
  const values = { now: qualityText(quality), before: qualityText(turn.before) }
  return { values, sinceMs: turn.sinceMs }
}

function qualityText(word: string | undefined): Phrase {
  return meaningOf(qualityWords, word).value
}

/** What stops or slows sending and has no rule of its own. */
function trouble({ number: row, account }: Subject, isBlocked: boolean): Found | undefined {
  const health = healthFor(row, account)
  const found = troublesIn(health).find(
    (one) => one.isBlocked === isBlocked && one.code !== paymentCode,
  )
  const sinceMs = row.turns?.canSend?.sinceMs
  if (found !== undefined) {
    const { entity, reason, solution } = found
    return { values: { entity, reason, solution: solution ?? '–' }, sinceMs }
  }
  if (!isBlocked || row.health !== 'error') return undefined
  const entity = phrase('verification.entity-number')
  const reason = healthReason(row)
  return { values: { entity, reason, solution: '–' }, sinceMs }
}
