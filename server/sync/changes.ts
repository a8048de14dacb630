import { sql, type Kysely, type Transaction } from 'kysely'
import { entityNames, type Entity, type Scope } from '../../core/domain/entities.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'
import type { Tables } from '../store/tables.ts'

/** A row as it is now, ready for the wire: `json` is the Put `[entity, rev, row]`. */
export type Rendered = { scope: Scope; json: string }

/** How far the server has a replica's deeds, and what became of the ones asked about. */
export type Acks = {
  places: ReadonlyMap<string, { lmid: number; lmuid: MutationId | null }>
  results: ReadonlyMap<string, MutationResult>
}
export type Asked = { replicas: readonly string[]; muids: readonly string[] }

/** What a span of the log comes to, with the acknowledgements of the same moment: neither precedes the other. */
export type Delta = { head: number; puts: Rendered[]; acks: Acks }

type Reader = Kysely<Tables> | Transaction<Tables>

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

/**
 * Everything that changed after `after`, as it is now. Repeating any of it does no harm. Without anything asked it is
 * one statement, which sees one moment by itself; else `db` has to be a snapshot.
 */
export async function readDelta(db: Reader, after: number, asked: Asked): Promise<Delta> {
  const { rows } = await sql<RawRow & { entity: Entity | null }>`
    with news as materialized (select entity, id, seq from change where lane = 0 and seq > ${after})
    ${sql.join(entityNames.map(changedRows), sql` union all `)}
    union all select null, '', head, '' from lane where lane = 0
    order by 3
  `.execute(db)
  const puts: Rendered[] = []
  let head = after
  for (const { entity, ...row } of rows) {
    if (entity === null) head = row.rev
    else puts.push(render(entity, row))
  }
  return { head, puts, acks: await readAcks(db, asked) }
}

function changedRows(entity: Entity) {
  return sql`select ${entity} as entity, row.scope, row.rev, row.data::text as data
    from news join ${sql.table(entity)} as row on row.id = news.id and row.rev = news.seq
    where news.entity = ${entity} and row.deleted_at is null`
}

/** Everything there is. */
export async function readAll(snapshot: Transaction<Tables>, asked: Asked): Promise<Delta> {
  const { head } = await readLane(snapshot)
  const puts: Rendered[] = []
  for (const entity of entityNames) puts.push(...(await readEntity(snapshot, entity)))
  return { head, puts, acks: await readAcks(snapshot, asked) }
}

async function readAcks(snapshot: Reader, { replicas, muids }: Asked): Promise<Acks> {
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

async function readEntity(snapshot: Transaction<Tables>, entity: Entity): Promise<Rendered[]> {
  const { rows } = await sql<RawRow>`
    select scope, rev, data::text as data from ${sql.table(entity)} where deleted_at is null
  `.execute(snapshot)
  return rows.map((row) => render(entity, row))
}

type RawRow = { scope: Scope; rev: number; data: string }

function render(entity: Entity, { scope, rev, data }: RawRow): Rendered {
  return { scope, json: `["${entity}",${rev},${data}]` }
}
