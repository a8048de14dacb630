import { sql } from 'kysely'
import type { Platform } from '../../core/lib/clock.ts'
import type { OnHeard } from '../intake/ports.ts'
import type { Database } from '../store/database.ts'

export type Heard = {
  /** Costs nothing: it is written down with others a little later. */
  note: OnHeard
  /** Writes down what is noted. Resolves with the numbers that were heard, by Meta's id. */
  flush(): Promise<string[]>
  stop(): Promise<void>
}

/** A kill loses so much of what was heard, and so old may "last webhook" be on the screen. */
const everyMs = 3000
const hourMs = 60 * 60_000
/** A call from longer ago was replayed or waited for a server that was away: it says nothing about what is usual. */
const countedMs = 2 * hourMs

type Noted = { atMs: number; hours: Map<number, number> }

/** Remembers when WhatsApp last called about each number and how often in each hour, without a write for each call. */
export function startHeard(options: {
  db: Database
  clock: Platform
  onHeard: (phoneNumberIds: string[]) => Promise<void>
  report: (error: unknown) => void
}): Heard {
  const { db, clock, onHeard, report } = options
  let noted = new Map<string, Noted>()
  let cancelTimer: (() => void) | undefined
  let writing: Promise<string[]> = Promise.resolve([])

  const note: OnHeard = (phoneNumberId, receivedAtMs) => {
    const known = noted.get(phoneNumberId) ?? { atMs: 0, hours: new Map<number, number>() }
    known.atMs = Math.max(known.atMs, receivedAtMs)
    if (clock.nowMs() - receivedAtMs < countedMs) {
      const hour = receivedAtMs - (receivedAtMs % hourMs)
      known.hours.set(hour, (known.hours.get(hour) ?? 0) + 1)
    }
    noted.set(phoneNumberId, known)
    cancelTimer ??= clock.after(everyMs, () => void flush().catch(report))
  }

  function flush(): Promise<string[]> {
    cancelTimer?.()
    cancelTimer = undefined
    const batch = noted
    noted = new Map()
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        if (batch.size > 0) await write(db, batch)
        const numbers = [...batch.keys()]
        await onHeard(numbers)
        return numbers
      })
    return writing
  }

  return {
    note,
    flush,
    async stop() {
      await flush().catch(report)
    },
  }
}

async function write(db: Database, batch: ReadonlyMap<string, Noted>): Promise<void> {
  const heard = [...batch].map(([id, { atMs }]) => sql`(${id}, ${new Date(atMs)}::timestamptz)`)
  const hours = [...batch].flatMap(([id, { hours }]) =>
    [...hours].map(([hour, calls]) => sql`(${id}, ${new Date(hour)}::timestamptz, ${calls}::int)`),
  )
  await sql`
    insert into number_heard (phone_number_id, heard_at) values ${sql.join(heard)}
    on conflict (phone_number_id) do update set heard_at = greatest(number_heard.heard_at, excluded.heard_at)
  `.execute(db)
  if (hours.length === 0) return
  await sql`
    insert into number_hour (phone_number_id, hour, calls) values ${sql.join(hours)}
    on conflict (phone_number_id, hour) do update set calls = number_hour.calls + excluded.calls
  `.execute(db)
}
