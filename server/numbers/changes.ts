/** Writes into the history of numbers what no webhook tells: what a check found different, and what people did. */
import type { LogTx } from '../log/transaction.ts'
import { kindOfFact } from '../../core/verification/kinds.ts'
import type { Turned } from '../../core/verification/turns.ts'
import type { Database } from '../store/database.ts'

type About = { numberId?: string; accountId?: string }

const nothing = {
  number_id: null,
  account_id: null,
  fact: null,
  deed: null,
  what: null,
  before: null,
  after: null,
  user_id: null,
  code: null,
}

export async function keepTurns(
  tx: LogTx,
  { numberId, accountId }: About,
  turned: readonly Turned[],
): Promise<void> {
  if (turned.length === 0) return
  const rows = turned.map(({ fact, before, after }) => ({
    ...nothing,
    at: new Date(tx.nowMs),
    source: 'check' as const,
    kind: kindOfFact(fact),
    number_id: numberId ?? null,
    account_id: accountId ?? null,
    fact,
    before: before ?? null,
    after: after ?? null,
  }))
  await tx.sql.insertInto('verification_change').values(rows).execute()
}

/** A colleague's deed; `code` where WhatsApp refused it. */
export async function keepDeed(
  db: Database,
  deed: About & { atMs: number; deed: string; what?: string; userId: string; code?: string },
): Promise<void> {
  await db
    .insertInto('verification_change')
    .values({
      ...nothing,
      at: new Date(deed.atMs),
      source: 'person',
      kind: 'deed',
      number_id: deed.numberId ?? null,
      account_id: deed.accountId ?? null,
      deed: deed.deed,
      what: deed.what ?? null,
      user_id: deed.userId,
      code: deed.code ?? null,
    })
    .execute()
}
