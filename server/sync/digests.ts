import { sql } from 'kysely'
import { entityNames, type Entity } from '../../core/domain/entities.ts'
import { isSeenWith, type Scope } from '../../core/domain/scopes.ts'
import {
  countedNouns,
  type Digest,
  type Digests,
  type HeldWindow,
} from '../../core/protocol/digest.ts'
import { Tally } from '../../core/protocol/tally.ts'
import type { Reader } from './changes.ts'

/** What one console wants compared. */
export type Wanted = { scopes: readonly Scope[]; windows: readonly HeldWindow[] }

/** A digest that is not there by then is left out: the database has better things to do. */
const longestMs = 2_000
/** The hash is PostgreSQL's own affair: whether ours is still the same is looked at with every answer. */
const probe = { id: 'kontor', rev: 20_261_124 }

type Group = { entity: Entity; scope: Scope[]; digest: Digest }
type Verified = { id: string; fromMs: number; scope: Scope[]; digest: Digest }

/**
 * What the database holds in one moment, for any number of consoles: rows are counted once by who sees them, whoever
 * asks, and each window once.
 */
export class Inventory {
  readonly #groups: readonly Group[]
  readonly #verified: ReadonlyMap<string, Verified>
  readonly #known = new Map<string, Digest>()

  constructor(groups: readonly Group[], verified: readonly Verified[]) {
    this.#groups = groups
    this.#verified = new Map(verified.map((one) => [keyOf([one.id, one.fromMs]), one]))
  }

  /** What a console of this version with these scopes should hold of it. */
  digestsFor({ scopes, windows }: Wanted, proto: number): Omit<Digests, 'cursor'> {
    const seen = new Set(scopes)
    return {
      scopes: scopes.map((scope) => [scope, this.#under(scope, proto)]),
      messages: windows.flatMap((window): Digests['messages'] => {
        const found = this.#verified.get(keyOf(window))
        if (found === undefined || !isSeenWith(seen, found.scope)) return []
        return [[...window, found.digest]]
      }),
    }
  }

  #under(scope: Scope, proto: number): Digest {
    const key = `${proto} ${scope}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const nouns = new Set<Entity>(countedNouns(proto))
    const sum = new Tally()
    for (const group of this.#groups)
      if (nouns.has(group.entity) && group.scope.includes(scope)) sum.join(Tally.of(group.digest))
    this.#known.set(key, sum.digest)
    return sum.digest
  }
}

/** @param snapshot a transaction, whose moment it is */
export async function readInventory(
  snapshot: Reader,
  wanted: readonly Wanted[],
): Promise<Inventory> {
  await sql`select set_config('statement_timeout', ${String(longestMs)}, true)`.execute(snapshot)
  const scopes = [...new Set(wanted.flatMap((one) => one.scopes))]
  const windows = new Map(
    wanted.flatMap((one) => one.windows.map((window) => [keyOf(window), window] as const)),
  )
  const groups = await readGroups(snapshot, scopes)
  return new Inventory(groups, await readMessages(snapshot, [...windows.values()]))
}

/** @throws Error when PostgreSQL has come to hash otherwise than core/lib/hash64.ts */
async function readGroups(snapshot: Reader, scopes: readonly Scope[]): Promise<Group[]> {
  const nouns = entityNames.filter((name) => name !== 'message')
  const { rows } = await sql<{ entity: Entity | null; scope: Scope[]; rows: number; hash: string }>`
    select null as entity, null::text[] as scope, 1 as rows,
      ${hashOf(sql`hashtextextended(${probe.id}, ${probe.rev})`)} as hash
    union all ${sql.join(
      nouns.map(
        (name) => sql`
          select ${name}, scope, count(*)::int, ${hashOf(sql`bit_xor(hashtextextended(id, rev))`)}
          from ${sql.table(name)} where scope && ${scopes}::text[] and deleted_at is null group by scope`,
      ),
      sql` union all `,
    )}
  `.execute(snapshot)
  const groups = rows.flatMap(({ entity, scope, rows: count, hash }): Group[] =>
    entity === null ? [] : [{ entity, scope, digest: [count, hash] }],
  )
  const expected = new Tally()
  expected.add(probe.id, probe.rev)
  if (rows.find(({ entity }) => entity === null)?.hash !== expected.digest[1])
    throw new Error('bug: this PostgreSQL does not hash as consoles do')
  return groups
}

async function readMessages(snapshot: Reader, windows: readonly HeldWindow[]): Promise<Verified[]> {
  if (windows.length === 0) return []
  const ids = windows.map(([id]) => id)
  const froms = windows.map(([, fromMs]) => fromMs)
  const { rows } = await sql<{
    id: string
    from_ms: number
    scope: Scope[]
    rows: number
    hash: string
  }>`
    select c.id, wanted.from_ms, c.scope, found.rows, ${hashOf(sql`coalesce(found.hash, 0)`)} as hash
    from unnest(${ids}::text[], ${froms}::bigint[]) as wanted (id, from_ms)
    join conversation c on c.id = wanted.id and c.deleted_at is null
    cross join lateral (
      select count(*)::int as rows, bit_xor(hashtextextended(m.id, m.rev)) as hash from message m
      where m.conversation_id = c.id and m.sent_at_ms >= wanted.from_ms and m.deleted_at is null) as found
  `.execute(snapshot)
  return rows.map(({ id, from_ms, scope, rows: count, hash }) => ({
    ...{ id, fromMs: from_ms, scope, digest: [count, hash] },
  }))
}

function hashOf(hash: ReturnType<typeof sql>) {
  return sql<string>`lpad(to_hex(${hash}), 16, '0')`
}

function keyOf([id, fromMs]: HeldWindow | [string, number]): string {
  return `${id} ${fromMs}`
}
