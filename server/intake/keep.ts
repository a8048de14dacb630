import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import { insertCalls, type Call } from './calls.ts'
import { createGatherer } from './gather.ts'

/** How calls share a commit. @see sync.md 3 */
const together = { waitMs: 5, count: 100, bytes: 4 * 1024 * 1024, slowMs: 250 }
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
  /** Called after each commit, with what there is to understand now. */
  onKept: (calls: readonly Call[]) => void
  /** Hears why a commit failed; never what was in it. */
  onTrouble?: (error: unknown) => void
}

type Waiting = {
  body: Buffer
  bytes: number
  receivedAtMs: number
  settle: (error?: AppError) => void
}

export function createKeep(options: KeepOptions): Keep {
  const gather = createGatherer<Waiting>(together, (batch) => commit(options, batch))
  let waitingBytes = 0
  return (body) => {
    const bytes = body.byteLength
    if (waitingBytes + bytes > maxWaitingBytes) {
      return Promise.reject(new AppError('unavailable', 'too many calls wait to be kept'))
    }
    waitingBytes += bytes
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        reject(new AppError('unavailable', 'the database does not answer'))
      }, deadlineMs)
      const settle = (error?: AppError) => {
        clearTimeout(deadline)
        waitingBytes -= bytes
        if (error === undefined) resolve()
        else reject(error)
      }
      gather({ body, bytes, receivedAtMs: options.nowMs(), settle })
    })
  }
}

async function commit(options: KeepOptions, batch: readonly Waiting[]): Promise<void> {
  let calls: Call[]
  try {
    calls = await insertCalls(options.db, batch)
  } catch (error) {
    options.onTrouble?.(error)
    const refusal = new AppError('unavailable', 'the call could not be kept', { cause: error })
    for (const { settle } of batch) settle(refusal)
    return
  }
  for (const { settle } of batch) settle()
  options.onKept(calls)
}
