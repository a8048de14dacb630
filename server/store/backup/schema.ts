import type { Client } from 'pg'
import { migrations } from '../../migrations/all.ts'
import { createMigrationTable } from '../migrate.ts'

/** What lies in the database a backup is to be put into. */
export type Ground = 'nothing' | 'empty' | 'used' | 'foreign'

/** `empty`: a Kontor that never had a person or a webhook call. `foreign`: tables, but not Kontor's. */
export async function lookAt(client: Client): Promise<Ground> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm')`,
  )
  const names = rows.map(({ name }) => name)
  if (names.length === 0) return 'nothing'
  if (!names.includes('migration') || !names.includes('lane')) return 'foreign'
  for (const name of names) {
    if (name === 'migration' || name === 'lane') continue
    const found = await client.query(`select from ${client.escapeIdentifier(name)} limit 1`)
    if ((found.rowCount ?? 0) > 0) return 'used'
  }
  return 'empty'
}

/** Takes away whatever lies in the schema; what belongs to an extension stays. */
export async function clearSchema(client: Client): Promise<void> {
  await client.query(`
do $$
declare
  here oid := current_schema()::regnamespace;
  one record;
begin
  for one in select oid::regclass as name, relkind from pg_class c
    where relnamespace = here and relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'a', 'i'))
  loop
    execute format('drop %s if exists %s cascade', case one.relkind
      when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, one.name);
  end loop;
  for one in select oid::regprocedure as name from pg_proc p
    where pronamespace = here
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype in ('e', 'i'))
  loop
    execute format('drop routine if exists %s cascade', one.name);
  end loop;
  for one in select oid::regtype as name from pg_type t
    where typnamespace = here and typtype in ('e', 'd')
      and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype in ('e', 'i'))
  loop
    execute format('drop type if exists %s cascade', one.name);
  end loop;
end $$`)
}

/** The schema as it was when exactly these migrations had been applied; `migration` itself stays empty. */
export async function buildSchema(client: Client, names: readonly string[]): Promise<void> {
  await client.query(createMigrationTable)
  for (const { name, up } of migrations) if (names.includes(name)) await client.query(up)
}
