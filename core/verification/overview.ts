import type { Account } from '../domain/account.ts'
import type { LedgerState, NumberView } from '../domain/ledger.ts'
import type { OwnNumber } from '../domain/people.ts'
import type { Phrase } from '../domain/phrase.ts'
import { adviceFor } from './advice.ts'
import { phrase } from './phrase.ts'
import { ledgerRows } from './rows.ts'

/** Every number, the worst first, then by name. */
export function numberViews(
  numbers: Iterable<OwnNumber>,
  accounts: Iterable<Account>,
  nowMs: number,
): NumberView[] {
  const known = new Map([...accounts].map((account) => [account.metaId, account]))
  return [...numbers]
    .map((number) => numberView(number, known.get(number.accountId ?? ''), nowMs))
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        nameOf(a.number).localeCompare(nameOf(b.number), 'de'),
    )
}

const order: readonly LedgerState[] = ['bad', 'warn', 'none', 'ok']

function nameOf({ name, displayPhone, phoneNumberId }: OwnNumber): string {
  return name ?? displayPhone ?? phoneNumberId
}

function numberView(number: OwnNumber, account: Account | undefined, nowMs: number): NumberView {
  const subject = { number, account, nowMs }
  const advice = adviceFor(subject)
  const checkedAtMs = number.checks?.number?.answeredAtMs ?? null
  const [worst] = advice.flatMap(({ severity, title }) =>
    severity === 'hint' ? [] : [{ severity, title }],
  )
  const calmState = checkedAtMs === null ? 'none' : 'ok'
  return {
    number,
    account: account ?? null,
    state: worst?.severity ?? calmState,
    verdict: worst?.title ?? calm(checkedAtMs),
    rows: ledgerRows(subject),
    advice,
    checkedAtMs,
  }
}

function calm(checkedAtMs: number | null): Phrase {
  return checkedAtMs === null
    ? phrase('verification.fine-unchecked')
    : phrase('verification.fine', { at: { atMs: checkedAtMs } })
}
