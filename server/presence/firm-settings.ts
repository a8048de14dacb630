import type { Database } from '../store/database.ts'

/** Who decided, by name, and when. */
export type By = { name: string; atMs: number }

/** What the firm decided about something; undefined while it has not. */
export async function readSetting(db: Database, name: string): Promise<unknown> {
  const row = await db
    .selectFrom('firm_setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

export async function writeSetting(
  db: Database,
  name: string,
  value: unknown,
  by: By,
): Promise<void> {
  const row = {
    value: JSON.stringify(value),
    changed_at: new Date(by.atMs),
    changed_by: by.name,
  }
  await db
    .insertInto('firm_setting')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}
