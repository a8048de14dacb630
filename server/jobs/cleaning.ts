import { sql, type RawBuilder } from 'kysely'
import { waitedInVain } from '../intake/result.ts'
import type { Database } from '../store/database.ts'
import { longestAgoMs } from '../sync/perform.ts'

type Parts = { db: Database; nowMs: () => number }

const dayMs = 24 * 60 * 60_000
const batch = 500
/** More of it waits for the next time, so that no job holds the database for long. */
const mostBatches = 100

/** Repeats a statement that does at most `most` rows until it has nothing left to do. @returns how many rows */
async function inBatches(
  db: Database,
  step: () => RawBuilder<unknown>,
  most = batch,
): Promise<number> {
  let done = 0
  for (let round = 0; round < mostBatches; round += 1) {
    const { numAffectedRows = 0n } = await step().execute(db)
    done += Number(numAffectedRows)
    if (Number(numAffectedRows) < most) break
  }
  return done
}

/**
 * Drops the bodies of webhook calls that were kept long enough. The calls and what became of each part stay in the
 * ledger. A body that was never understood is not dropped.
 */
export function purgeBodies({ db, nowMs }: Parts): Promise<number> {
  const now = new Date(nowMs())
  return inBatches(
    db,
    () => sql`
      update webhook_call set body = null where id in (
        select id from webhook_call where body is not null and purge_after <= ${now} and state <> 'received'
        order by purge_after limit ${batch})`,
  )
}

const waitsMs = 7 * dayMs

/** What waited a week for its message waits no longer, and the ledger says so. WhatsApp repeats nothing for longer. */
export function endWaiting({ db, nowMs }: Parts): Promise<number> {
  const before = new Date(nowMs() - waitsMs)
  return inBatches(
    db,
    () => sql`
      with ended as (
        delete from parked where id in (select id from parked where at < ${before} order by at limit ${batch})
        returning call_id, part_index)
      update webhook_part set outcome = 'ignored', reason = ${waitedInVain} from ended
      where webhook_part.call_id = ended.call_id and webhook_part.index = ended.part_index
        and outcome = 'parked'`,
  )
}

const outboxMs = 30 * dayMs

/** Forgets how old messages left: the message says how it ended. What a person still has to decide stays. */
export function forgetSent({ db, nowMs }: Parts): Promise<number> {
  const before = new Date(nowMs() - outboxMs)
  return inBatches(
    db,
    () => sql`
      delete from outbox where id in (
        select id from outbox where state in ('accepted', 'failed', 'dismissed') and created_at < ${before}
        order by created_at limit ${batch})`,
  )
}

const manyDeeds = 10_000

/** Of a deed so old that none like it is done any more stays only that it was done: no copy of it is done again. */
export function thinDeeds({ db, nowMs }: Parts): Promise<number> {
  const before = new Date(nowMs() - longestAgoMs)
  return inBatches(
    db,
    () => sql`
      update mutation set name = '', result = result - 'details' where muid in (
        select muid from mutation where at < ${before} and name <> '' limit ${manyDeeds})`,
    manyDeeds,
  )
}

const replicaMs = 400 * dayMs

/** Forgets consoles that were not here for more than a year, and all that was done so long ago. */
export async function forgetReplicas({ db, nowMs }: Parts): Promise<number> {
  const before = new Date(nowMs() - replicaMs)
  const deeds = await inBatches(
    db,
    () => sql`
      delete from mutation where muid in (
        select muid from mutation where at < ${before} limit ${manyDeeds})`,
    manyDeeds,
  )
  const replicas = await inBatches(
    db,
    () => sql`
      delete from replica where id in (
        select id from replica where seen_at < ${before} limit ${batch})`,
  )
  return deeds + replicas
}
