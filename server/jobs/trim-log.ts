import { sql } from 'kysely'
import type { Database } from '../store/database.ts'

const dayMs = 24 * 60 * 60_000
/** A console away for longer fetches a whole copy instead of the changes. */
const keptMs = 30 * dayMs
/** More pointers than this are kept only for consoles that were here within the last days. */
const mostPointers = 10_000_000
const liveMs = 7 * dayMs
/** In one statement; more of it waits for the next time after so many. */
const batch = 10_000
const mostBatches = 100

type Parts = { db: Database; nowMs: () => number; most?: number }

/**
 * Drops the pointers of the change log that nobody needs any more. The floor moves first: whoever reads from below it
 * is told, and whoever sees the floor as it was sees the pointers as they were. @returns how many were dropped
 */
export async function trimLog({ db, nowMs, most = mostPointers }: Parts): Promise<number> {
  const old = await lastBefore(db, new Date(nowMs() - keptMs))
  const beyond = await lastBeyond(db, most)
  const many = beyond === 0 ? 0 : Math.min(beyond, await lastSeenByAll(db, nowMs()))
  const floor = Math.max(old, many)
  await sql`update lane set floor = ${floor} where lane = 0 and floor < ${floor}`.execute(db)
  let dropped = 0
  for (let round = 0; round < mostBatches; round += 1) {
    const { numAffectedRows = 0n } = await sql`
      delete from change where lane = 0 and seq in (
        select seq from change
        where lane = 0 and seq <= (select floor from lane where lane = 0) order by seq limit ${batch})
    `.execute(db)
    dropped += Number(numAffectedRows)
    if (numAffectedRows < batch) break
  }
  return dropped
}

/** The last change that is older than this. The log is short below it, because this comes again and again. */
async function lastBefore(db: Database, before: Date): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(
      (select seq - 1 from change where lane = 0 and at >= ${before} order by seq limit 1),
      (select head from lane where lane = 0), 0) as seq
  `.execute(db)
  return rows[0]?.seq ?? 0
}

async function lastBeyond(db: Database, most: number): Promise<number> {
  const { rows } = await sql<{ head: number }>`select head from lane where lane = 0`.execute(db)
  return Math.max(0, (rows[0]?.head ?? 0) - most)
}

/** What every console that was here lately had seen when it came. */
async function lastSeenByAll(db: Database, nowMs: number): Promise<number> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(seen_at) as at from replica where seen_at >= ${new Date(nowMs - liveMs)}
  `.execute(db)
  return lastBefore(db, rows[0]?.at ?? new Date(nowMs))
}
