import { sql, type Kysely, type Transaction } from 'kysely'
import { entityNames, type Entity } from '../../core/domain/entities.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import type { Scope } from '../../core/domain/scopes.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'
import type { Tables } from '../store/tables.ts'

/** A row that changed, as it is now: `json` is the Put `[entity, rev, row]`, ready for the wire. */
export type Changed = {
  entity: Entity
  id: string
  json: string
  /** Who may see it now. */
  scopes: readonly Scope[]
  /** Who could see it before; null when it was new, or is seen with another row. */
  before: readonly Scope[] | null
}

/** How far the server has a replica's deeds, and what became of the ones asked about. */
export type Acks = {
  places: ReadonlyMap<string, { lmid: number; lmuid: MutationId | null }>
  results: ReadonlyMap<string, MutationResult>
}
export type Asked = { replicas: readonly string[]; muids: readonly string[] }

/** What a span of the log comes to, with the acknowledgements of the same moment: neither precedes the other. */
export type Delta = {
  head: number
  news: Changed[]
  /** Colleagues who changed, and with them perhaps what they may see. */
  people: ReadonlyMap<string, User>
  acks: Acks
}

export type Reader = Kysely<Tables> | Transaction<Tables>

/** Runs `read` on one unchanging view of the database. */
export async function inSnapshot<T>(
  db: Kysely<Tables>,
  read: (snapshot: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read)
}

export async function readLane(
  db: Reader,
): Promise<{ epoch: string; head: number; floor: number }> {
  return db
    .selectFrom('lane')
    .select(['epoch', 'head', 'floor'])
    .where('lane', '=', 0)
    .executeTakeFirstOrThrow()
}

type RawChange = {
  entity: Entity | null
  id: string
  rev: number
  data: string
  scope: Scope[]
  was: Scope[] | null
}

/**
 * Everything that changed after `after`, as it is now. Repeating any of it does no harm. Without anything asked it is
 * one statement, which sees one moment by itself; else `db` has to be a snapshot.
 */
export async function readDelta(db: Reader, after: number, asked: Asked): Promise<Delta> {
  const { rows } = await sql<RawChange>`
    with news as materialized (
      select entity, id, seq, first_value(prev_scope) over (partition by entity, id order by seq) as was
      from change where lane = 0 and seq > ${after}
    )
    ${sql.join(entityNames.map(changedRows), sql` union all `)}
    union all select null, '', head, '', null, null from lane where lane = 0
    order by 3
  `.execute(db)
  const news: Changed[] = []
  const people = new Map<string, User>()
  let head = after
  for (const { entity, id, rev, data, scope, was } of rows) {
    if (entity === null) head = rev
    else news.push({ entity, id, json: putOf(entity, rev, data), scopes: scope, before: was })
    if (entity === 'user') people.set(id, JSON.parse(data) as User) // the table's data column holds users
  }
  return { head, news, people, acks: await readAcks(db, asked) }
}

function changedRows(entity: Entity) {
  const changed = sql`from news join ${sql.table(entity)} as row on row.id = news.id and row.rev = news.seq`
  const asked = sql`where news.entity = ${entity} and row.deleted_at is null`
  const own = sql`select ${entity} as entity, row.id, row.rev, row.data::text as data`
  return entity === 'message'
    ? sql`${own}, talk.scope, null::text[] as was ${changed}
        join conversation as talk on talk.id = row.conversation_id ${asked}`
    : sql`${own}, row.scope, news.was ${changed} ${asked}`
}

export async function readAcks(snapshot: Reader, { replicas, muids }: Asked): Promise<Acks> {
  if (replicas.length === 0) return { places: new Map(), results: new Map() }
  const places = await snapshot
    .selectFrom('replica')
    .select(['id', 'lmid', 'lmuid'])
    .where('id', 'in', replicas)
    .execute()
  const results =
    muids.length === 0
      ? []
      : await snapshot
          .selectFrom('mutation')
          .select(['muid', 'result'])
          .where('muid', 'in', muids)
          .execute()
  return {
    places: new Map(
      places.map(({ id, lmid, lmuid }) => [id, { lmid, lmuid: lmuid as MutationId | null }]), // written by push.ts from a checked id
    ),
    results: new Map(results.map(({ muid, result }) => [muid, result])),
  }
}

/** A row as the wire takes it. */
export function putOf(entity: Entity, rev: number, data: string): string {
  return `["${entity}",${rev},${data}]`
}
