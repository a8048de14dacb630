import { sql, type Kysely } from 'kysely'
import type { MutationId, UserId } from '../../core/domain/ids.ts'
import type { Hello } from '../../core/protocol/up.ts'
import { fetchesSnapshot, protocolVersion, saysRowsVersion } from '../../core/protocol/version.ts'
import type { Tables } from '../store/tables.ts'
import { readLane } from './changes.ts'

/**
 * A console further behind fetches a copy: one frame of all this would be megabytes that the server holds for whoever
 * reads slowly, and pages are not.
 */
export const mostDelta = 6_000

/** What the server knows of a replica that said hello, and how to go on with it. */
export type Met = {
  epoch: string
  fence: number
  lmid: number
  lmuid: MutationId | null
  mode: 'delta' | 'snapshot' | 'fork'
  /** Where the delta starts; 0 otherwise. */
  after: number
  /** It has seen more of this very history than there is: the database went back, and nobody has noticed yet. */
  isAhead: boolean
}

/** Registers the connection as the replica's newest (older ones are fenced) and decides between delta, snapshot and fork. */
export async function introduce(
  db: Kysely<Tables>,
  hello: Hello,
  userId: UserId,
): Promise<Met | 'foreign'> {
  const row = await db
    .insertInto('replica')
    .values({ id: hello.replica, user_id: userId, lmuid: null, fence: 1 })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ fence: sql`replica.fence + 1`, seen_at: sql`now()` })
        .where('replica.user_id', '=', userId),
    )
    .returning(['lmid', 'lmuid', 'fence'])
    .executeTakeFirst()
  if (row === undefined) return 'foreign'
  const lane = await readLane(db)
  const seq = hello.cursor?.seq['0']
  const isKnown = hello.cursor?.epoch === lane.epoch && seq !== undefined
  const isAhead = isKnown && seq > lane.head
  const place = {
    epoch: lane.epoch,
    fence: row.fence,
    lmid: row.lmid,
    lmuid: row.lmuid as MutationId | null, // written by push.ts from a checked id
    isAhead,
  }
  if (isForked(hello, row)) return { ...place, mode: 'fork', after: 0 }
  const isFar = hello.proto >= fetchesSnapshot && seq !== undefined && lane.head - seq > mostDelta
  if (!isKnown || isAhead || seq < lane.floor || isFar || isOlder(hello))
    return { ...place, mode: 'snapshot', after: 0 }
  return { ...place, mode: 'delta', after: seq }
}

/** Its rows were taken by a release that had no word for what this one has, and a delta does not bring that. */
function isOlder({ proto, rowsProto = Math.min(proto, saysRowsVersion - 1) }: Hello): boolean {
  return rowsProto < Math.min(proto, protocolVersion)
}

/** The replica has done less than we have of it, or something else last. */
function isForked(hello: Hello, row: { lmid: number; lmuid: string | null }): boolean {
  if (hello.lastMid < row.lmid) return true
  return hello.lastMid === row.lmid && hello.lastMuid !== row.lmuid
}
