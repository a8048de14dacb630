/** The ledger of one number: what holds of it, its account and its portfolio, in WhatsApp's words made plain. */
import type { Account } from '../domain/account.ts'
import type { LedgerItem, LedgerRow } from '../domain/ledger.ts'
import type { OwnNumber } from '../domain/people.ts'
import type { Phrase } from '../domain/phrase.ts'
import {
  accountRow,
  businessRow,
  paymentRow,
  reviewRow,
  tokenRow,
  webhookRow,
} from './account-rows.ts'
import { codeRow, healthRow, limitRow, nameRow, officialRow, pinRow } from './number-rows.ts'
import { contactBookRow, qualityRow, statusRow, storageRow, throughputRow } from './plain-rows.ts'
import { phrase } from './phrase.ts'
import type { Meaning } from './words.ts'

/** What a row is made of. */
export type Subject = { number: OwnNumber; account: Account | undefined; nowMs: number }

/**
 * What one row says. `fact` is the member whose turning it shows; `check` the question that answers it, of the number
 * or of the account.
 */
export type RowMeaning = Meaning & {
  detail?: Phrase | undefined
  meter?: LedgerRow['meter']
  fact?: string
  of: 'number' | 'account'
  check?: string
}

const items: Readonly<Record<LedgerItem, (subject: Subject) => RowMeaning>> = {
  business: businessRow,
  review: reviewRow,
  account: accountRow,
  name: nameRow,
  official: officialRow,
  code: codeRow,
  pin: pinRow,
  status: statusRow,
  quality: qualityRow,
  limit: limitRow,
  throughput: throughputRow,
  health: healthRow,
  payment: paymentRow,
  webhook: webhookRow,
  token: tokenRow,
  storage: storageRow,
  'contact-book': contactBookRow,
}

export function ledgerRows(subject: Subject): LedgerRow[] {
  return (Object.keys(items) as LedgerItem[]).map((item) => ledgerRow(item, subject)) // keys of a Record<LedgerItem, …>
}

function ledgerRow(item: LedgerItem, subject: Subject): LedgerRow {
  const { state, value, detail, meter, fact, of, check } = items[item](subject)
  const row = of === 'number' ? subject.number : subject.account
  const answered = check === undefined ? undefined : row?.checks?.[check]
  return {
    item,
    state,
    label: phrase(`verification.item-${item}`),
    value,
    detail: detail ?? null,
    sinceMs: (fact === undefined ? undefined : row?.turns?.[fact]?.sinceMs) ?? null,
    checkedAtMs: answered?.answeredAtMs ?? null,
    failing: answered?.failing ?? null,
    meter: meter ?? null,
  }
}
