/** Which facts of a number or an account are followed, and what turned between two of its rows. */
import type { Account } from '../domain/account.ts'
import type { OwnNumber } from '../domain/people.ts'
import type { Turn } from '../domain/verification.ts'

type Facts = Record<string, string | undefined>
/** Of `fact` there was something known before, or there is now. */
export type Turned = { fact: string; before: string | undefined; after: string | undefined }

/** By their names in `turns` and in the history. The messaging limit is the account's, which all numbers share. */
export function numberFacts(number: OwnNumber): Facts {
  return {
    displayPhone: number.displayPhone,
    name: number.name,
    nameStatus: number.nameStatus,
    requestedName: number.requestedName,
    requestedNameStatus: number.requestedNameStatus,
    hasNewCertificate: flag(number.hasNewCertificate),
    isOfficial: flag(number.isOfficial),
    officialStatus: number.officialStatus,
    status: number.status,
    quality: number.quality,
    throughput: number.throughput,
    codeVerification: number.codeVerification,
    isPinEnabled: flag(number.isPinEnabled),
    accountMode: number.accountMode,
    platform: number.platform,
    isOnBizApp: flag(number.isOnBizApp),
    username: number.username,
    canSend: number.healthStatus?.canSend,
    storageStatus: number.storageStatus,
    storageRegion: number.storageRegion,
  }
}

/** The account's own name is `accountName`: `name` is a number's. Whether it can send shows on its numbers. */
export function accountFacts(account: Account): Facts {
  return {
    accountName: account.name,
    businessName: account.businessName,
    country: account.country,
    currency: account.currency,
    verification: account.verification,
    reviewStatus: account.reviewStatus,
    status: account.status,
    banState: account.banState,
    messagingLimit: account.messagingLimit,
    hasPaymentMethod: flag(account.hasPaymentMethod),
    isSubscribed: flag(account.subscription?.isOurs),
    isTokenValid: flag(account.token?.isValid),
    tokenExpiry: dayOf(account.token?.expiresAtMs),
  }
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function dayOf(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString().slice(0, 10)
}

type Followed = { turns?: Record<string, Turn> }

/**
 * The row with since when each fact is as it is.
 * @param when `isFirst`: nobody has asked before, so when what was not known turned is not known either
 */
export function withTurns<Row extends Followed>(
  before: Row | undefined,
  after: Row,
  factsOf: (row: Row) => Facts,
  when: { atMs: number; isFirst: boolean },
): { row: Row; turned: Turned[] } {
  const was = before === undefined ? {} : factsOf(before)
  const turned = Object.entries(factsOf(after)).flatMap(([fact, now]): Turned[] => {
    const then = was[fact]
    const isSame = then?.toLowerCase() === now?.toLowerCase()
    if (isSame || (then === undefined && when.isFirst)) return []
    return [{ fact, before: then, after: now }]
  })
  if (turned.length === 0) return { row: after, turned }
  const turns = turned.map(({ fact, before: then }): [string, Turn] => [
    fact,
    { sinceMs: when.atMs, ...(then === undefined ? {} : { before: then }) },
  ])
  return { row: { ...after, turns: { ...after.turns, ...Object.fromEntries(turns) } }, turned }
}
