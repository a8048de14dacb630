import type { OwnNumber } from '../../core/domain/people.ts'
import type { Silent } from '../numbers/silence.ts'
import type { Database } from '../store/database.ts'
import type { Alerts, Wrong } from './alerts.ts'
import { judgeSilence, weekMs } from './silence.ts'

type Parts = { db: Database; alerts: Alerts; nowMs: () => number }

/** Raises `number-stopped` for numbers that cannot send. */
export async function watchStopped({ db, alerts }: Parts): Promise<void> {
  const rows = await db
    .selectFrom('number')
    .select('data')
    .where('deleted_at', 'is', null)
    .execute()
  const wrong = rows.flatMap(({ data: { id, health, healthReason } }): Wrong[] =>
    health === 'ok' ? [] : [{ subject: id, details: { health, reason: healthReason ?? null } }],
  )
  await alerts.settle('number-stopped', wrong)
}

/**
 * Raises `webhook-silent`. What this server could not hear, because it was not running, is no silence.
 *
 * @param listeningSinceMs when this server began to take webhooks
 * @param onSilent hears which numbers are silent before the alarm is raised
 */
export async function watchSilence(
  { db, alerts, nowMs }: Parts,
  listeningSinceMs: number,
  onSilent?: (silent: Silent) => Promise<void>,
): Promise<void> {
  const now = nowMs()
  const numbers = await db
    .selectFrom('number')
    .innerJoin('number_heard', 'number_heard.phone_number_id', 'number.phone_number_id')
    .select(['number.id', 'number_heard.phone_number_id', 'number_heard.heard_at'])
    .where('number.deleted_at', 'is', null)
    .execute()
  const hours = await db
    .selectFrom('number_hour')
    .selectAll()
    .where('hour', '>', new Date(now - keptMs))
    .execute()
  const silent = new Map<string, NonNullable<OwnNumber['silence']>>()
  const wrong = numbers.flatMap((number): Wrong[] => {
    const heardAtMs = number.heard_at.getTime()
    const mine = hours.filter(({ phone_number_id }) => phone_number_id === number.phone_number_id)
    const calls = new Map(mine.map(({ hour, calls: count }) => [hour.getTime(), count]))
    const sinceMs = Math.max(heardAtMs, listeningSinceMs)
    const { isAlarming, usualCalls } = judgeSilence({ sinceMs, calls }, now)
    if (!isAlarming) return []
    silent.set(number.id, { sinceMs: heardAtMs, usual: usualCalls })
    return [{ subject: number.id, details: { lastWebhookAt: number.heard_at.toISOString() } }]
  })
  await onSilent?.(silent)
  await alerts.settle('webhook-silent', wrong)
}

/** Two weeks, and the day that the silence may have lasted. */
const keptMs = 2 * weekMs + 2 * 24 * 60 * 60_000

/** Forgets hours that nothing is compared with any more. */
export async function forgetHours({ db, nowMs }: Pick<Parts, 'db' | 'nowMs'>): Promise<void> {
  await db
    .deleteFrom('number_hour')
    .where('hour', '<', new Date(nowMs() - keptMs))
    .execute()
}

/** The next webhook ends the silence. @param phoneNumberIds Meta's ids of the numbers that were heard */
export async function endSilence(
  { db, alerts }: Pick<Parts, 'db' | 'alerts'>,
  phoneNumberIds: readonly string[],
): Promise<void> {
  if (phoneNumberIds.length === 0) return
  const silent = await db
    .selectFrom('alert')
    .innerJoin('number', 'number.id', 'alert.subject')
    .select('alert.subject')
    .where('alert.kind', '=', 'webhook-silent')
    .where('alert.cleared_at', 'is', null)
    .where('number.phone_number_id', 'in', phoneNumberIds)
    .execute()
  const ids = silent.map(({ subject }) => subject)
  await alerts.clear('webhook-silent', ids)
}
