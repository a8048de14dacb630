import type { LedgerItem, LedgerRow } from '../../core/domain/ledger.ts'

/** The two questions people come with, and what both rest on. */
const groupOf: Readonly<Record<LedgerItem, 'trust' | 'sending' | 'ground'>> = {
  business: 'trust',
  review: 'trust',
  account: 'trust',
  name: 'trust',
  official: 'trust',
  code: 'trust',
  pin: 'trust',
  status: 'sending',
  quality: 'sending',
  limit: 'sending',
  throughput: 'sending',
  health: 'sending',
  payment: 'sending',
  webhook: 'ground',
  token: 'ground',
  storage: 'ground',
  'contact-book': 'ground',
}

/** The rows by the question they answer, in their own order. */
export function groupsOf(rows: readonly LedgerRow[]) {
  return (['trust', 'sending', 'ground'] as const)
    .map((key) => ({ key, rows: rows.filter(({ item }) => groupOf[item] === key) }))
    .filter((group) => group.rows.length > 0)
}
