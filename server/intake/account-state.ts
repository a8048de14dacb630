/** What an event says of a number or an account, put on its row with since when it is so. */
import type { Account } from '../../core/domain/account.ts'
import type { AccountId } from '../../core/domain/ids.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Notice } from '../../core/domain/verification.ts'
import { present } from '../../core/lib/present.ts'
import { accountFacts, numberFacts, withTurns } from '../../core/verification/turns.ts'
import type { Fold } from './fold.ts'
import type { AccountFacts, NumberFacts, ToldNotice } from './happening.ts'
import { withFacts } from './with-facts.ts'

/** An account that is disabled or deleted can send nothing. @see facts 9 */
const disabledCode = '131031'
/** Older ones have led to what they led to. */
const mostViolations = 20

export function setNumber(
  fold: Fold,
  before: OwnNumber,
  facts: NumberFacts | undefined,
  atMs: number,
): void {
  if (facts === undefined) return
  const { isDisabled, isPinResetAsked, notice, ...plain } = facts
  let next = withFacts(before, reviewOf(before, plain))
  if (isDisabled === true && next.health === 'ok') {
    next = { ...next, health: 'error', healthReason: disabledCode }
  }
  if (isDisabled === false && next.healthReason === disabledCode) {
    const { healthReason: _over, ...rest } = next
    next = { ...rest, health: 'ok' }
  }
  if (isPinResetAsked !== undefined) {
    next = withFacts(next, { pinResetAtMs: isPinResetAsked ? atMs : null })
  }
  if (notice !== undefined) next = withNotice(next, notice, atMs)
  if (next === before) return
  fold.putNumber(withTurns(before, next, numberFacts, { atMs, isFirst: false }).row)
}

/** A decision on the name that is in force is no request for another one. */
function reviewOf(number: OwnNumber, facts: object): object {
  const { requestedName, requestedNameStatus, ...rest } = facts as NumberFacts // a part of them
  if (requestedName === undefined || requestedName === null) return facts
  if (requestedName !== number.name) return facts
  return { ...rest, nameStatus: requestedNameStatus }
}

export function setAccount(
  fold: Fold,
  metaId: string,
  facts: AccountFacts | undefined,
  atMs: number,
): void {
  if (facts === undefined) return
  const { restrictions, violation, notice, ...plain } = facts
  const known = fold.account(metaId)
  const before: Account = known ?? {
    id: fold.newId() as AccountId, // a new id of the platform's becomes whatever noun it is for
    metaId,
    restrictions: [],
    violations: [],
  }
  let next = withFacts(before, plain)
  if (restrictions !== undefined) next = withRestrictions(next, restrictions, atMs)
  if (violation !== undefined) {
    const one = { ...present(violation), type: violation.type, atMs }
    next = { ...next, violations: [...next.violations, one].slice(-mostViolations) }
  }
  if (notice !== undefined) next = withNotice(next, notice, atMs)
  if (next === known) return
  fold.putAccount(withTurns(known, next, accountFacts, { atMs, isFirst: false }).row)
}

/** One of a kind replaces the one before. */
function withRestrictions(
  account: Account,
  told: NonNullable<AccountFacts['restrictions']>,
  atMs: number,
): Account {
  const kept = account.restrictions.filter(({ type }) => !told.some((one) => one.type === type))
  const added = told.map(({ type, untilMs, remedy }) => ({
    type,
    sinceMs: atMs,
    ...present({ untilMs, remedy }),
  }))
  return { ...account, restrictions: [...kept, ...added] }
}

function withNotice<Row extends { notices?: Notice[] }>(
  row: Row,
  { type, isActive, severity, description }: ToldNotice,
  atMs: number,
): Row {
  const others = (row.notices ?? []).filter((one) => one.type !== type)
  const added = isActive ? [{ type, atMs, ...present({ severity, description }) }] : []
  return { ...row, notices: [...others, ...added] }
}
