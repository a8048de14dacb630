import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import type { AlertKind } from './kinds.ts'

/** One thing that is wrong. `details` are figures for whoever mends it; never texts, names or phone numbers. */
export type Wrong = { subject: string; details?: Record<string, unknown> }

export type AlertChange = { kind: AlertKind; subject: string; isRaised: boolean; details: unknown }

export type Alerts = {
  /** Says everything that is wrong of this kind now: what is new is raised, what is not named any more is over. */
  settle(kind: AlertKind, wrong: readonly Wrong[]): Promise<void>
  /** These are well again, if they were not. */
  clear(kind: AlertKind, subjects: readonly string[]): Promise<void>
  /** How many of each kind are up. */
  count(): Promise<Map<AlertKind, number>>
}

/** Alarms, each with a memory: a row for kind and subject, raised once however often it is found to be wrong. */
export function createAlerts(options: {
  db: Database
  nowMs: () => number
  /** Hears each alarm once when it is raised, and once when it is over. */
  onChange: (change: AlertChange) => void
}): Alerts {
  const { db, nowMs, onChange } = options

  async function write(kind: AlertKind, { subject, details = {} }: Wrong): Promise<void> {
    await sql`
      insert into alert (kind, subject, since, details)
      values (${kind}, ${subject}, ${new Date(nowMs())}, ${JSON.stringify(details)}::jsonb)
      on conflict (kind, subject) do update set
        since = case when alert.cleared_at is null then alert.since else excluded.since end,
        cleared_at = null, details = excluded.details
    `.execute(db)
  }

  const clear: Alerts['clear'] = async (kind, subjects) => {
    if (subjects.length === 0) return
    const over = await db
      .updateTable('alert')
      .set({ cleared_at: new Date(nowMs()) })
      .where('kind', '=', kind)
      .where('subject', 'in', subjects)
      .where('cleared_at', 'is', null)
      .returning(['subject', 'details'])
      .execute()
    for (const { subject, details } of over) onChange({ kind, subject, isRaised: false, details })
  }

  return {
    clear,
    async settle(kind, wrong) {
      const up = await db
        .selectFrom('alert')
        .select(['subject', 'details'])
        .where('kind', '=', kind)
        .where('cleared_at', 'is', null)
        .execute()
      for (const found of wrong) {
        const { subject, details = {} } = found
        const known = up.find((one) => one.subject === subject)
        if (!isDeepStrictEqual(known?.details, details)) await write(kind, found)
        if (known === undefined) onChange({ kind, subject, isRaised: true, details })
      }
      const named = new Set(wrong.map(({ subject }) => subject))
      const gone = up.filter(({ subject }) => !named.has(subject))
      await clear(
        kind,
        gone.map(({ subject }) => subject),
      )
    },
    async count() {
      const { rows } = await sql<{ kind: AlertKind; count: number }>`
        select kind, count(*)::int as count from alert where cleared_at is null group by kind
      `.execute(db)
      return new Map(rows.map(({ kind, count }) => [kind, count]))
    },
  }
}
