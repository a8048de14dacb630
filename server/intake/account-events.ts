import { sql } from 'kysely'
import type { LogTx } from '../log/transaction.ts'
import type { Happening, HappeningOf } from './happening.ts'

export type AnyAccountEvent = HappeningOf<'account-event' | 'template-changed'>

/** One that is kept already; `isTold` says whether its time is WhatsApp's. */
type Known = { digest: string; atMs: number; isTold: boolean }

export type NewEvent = Known & {
  callId: number
  index: number
  happening: AnyAccountEvent
  numberId: string | undefined
  before: string | undefined
  after: string | undefined
}

/** WhatsApp repeats a call for so long; the same words after that are something that happened again. @see facts 5.4 */
const repeatsMs = 7 * 24 * 60 * 60 * 1000

/** The events these happenings may be repeats of, the newest of each kind about each subject, and what is new. */
export class AccountEvents {
  readonly added: NewEvent[] = []
  readonly #known: Known[]
  readonly #newestMs: Map<string, number>

  constructor(known: readonly Known[] = [], newest: ReadonlyMap<string, number> = new Map()) {
    this.#known = [...known]
    this.#newestMs = new Map(newest)
  }

  /** Whether it was told before: the same words of the same time, or, where WhatsApp gave none, not long ago. */
  has({ digest, atMs: toldMs }: AnyAccountEvent, receivedAtMs: number): boolean {
    return this.#known.some(
      (known) =>
        known.digest === digest &&
        (toldMs === undefined
          ? !known.isTold && Math.abs(known.atMs - receivedAtMs) < repeatsMs
          : known.isTold && known.atMs === toldMs),
    )
  }

  /** Whether nothing newer of its kind is known about its subject. */
  isNewest(event: AnyAccountEvent, atMs: number): boolean {
    return atMs >= (this.#newestMs.get(kindOf(event)) ?? 0)
  }

  add(event: NewEvent): void {
    this.added.push(event)
    this.#known.push(event)
    const kind = kindOf(event.happening)
    this.#newestMs.set(kind, Math.max(this.#newestMs.get(kind) ?? 0, event.atMs))
  }
}

function kindOf({ field, subject: { kind, id } }: AnyAccountEvent): string {
  return `${field} ${kind} ${id}`
}

export async function loadEvents(
  tx: LogTx,
  happenings: readonly Happening[],
): Promise<AccountEvents> {
  const events = happenings.filter(
    (one): one is AnyAccountEvent =>
      one.kind === 'account-event' || one.kind === 'template-changed',
  )
  if (events.length === 0) return new AccountEvents()
  const { rows: known } = await sql<Known>`
    select digest, (extract(epoch from at) * 1000)::float8 as "atMs", is_at_told as "isTold" from account_event
    where digest = any(${events.map(({ digest }) => digest)}::text[])
  `.execute(tx.sql)
  const { rows: newest } = await sql<{ kind: string; atMs: number }>`
    select field || ' ' || subject_kind || ' ' || subject_id as kind, (extract(epoch from max(at)) * 1000)::float8 as "atMs"
    from account_event join unnest(
      ${events.map(({ field }) => field)}::text[], ${events.map(({ subject }) => subject.kind)}::text[],
      ${events.map(({ subject }) => subject.id)}::text[]) as asked (field, subject_kind, subject_id)
      using (field, subject_kind, subject_id)
    group by 1
  `.execute(tx.sql)
  return new AccountEvents(known, new Map(newest.map(({ kind, atMs }) => [kind, atMs])))
}

export async function saveEvents(tx: LogTx, { added }: AccountEvents): Promise<void> {
  if (added.length === 0) return
  await tx.sql
    .insertInto('account_event')
    .values(
      added.map(({ callId, index, happening, numberId, before, after, ...known }) => ({
        call_id: callId,
        part_index: index,
        at: new Date(known.atMs),
        is_at_told: known.isTold,
        field: happening.field,
        event: happening.event ?? null,
        subject_kind: happening.subject.kind,
        subject_id: happening.subject.id,
        account_id: happening.accountId ?? null,
        number_id: numberId ?? null,
        before: before ?? null,
        after: after ?? null,
        value: JSON.stringify(happening.value),
        digest: known.digest,
      })),
    )
    .execute()
}
