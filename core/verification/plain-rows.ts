/** Rows that say one fact of the number. */
import { phrase } from './phrase.ts'
import type { RowMeaning, Subject } from './rows.ts'
import {
  isWord,
  meaningOf,
  qualityWords,
  statusWords,
  storageWords,
  throughputWords,
} from './words.ts'

const ofNode = { of: 'number', check: 'number' } as const

export function statusRow({ number }: Subject): RowMeaning {
  if (isWord(number.platform, 'not_applicable')) {
    const value = phrase('verification.not-registered')
    return { state: 'bad', value, ...ofNode, fact: 'platform' }
  }
  const meaning = meaningOf(statusWords, number.status)
  const isSandbox = isWord(number.accountMode, 'sandbox')
  const detail = isSandbox ? phrase('verification.detail-sandbox') : undefined
  return { ...meaning, detail, ...ofNode, fact: 'status' }
}

export function qualityRow({ number }: Subject): RowMeaning {
  const before = number.turns?.quality?.before
  const detail =
    before === undefined
      ? phrase('verification.detail-quality')
      : phrase('verification.detail-was', { before: meaningOf(qualityWords, before).value })
  return { ...meaningOf(qualityWords, number.quality), detail, ...ofNode, fact: 'quality' }
}

/** Messages a second by level; a number in the phone's app has fewer. @see facts 6.3 */
const perSecond: Readonly<Record<string, number>> = { standard: 80, high: 1000 }

export function throughputRow({ number }: Subject): RowMeaning {
  const { throughput, isOnBizApp } = number
  const meaning = meaningOf(throughputWords, throughput)
  const rate = perSecond[throughput?.toLowerCase() ?? '']
  const detail =
    isOnBizApp === true
      ? phrase('verification.detail-app')
      : rate === undefined
        ? undefined
        : phrase('verification.detail-throughput', { perSecond: rate })
  return { ...meaning, detail, ...ofNode, fact: 'throughput' }
}

export function storageRow({ number }: Subject): RowMeaning {
  const { storageStatus, storageRegion } = number
  const base = {
    of: 'number',
    check: 'settings',
    fact: 'storageRegion',
    detail: phrase('verification.detail-storage'),
  } as const
  if (storageRegion !== undefined) {
    const value = phrase('verification.storage-region', { region: storageRegion })
    return { state: 'ok', value, ...base }
  }
  const isAnswered = number.checks?.settings?.answeredAtMs !== undefined
  const word = storageStatus ?? (isAnswered ? 'DEFAULT' : undefined)
  return { ...meaningOf(storageWords, word), ...base }
}

/** WhatsApp has no way to ask for it. @see facts 11 */
export function contactBookRow(): RowMeaning {
  return {
    state: 'none',
    value: phrase('verification.contact-book-unknown'),
    detail: phrase('verification.detail-contact-book'),
    of: 'number',
  }
}
