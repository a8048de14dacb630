import type { Account } from '../../core/domain/account.ts'
import type { AccountId, NumberId } from '../../core/domain/ids.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { isWord } from '../../core/verification/words.ts'
import { accountFacts, numberFacts, withTurns } from '../../core/verification/turns.ts'
import type { LogTx } from '../log/transaction.ts'
import { resumeNumber } from '../sender/health.ts'
import type { SeenNumber } from '../whatsapp/number-node.ts'
import { keepTurns } from './changes.ts'
import { withChecks } from './questions.ts'
import type { Findings } from './round.ts'

/** What this server knows by itself, as of the look. */
export type Measured = {
  limitUse: Account['limitUse']
  /** When WhatsApp last called, by Meta's id of the number. */
  heardAtMs: ReadonlyMap<string, number>
}

/** Writes what a look brought: rows, since when, and the history. What was not answered stays as it was. */
export async function storeFindings(
  tx: LogTx,
  newId: () => string,
  findings: Findings,
  measured: Measured,
): Promise<void> {
  if (findings.account !== undefined) {
    await storeAccount(tx, newId, findings.account, findings.askedAtMs, measured)
  }
  const known = new Map((await tx.list('number')).map((number) => [number.phoneNumberId, number]))
  for (const found of findings.numbers) {
    await storeNumber(tx, newId, known.get(found.phoneNumberId), found, findings, measured)
  }
}

async function storeAccount(
  tx: LogTx,
  newId: () => string,
  { metaId, seen, checks }: NonNullable<Findings['account']>,
  askedAtMs: number,
  { limitUse }: Measured,
): Promise<void> {
  const known = (await tx.list('waba')).find((row) => row.metaId === metaId)
  const before: Account = known ?? {
    id: newId() as AccountId, // made here for this account
    metaId,
    restrictions: [],
    violations: [],
  }
  const found = withoutStale(before, seen, askedAtMs)
  const next: Account = {
    ...lifted(unbanned(applied(before, found), askedAtMs), tx.nowMs),
    checks: withChecks(before.checks, checks),
    ...(limitUse === undefined ? {} : { limitUse }),
  }
  const isFirst = known?.checks?.account?.answeredAtMs === undefined
  const { row, turned } = withTurns(known, next, accountFacts, { atMs: tx.nowMs, isFirst })
  tx.put({ entity: 'waba', row })
  await keepTurns(tx, { accountId: metaId }, turned)
}

/** That a ban is over may be told by no webhook; an account that can send is not banned. */
function unbanned(account: Account, askedAtMs: number): Account {
  const { banState, banDate: _day, ...rest } = account
  const canSend = isWord(account.healthStatus?.canSend, 'available', 'limited')
  const isOlder = (account.turns?.banState?.sinceMs ?? 0) <= askedAtMs
  const isUsable = canSend && !isWord(account.status, 'disabled')
  const isOver = isWord(banState, 'disable') && isOlder && isUsable
  return isOver ? rest : account
}

/** Restrictions whose time is over are over. */
function lifted(account: Account, nowMs: number): Account {
  const restrictions = account.restrictions.filter(
    ({ untilMs }) => untilMs === undefined || untilMs > nowMs,
  )
  return { ...account, restrictions }
}

async function storeNumber(
  tx: LogTx,
  newId: () => string,
  known: OwnNumber | undefined,
  { phoneNumberId, seen, checks }: Findings['numbers'][number],
  { askedAtMs, account }: Findings,
  { heardAtMs }: Measured,
): Promise<void> {
  if (known === undefined && seen === undefined) return
  const before: OwnNumber = known ?? {
    id: newId() as NumberId, // made here for this number
    phoneNumberId,
    health: 'ok',
  }
  const found = withoutStale(before, withName(before, seen ?? {}), askedAtMs)
  const accountId = account?.metaId ?? before.accountId
  const heard = heardAtMs.get(phoneNumberId)
  const next: OwnNumber = {
    ...applied(before, found),
    ...(accountId === undefined ? {} : { accountId }),
    ...(heard === undefined ? {} : { heardAtMs: heard }),
    checks: withChecks(before.checks, checks),
  }
  const isFirst = known?.checks?.number?.answeredAtMs === undefined
  const { row, turned } = withTurns(known, next, numberFacts, { atMs: tx.nowMs, isFirst })
  tx.put({ entity: 'number', row })
  await keepTurns(
    tx,
    { numberId: row.id, ...(accountId === undefined ? {} : { accountId }) },
    turned,
  )
  const isAnswered = checks.number?.answeredAtMs !== undefined
  if (isAnswered && row.health === 'paused') await resumeNumber(tx, row.id)
}

/** WhatsApp forgets a name it declined; whoever asked for it has to learn of it still. Another one has no reason yet. */
function withName(before: OwnNumber, seen: SeenNumber): object {
  const { requestedName, requestedNameStatus, ...rest } = seen
  if (requestedName === null && isWord(before.requestedNameStatus, 'declined')) return rest
  const isDeclined = isWord(requestedNameStatus ?? seen.nameStatus ?? undefined, 'declined')
  return isDeclined ? seen : { ...seen, nameRejection: null }
}

type Followed = { turns?: Record<string, { sinceMs: number }> }

/** Without what a webhook told after the question was asked. */
function withoutStale(row: Followed, seen: object, askedAtMs: number): object {
  return Object.fromEntries(
    Object.entries(seen).filter(([fact]) => (row.turns?.[fact]?.sinceMs ?? 0) <= askedAtMs),
  )
}

/** The row with what was seen; null takes a member off, undefined leaves it. */
function applied<Row extends object>(row: Row, seen: object): Row {
  const next = { ...row }
  for (const [name, value] of Object.entries(seen) as [string, unknown][]) {
    if (value === null) Reflect.deleteProperty(next, name)
    else if (value !== undefined) Reflect.set(next, name, value)
  }
  return next
}
