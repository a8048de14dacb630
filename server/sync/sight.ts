import { sql } from 'kysely'
import { entityNames, type Entity } from '../../core/domain/entities.ts'
import type { UserId } from '../../core/domain/ids.ts'
import { isSeenWith, scopesSeenBy, type Scope } from '../../core/domain/scopes.ts'
import {
  putOf,
  readAcks,
  readDelta,
  readLane,
  type Acks,
  type Asked,
  type Changed,
  type Reader,
} from './changes.ts'

/** What one person gets of some news: rows for the wire, and what they see no longer. */
export type Share = {
  puts: readonly string[]
  del: readonly (readonly [Entity, string])[]
  /** Conversations they see since now: of these they lack what has not changed. */
  shown: readonly string[]
}

/** @param had the scopes whose rows they hold; @param now those they may see */
export function shareOf(
  news: readonly Changed[],
  had: ReadonlySet<Scope>,
  now: ReadonlySet<Scope>,
): Share {
  const puts: string[] = []
  const del: [Entity, string][] = []
  const shown: string[] = []
  for (const { entity, id, json, scopes, before } of news) {
    const wasSeen = before !== null && isSeenWith(had, before)
    if (isSeenWith(now, scopes)) {
      puts.push(json)
      if (entity === 'conversation' && before !== null && !wasSeen) shown.push(id)
    } else if (wasSeen) del.push([entity, id])
  }
  return { puts, del, shown }
}

/** Where a console stands: whose it is, and the rows it holds, up to `after` (null: none that count). */
export type Standing = { userId: UserId; after: number | null; had: readonly Scope[] }

/** A frame for one console. `after` null: it starts from nothing. */
export type Own = {
  after: number | null
  head: number
  scopes: Scope[]
  /** Nothing they may see is left out. */
  isWhole: boolean
  share: Pick<Share, 'puts' | 'del'>
  acks: Acks
}

/**
 * What a console needs to be up to date, whatever changed about what its person may see. When they see so much since
 * now that it is no frame any more, it is left out; what they see no longer goes at once all the same.
 *
 * @param most rows that may come of what they see since now; null for any number
 * @returns null when there is no frame without too much of it
 */
export async function readOwn(
  snapshot: Reader,
  { userId, after, had }: Standing,
  asked: Asked,
  most: number | null,
): Promise<Own | null> {
  const user = await snapshot
    .selectFrom('user')
    .select('data')
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const scopes = scopesSeenBy(user?.data)
  const isNewcomer = scopes.includes('ws') && !had.includes('ws')
  if (after === null || isNewcomer) return most === null ? readAll(snapshot, scopes, asked) : null
  const { head, news, acks } = await readDelta(snapshot, after, asked)
  const kept = scopes.filter((scope) => had.includes(scope))
  for (const seen of kept.length < scopes.length ? [scopes, kept] : [scopes]) {
    const share = shareOf(news, new Set(had), new Set(seen))
    const isGranted = share.shown.length > 0 || seen.length > kept.length
    const place = { after, had, scopes: seen, most }
    const lacking = isGranted ? await readLacking(snapshot, place, share.shown) : []
    const puts = [...share.puts, ...lacking]
    if (most !== null && (lacking.length > most || lengthOf(puts) > mostFrameBytes)) continue
    return { after, head, scopes: seen, isWhole: seen === scopes, share: { ...share, puts }, acks }
  }
  return null
}

/** A frame is held until its console has read it, so it is no longer than this, about; a copy comes page by page. */
export const mostFrameBytes = 6 * 1024 * 1024

function lengthOf(puts: readonly string[]): number {
  return puts.reduce((sum, put) => sum + put.length, 0)
}

type Row = { entity: Entity; rev: number; data: string }

/** Everything they may see. */
async function readAll(snapshot: Reader, scopes: Scope[], asked: Asked): Promise<Own> {
  const { head } = await readLane(snapshot)
  const puts: string[] = []
  for (const entity of entityNames) {
    const from =
      entity === 'message'
        ? sql`message as row join conversation as seen on seen.id = row.conversation_id`
        : sql`${sql.table(entity)} as row`
    const scope = entity === 'message' ? sql`seen.scope` : sql`row.scope`
    const { rows } = await sql<Omit<Row, 'entity'>>`
      select row.rev, row.data::text as data from ${from}
      where row.deleted_at is null and ${scope} && ${scopes}::text[]
    `.execute(snapshot)
    for (const { rev, data } of rows) puts.push(putOf(entity, rev, data))
  }
  const share = { puts, del: [] }
  return { after: null, head, scopes, isWhole: true, share, acks: await readAcks(snapshot, asked) }
}

type Place = {
  after: number
  had: readonly Scope[]
  scopes: readonly Scope[]
  most: number | null
}

/** What did not change after their place, of conversations that they see since now; one row more than `most` says: too much. */
async function readLacking(
  snapshot: Reader,
  { after, had, scopes, most }: Place,
  shown: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<Row>`
    with seen as materialized (
      select id, rev, data from conversation
      where deleted_at is null and scope && ${scopes}::text[]
        and (id = any(${shown}::text[]) or (rev <= ${after} and not scope && ${had}::text[]))
    )
    select 'conversation' as entity, rev, data::text as data from seen where rev <= ${after}
    union all
    select 'message', row.rev, row.data::text from seen
    cross join lateral (
      select rev, data from message as known
      where known.conversation_id = seen.id and known.rev <= ${after} and known.deleted_at is null) as row
    limit ${most === null ? null : most + 1}
  `.execute(snapshot)
  return rows.map(({ entity, rev, data }) => putOf(entity, rev, data))
}
