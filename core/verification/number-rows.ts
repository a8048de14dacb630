/** Rows about a number that weigh several facts. */
import type { Phrase } from '../domain/phrase.ts'
import { healthFor, troublesIn } from './health.ts'
import { limitOf } from './limit.ts'
import { healthReason, refusalReason } from './reasons.ts'
import { phrase } from './phrase.ts'
import type { RowMeaning, Subject } from './rows.ts'
import {
  codeWords,
  healthWords,
  isWord,
  meaningOf,
  nameWords,
  officialWords,
  type Meaning,
} from './words.ts'

const ofNode = { of: 'number', check: 'number' } as const

/** The name in force and, where another one was asked for, what became of it. */
export function nameRow({ number }: Subject): RowMeaning {
  const { name, nameStatus, requestedName } = number
  const meaning = meaningOf(nameWords, nameStatus)
  if (requestedName !== undefined && requestedName !== name) return requestedRow(number, meaning)
  if (isWord(nameStatus, 'declined')) {
    return { ...meaning, detail: refusal(name ?? '', number), ...ofNode, fact: 'nameStatus' }
  }
  const detail = name === undefined ? undefined : phrase('verification.detail-name', { name })
  return { ...meaning, detail, ...ofNode, fact: 'nameStatus' }
}

function requestedRow(number: Subject['number'], current: Meaning): RowMeaning {
  const { requestedName = '', requestedNameStatus = 'PENDING_REVIEW' } = number
  const { state, value } = meaningOf(nameWords, requestedNameStatus)
  const base = { ...ofNode, fact: 'requestedNameStatus' }
  if (state === 'bad') {
    return { state: 'warn', value: current.value, detail: refusal(requestedName, number), ...base }
  }
  const values = { name: requestedName, status: value }
  return { ...current, detail: phrase('verification.detail-name-requested', values), ...base }
}

function refusal(name: string, number: Subject['number']): Phrase {
  const reason = refusalReason(number)
  return phrase('verification.detail-name-refused', { name, reason })
}

export function officialRow({ number }: Subject): RowMeaning {
  const { isOfficial, officialStatus, officialMessage } = number
  const base = { ...ofNode, fact: officialStatus === undefined ? 'isOfficial' : 'officialStatus' }
  if (isOfficial === true) {
    return { state: 'ok', value: phrase('verification.badge-active'), ...base, fact: 'isOfficial' }
  }
  const word = officialStatus ?? (isOfficial === false ? 'NOT_STARTED' : undefined)
  const detail =
    officialMessage === undefined
      ? phrase('verification.detail-official')
      : { raw: officialMessage }
  return { ...meaningOf(officialWords, word), detail, ...base }
}

export function codeRow({ number }: Subject): RowMeaning {
  const meaning = meaningOf(codeWords, number.codeVerification)
  const detail = phrase('verification.detail-code')
  return { ...meaning, detail, ...ofNode, fact: 'codeVerification' }
}

export function pinRow({ number: { isPinEnabled } }: Subject): RowMeaning {
  const base = { ...ofNode, fact: 'isPinEnabled', detail: phrase('verification.detail-pin') }
  if (isPinEnabled === undefined) return { ...meaningOf({}, undefined), ...base }
  return isPinEnabled
    ? { state: 'ok', value: phrase('verification.set'), ...base }
    : { state: 'warn', value: phrase('verification.not-set'), ...base }
}

/** How much of the limit calls for attention. */
const nearShare = 0.8

export function isLimitNear({ number, account }: Subject): boolean {
  const of = limitOf(account?.messagingLimit ?? number.messagingLimit)
  const used = account?.limitUse?.contacts
  return of !== undefined && used !== undefined && used > of * nearShare
}

export function limitRow(subject: Subject): RowMeaning {
  const { number, account } = subject
  const word = account?.messagingLimit ?? number.messagingLimit
  const base = { of: 'account', fact: 'messagingLimit', check: 'account' } as const
  const detail = phrase('verification.detail-limit-shared')
  if (word === undefined) return { ...meaningOf({}, undefined), ...base }
  const of = limitOf(word)
  if (of === undefined) {
    const known = { tier_not_set: ['none', 'verification.no-limit-yet'] } as const
    return { ...meaningOf({ ...known, untiered: known.tier_not_set }, word), detail, ...base }
  }
  if (of === Infinity) {
    return { state: 'ok', value: phrase('verification.unlimited'), detail, ...base }
  }
  const value = phrase('verification.limit-contacts', { contacts: of })
  const used = account?.limitUse?.contacts
  if (used === undefined) return { state: 'ok', value, detail, ...base }
  return {
    state: isLimitNear(subject) ? 'warn' : 'ok',
    value,
    detail: phrase('verification.detail-limit', { used, of }),
    meter: { used, of },
    ...base,
  }
}

/** The worst of what WhatsApp says of number, account, portfolio and app, with the one that is the cause. */
export function healthRow({ number, account }: Subject): RowMeaning {
  const health = healthFor(number, account)
  const [trouble] = troublesIn(health)
  const detail =
    trouble === undefined
      ? undefined
      : phrase('verification.detail-cause', { entity: trouble.entity, reason: trouble.reason })
  if (number.health === 'error' && !isWord(health?.canSend, 'blocked')) {
    const reason = healthReason(number)
    const entity = phrase('verification.entity-number')
    return {
      state: 'bad',
      value: phrase('verification.blocked'),
      detail: phrase('verification.detail-cause', { entity, reason }),
      ...ofNode,
      fact: 'canSend',
    }
  }
  return { ...meaningOf(healthWords, health?.canSend), detail, ...ofNode, fact: 'canSend' }
}
