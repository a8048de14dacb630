import { sql, type Kysely } from 'kysely'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { entityNames, type Entity } from '../../core/domain/entities.ts'
import type { Scope } from '../../core/domain/scopes.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { SnapshotEnd, SnapshotHead } from '../../core/protocol/snapshot.ts'
import type { Tables } from '../store/tables.ts'
import { putOf, readLane } from './changes.ts'
import { isKnownTo } from './known.ts'
import { chooseWindows, isWindowed, readWindows, type Choice } from './windows.ts'

/** A page is closed when it has so many lines: what a slow reader makes the server hold is a few hundred kilobytes. */
const pageLines = 2_000

/** Every noun in turn; messages come last, as the windows of their conversations. */
const stages: readonly (Exclude<Entity, 'message'> | 'window')[] = [
  ...entityNames.filter((name) => name !== 'message'),
  'window',
]

/** Where the next page begins. A console passes it back unread. */
const Place = Type.Object({
  epoch: Type.String(),
  scopes: Type.Array(Type.String()),
  recentMs: Type.Integer(),
  cutoffMs: Type.Integer(),
  stage: Type.Integer({ minimum: 0, maximum: stages.length - 1 }),
  after: Type.String(),
})
type Place = Static<typeof Place>

/** Of whom it is, and for a console of which version of the protocol. */
type Wanted = { scopes: readonly Scope[]; proto: number; from: string | null; nowMs: number }
type Lines = { lines: string[]; last: string | null }

/**
 * One page of everything these scopes see, as NDJSON (core/protocol/snapshot.ts). Pages go through the rows by their
 * ids, each at its own moment, so nothing is held between them and any page can be asked for again. Together with the
 * delta from the first page's `seq` that is whole: a row untouched since then is on exactly one page, because its id is
 * where it was; a touched one is in the delta.
 *
 * @param scopes what the person may see now; a later page shows no more of it than the first did
 * @throws AppError bad-request for a place that no page of ours named; conflict when the history began anew since
 */
export async function readPage(
  db: Kysely<Tables>,
  { scopes, proto, from, nowMs }: Wanted,
): Promise<string> {
  const lane = await readLane(db)
  const isFirst = from === null
  let place: Place | null
  let rows: number | undefined
  if (isFirst) {
    const choice = await chooseWindows(db, scopes, nowMs)
    rows = choice.messages + (await countRows(db, scopes, proto))
    const { recentMs, cutoffMs } = choice
    place = { epoch: lane.epoch, scopes: [...scopes], recentMs, cutoffMs, stage: 0, after: '' }
  } else {
    const begun = decode(from)
    if (begun.epoch !== lane.epoch) throw new AppError('conflict', 'the history began anew')
    place = { ...begun, scopes: begun.scopes.filter((scope) => scopes.includes(scope)) }
  }
  const head: SnapshotHead = { epoch: lane.epoch, seq: lane.head, scopes: place.scopes }
  const lines: string[] = []
  while (place !== null && lines.length < pageLines) {
    const found: Lines = await readStage(db, place, proto)
    for (const line of found.lines) lines.push(line)
    place = nextPlace(place, found.last)
  }
  const end: SnapshotEnd = { count: lines.length, next: place === null ? null : encode(place) }
  const begin = JSON.stringify(rows === undefined ? head : { ...head, rows })
  return [begin, ...lines, JSON.stringify(end), ''].join('\n')
}

function nextPlace(place: Place, last: string | null): Place | null {
  if (last !== null) return { ...place, after: last }
  return place.stage + 1 === stages.length ? null : { ...place, stage: place.stage + 1, after: '' }
}

async function readStage(db: Kysely<Tables>, place: Place, proto: number): Promise<Lines> {
  const stage = stages[place.stage] ?? 'window'
  if (stage === 'window') return readWindows(db, place)
  if (!isKnownTo(proto, stage)) return { lines: [], last: null }
  const found = await readRows(db, stage, place)
  if (stage !== 'conversation' || found.ids.length === 0) return found
  return { ...found, lines: [...found.lines, ...(await readClosed(db, found.ids, place))] }
}

async function readRows(
  db: Kysely<Tables>,
  entity: Entity,
  { scopes, after }: Place,
): Promise<Lines & { ids: string[] }> {
  const { rows } = await sql<{ id: string; rev: number; data: string }>`
    select id, rev, data::text as data from ${sql.table(entity)}
    where id > ${after} and scope && ${scopes}::text[] and deleted_at is null
    order by id limit ${pageLines}
  `.execute(db)
  const isFull = rows.length === pageLines
  return {
    lines: rows.map(({ rev, data }) => putOf(entity, rev, data)),
    last: isFull ? (rows.at(-1)?.id ?? null) : null,
    ids: rows.map(({ id }) => id),
  }
}

/** Conversations without messages in the snapshot: all that comes after their newest one will be held. */
async function readClosed(
  db: Kysely<Tables>,
  ids: readonly string[],
  choice: Choice,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; from_ms: number }>`
    select c.id, coalesce((newest.sent_at_ms / 1000 + 1) * 1000, 0) as from_ms
    from conversation c left join lateral (
      select sent_at_ms from message where conversation_id = c.id and deleted_at is null
      order by sent_at_ms desc limit 1) newest on true
    where c.id = any(${[...ids]}::text[]) and not ${isWindowed(choice)}
  `.execute(db)
  return rows.map(({ id, from_ms }) => `["window","${id}",${from_ms}]`)
}

async function countRows(
  db: Kysely<Tables>,
  scopes: readonly Scope[],
  proto: number,
): Promise<number> {
  const counts = entityNames
    .filter((name) => name !== 'message' && isKnownTo(proto, name))
    .map(
      (name) => sql`select count(*)::int as rows from ${sql.table(name)}
        where scope && ${[...scopes]}::text[] and deleted_at is null`,
    )
  const { rows } = await sql<{ rows: number }>`${sql.join(counts, sql` union all `)}`.execute(db)
  return rows.reduce((sum, one) => sum + one.rows, 0)
}

function encode(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function decode(from: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(from, 'base64url').toString())
    if (Value.Check(Place, place)) return place
  } catch {
    // answered below
  }
  throw new AppError('bad-request', 'no page of ours named this place')
}
