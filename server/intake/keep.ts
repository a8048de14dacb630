import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'

/** A body waits at most so long for company, and at most so many share a commit. @see sync.md 3 */
const gatherMs = 5
const gatherCount = 50
/** Beyond this WhatsApp is told to come again, rather than the server running out of memory. */
const maxWaitingBytes = 64 * 1024 * 1024
/** WhatsApp gives up about then; an answer after that helps nobody. */
const deadlineMs = 10_000

/**
 * Keeps the exact bytes of a call. Resolves when they are committed, on disk.
 *
 * @throws AppError `unavailable` when that cannot be promised
 */
export type Keep = (body: Buffer) => Promise<void>

type KeepOptions = {
  db: Database
  nowMs: () => number
  /** Called after each commit: there is something to understand. */
  onKept: () => void
  /** Hears why a commit failed; never what was in it. */
  onTrouble?: (error: unknown) => void
}

type Waiting = { body: Buffer; receivedAtMs: number; settle: (error?: AppError) => void }

export function createKeep(options: KeepOptions): Keep {
  let gathering: Waiting[] = []
  let timer: NodeJS.Timeout | undefined
  let waitingBytes = 0

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batch = gathering
    gathering = []
    void commit(options, batch)
  }

  return (body) => {
    if (waitingBytes + body.byteLength > maxWaitingBytes) {
      return Promise.reject(new AppError('unavailable', 'too many calls wait to be kept'))
    }
    waitingBytes += body.byteLength
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        reject(new AppError('unavailable', 'the database does not answer'))
      }, deadlineMs)
      const settle = (error?: AppError) => {
        clearTimeout(deadline)
        waitingBytes -= body.byteLength
        if (error === undefined) resolve()
        else reject(error)
      }
      gathering.push({ body, receivedAtMs: options.nowMs(), settle })
      if (gathering.length >= gatherCount) flush()
      else timer ??= setTimeout(flush, gatherMs)
    })
  }
}

async function commit(options: KeepOptions, batch: readonly Waiting[]): Promise<void> {
  try {
    await insert(options.db, batch)
  } catch (error) {
    options.onTrouble?.(error)
    const refusal = new AppError('unavailable', 'the call could not be kept', { cause: error })
    for (const { settle } of batch) settle(refusal)
    return
  }
  for (const { settle } of batch) settle()
  options.onKept()
}

/** One statement, which waits for the disk even where the database is set up not to. */
async function insert(db: Database, batch: readonly Waiting[]): Promise<void> {
  const rows = batch.map(
    ({ body, receivedAtMs }) =>
      sql`(${createHash('sha256').update(body).digest('hex')}, ${new Date(receivedAtMs)}::timestamptz, ${body}::bytea)`,
  )
  await sql`
    insert into webhook_call (sha256, received_at, body)
    select call.* from (select set_config('synchronous_commit', 'on', true)) as durable,
      (values ${sql.join(rows)}) as call (sha256, received_at, body)
  `.execute(db)
}
