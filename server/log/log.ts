import { sql, type Kysely, type Transaction } from 'kysely'
import { must } from '../../core/lib/must.ts'
import type { Tables } from '../store/tables.ts'
import { LogTx, type Written } from './transaction.ts'

/** Runs inside every writing transaction, after its work and before its rows get their place: what follows from them. */
export type BeforeCommit = (tx: LogTx, written: readonly Written[]) => Promise<void>

/** The one way replicated rows are written. */
export type Log = {
  /**
   * Runs `job` in a transaction. Jobs run one at a time, in the order asked; several processes take turns on the
   * lane row. When `job` throws, nothing of it happened and the error comes back.
   */
  write<T>(job: (tx: LogTx) => Promise<T>): Promise<T>
  /** Hears after each commit that changed something of the new head, and of what was written. */
  onCommit(listener: (head: number, written: readonly Written[]) => void): () => void
  /** Resolves when the jobs asked for so far are through. */
  idle(): Promise<void>
}

export function createLog(
  db: Kysely<Tables>,
  options: { nowMs: () => number; beforeCommit?: readonly BeforeCommit[] },
): Log {
  const listeners = new Set<Parameters<Log['onCommit']>[0]>()
  let tail: Promise<unknown> = Promise.resolve()

  async function run<T>(job: (tx: LogTx) => Promise<T>): Promise<T> {
    const { result, head, written } = await db.transaction().execute(async (transaction) => {
      const tx = new LogTx(transaction, options.nowMs(), await takeLane(transaction))
      const result = await job(tx)
      for (const hook of options.beforeCommit ?? []) await hook(tx, tx.written())
      return { result, head: await tx.flush(), written: tx.written() }
    })
    if (head !== null) for (const listener of listeners) listener(head, written)
    return result
  }

  return {
    write(job) {
      const mine = tail.then(() => run(job))
      tail = mine.catch(() => undefined) // the caller hears of it; the next job does not care
      return mine
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    idle: async () => {
      await tail
    },
  }
}

/**
 * Taken first: what the job reads cannot change under it, and two processes cannot interleave. From here on the trigger
 * lets through what comes after the head (migrations/0001-log.ts).
 *
 * @returns the lane's head
 */
async function takeLane(transaction: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<{ head: number }>`
    select head, set_config('kontor.after', head::text, true) from lane where lane = 0 for update
  `.execute(transaction)
  return must(rows[0], 'lane').head
}

/** Makes sure there is a lane, with a history of its own. */
export async function prepareLane(db: Kysely<Tables>, newEpoch: () => string): Promise<void> {
  await db
    .insertInto('lane')
    .values({ lane: 0, epoch: newEpoch(), head: 0, floor: 0 })
    .onConflict((conflict) => conflict.column('lane').doNothing())
    .execute()
}
