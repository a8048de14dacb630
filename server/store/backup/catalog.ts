import type { Client } from 'pg'
import type { Header } from './format.ts'

type Table = Header['tables'][number]

/** Every table there is with its columns (generated ones left out), those first that others refer to. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { needs: string[] }>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
    order by c.relname`)
  const done = new Map<string, Table>()
  const add = ({ name, columns, needs }: Table & { needs: string[] }) => {
    if (done.has(name)) return
    for (const table of rows) if (needs.some((need) => unquoted(need) === table.name)) add(table)
    done.set(name, { name, columns })
  }
  rows.forEach(add)
  return [...done.values()]
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, '$1')
}

export async function readSequences(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; last: string }>(`
    select sequencename as name, last_value as last from pg_sequences
    where schemaname = current_schema() and last_value is not null`)
  return Object.fromEntries(rows.map(({ name, last }) => [name, Number(last)]))
}

export async function readMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name')
  return rows.map(({ name }) => name)
}

/** A table with its columns, as COPY wants them. */
export function target(client: Client, { name, columns }: Table): string {
  const quoted = columns.map((column) => client.escapeIdentifier(column))
  return `${client.escapeIdentifier(name)} (${quoted.join(', ')})`
}

/** How values are written, whatever the database's own settings are. */
export const sessionSettings = `
  set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0`
