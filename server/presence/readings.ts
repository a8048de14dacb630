import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'
import type { Reading } from '../../core/domain/profile.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import type { ReadingKind } from './tables.ts'

export type Parts = { db: Database; nowMs: () => number }
export type Read<T> = Reading & { value: T }

/**
 * What WhatsApp says now, kept for when it cannot be asked; then the last it said, with its age and the trouble.
 *
 * @throws AppError of `ask` when WhatsApp was never heard before
 */
export async function readThrough<S extends TSchema>(
  parts: Parts,
  about: { numberId: string; kind: ReadingKind; schema: S },
  ask: () => Promise<Static<S>>,
): Promise<Read<Static<S>>> {
  try {
    const value = await ask()
    return { value, readAt: await keepReading(parts, about, value), trouble: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code } = error
    if (code !== 'unavailable' && code !== 'whatsapp') throw error
    const kept = await lastReading(parts.db, about)
    if (kept === undefined) throw error
    return { ...kept, trouble: code }
  }
}

/** The last that WhatsApp said; undefined when it never did, or what is kept is of another version. */
export async function lastReading<S extends TSchema>(
  db: Database,
  { numberId, kind, schema }: { numberId: string; kind: ReadingKind; schema: S },
): Promise<{ value: Static<S>; readAt: string } | undefined> {
  const row = await db
    .selectFrom('number_reading')
    .select(['value', 'read_at'])
    .where('number_id', '=', numberId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (row === undefined || !Value.Check(schema, row.value)) return undefined
  return { value: row.value, readAt: row.read_at.toISOString() }
}

/** @returns the time of this reading */
export async function keepReading(
  { db, nowMs }: Parts,
  { numberId, kind }: { numberId: string; kind: ReadingKind },
  value: unknown,
): Promise<string> {
  const row = { value: JSON.stringify(value), read_at: new Date(nowMs()) }
  await db
    .insertInto('number_reading')
    .values({ number_id: numberId, kind, ...row })
    .onConflict((conflict) => conflict.columns(['number_id', 'kind']).doUpdateSet(row))
    .execute()
  return row.read_at.toISOString()
}
