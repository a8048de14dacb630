import { sql } from 'kysely'
import { changeKinds, type ChangeKind } from '../../core/domain/ledger.ts'
import type { VerificationChange } from '../../core/domain/verification-change.ts'
import { factOfField, kindOfField } from '../../core/verification/kinds.ts'
import type { Database } from '../store/database.ts'

type Row = {
  place: string
  at: Date
  source: VerificationChange['source']
  kind: ChangeKind
  about_kind: 'number' | 'account' | 'template'
  about_id: string | null
  about_name: string
  fact: string | null
  event: string | null
  deed: string | null
  what: string | null
  before: string | null
  after: string | null
  by: string | null
  code: string | null
}

export type Wanted = {
  kinds: readonly ChangeKind[] | undefined
  /** `place` of the last entry that was shown; '' for the newest. */
  after: string
  limit: number
}

/**
 * What happened to a number, the newest first: what WhatsApp told of it, its account and its templates, what checks
 * found and what colleagues did. `place` is where a next page goes on.
 */
export async function readHistory(
  db: Database,
  number: { id: string; accountId: string | undefined },
  { kinds, after, limit }: Wanted,
): Promise<{ change: VerificationChange; place: string }[]> {
  const account = number.accountId ?? ''
  const { rows } = await sql<Row>`
    select * from (${told(number.id, account)} union all ${found(number.id, account)}) as entry
    where (${kinds === undefined} or kind = any(${kinds ?? []}::text[]))
      and (${after} = '' or place < ${after})
    order by place desc limit ${limit}
  `.execute(db)
  return rows.map((row) => ({ place: row.place, change: changeOf(row) }))
}

/** Sorts as the time does, and tells apart what happened at the same time. */
const place = (letter: string) => sql`
  lpad((extract(epoch from c.at) * 1000)::bigint::text, 15, '0') || ${letter} || lpad(c.id::text, 12, '0')`

/** Of the account's events those that name another number are not this one's, and a limit told again is no news. */
function told(numberId: string, accountId: string) {
  return sql`
    select ${place('w')} collate "C" as place, c.at, 'webhook' as source,
      ${caseOf(kindOfField, 'other')} as kind,
      case c.subject_kind when 'number' then 'number' when 'template' then 'template' else 'account' end as about_kind,
      coalesce(case c.subject_kind when 'template' then c.value->>'message_template_id' end, c.number_id, c.account_id) as about_id,
      coalesce(c.value->>'message_template_name', n.data->>'displayPhone', a.data->>'name', c.subject_id) as about_name,
      ${caseOf(factOfField, null)} as fact, coalesce(c.event, c.field) as event, null as deed,
      coalesce(
        (select string_agg(one->>'restriction_type', ',') from jsonb_array_elements(
          case jsonb_typeof(c.value->'restriction_info') when 'array' then c.value->'restriction_info' else '[]' end) as one),
        c.value->'violation_info'->>'violation_type', c.value->>'requested_verified_name') as what,
      case when c.before is distinct from c.after then c.before end as before,
      case when c.before is distinct from c.after then c.after end as after, null as by, null as code
    from account_event as c
      left join number as n on n.id = c.number_id
      left join waba as a on a.meta_id = c.account_id
    where (c.number_id = ${numberId}
        or (c.number_id is null and c.account_id = ${accountId} and c.subject_kind <> 'flow'))
      and not (c.field = 'business_capability_update' and c.before is not distinct from c.after)`
}

function found(numberId: string, accountId: string) {
  return sql`
    select ${place('c')} collate "C" as place, c.at, c.source, c.kind,
      case when c.number_id is null then 'account' else 'number' end as about_kind,
      coalesce(c.number_id, c.account_id) as about_id,
      coalesce(n.data->>'displayPhone', a.data->>'name', c.account_id, '') as about_name,
      c.fact, null as event, c.deed, c.what, c.before, c.after, u.data->>'name' as by, c.code
    from verification_change as c
      left join number as n on n.id = c.number_id
      left join waba as a on a.meta_id = c.account_id and c.number_id is null
      left join "user" as u on u.id = c.user_id
    where c.number_id = ${numberId} or (c.number_id is null and c.account_id = ${accountId})`
}

/** The value for each webhook field. */
function caseOf(table: Readonly<Record<string, string>>, otherwise: string | null) {
  const whens = Object.entries(table).map(
    ([field, value]) => sql`when c.field = ${field} then ${value}`,
  )
  return sql`case ${sql.join(whens, sql` `)} else ${otherwise} end`
}

function changeOf(row: Row): VerificationChange {
  const { place: id, at, source, kind, fact, event, deed, what, before, after, by, code } = row
  return {
    id,
    at: at.toISOString(),
    source,
    kind: (changeKinds as readonly string[]).includes(kind) ? kind : 'other',
    about: { kind: row.about_kind, id: row.about_id, name: row.about_name },
    ...{ fact, event, deed, what, before, after, by, code },
  }
}
