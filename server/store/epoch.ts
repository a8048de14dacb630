import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { startJobs } from '../jobs/schedule.ts'
import type { Platform } from '../../core/lib/clock.ts'
import type { Database } from './database.ts'
import { writeDurably } from './durable-file.ts'

/**
 * Which history the database held, and how far it had come at least. It lies outside the database, in the data folder,
 * so that a database that went back to an earlier state is noticed by it.
 */
type Note = { epoch: string; head: number }
type Lane = Note

const everyMs = 60_000

const pathIn = (dataDir: string) => join(dataDir, 'epoch.lock')

/**
 * Compares the database with the note. A database of another history, or one that is behind what the note has seen,
 * came out of a backup or off a disk that was put back: it gets a new epoch, which makes consoles send again what it
 * lacks and keeps everything from leaving twice, and an alarm says so.
 *
 * @returns a sentence about what was found; null when all is well or there is no note
 */
export async function settleEpoch(
  db: Database,
  dataDir: string,
  { newId, nowMs }: Pick<Platform, 'newId' | 'nowMs'>,
): Promise<string | null> {
  const note = await readNote(dataDir)
  const lane = await readLane(db)
  if (note === null || lane === null) return null
  const sign = signOf(note, lane)
  return sign === null ? null : beginNewHistory(db, dataDir, sign, { newId, nowMs })
}

type Sign = keyof typeof sentences

/**
 * Gives the database a new epoch, raises the alarm and notes it.
 *
 * @returns what happened, in a sentence
 */
export async function beginNewHistory(
  db: Database,
  dataDir: string,
  sign: Sign,
  { newId, nowMs }: Pick<Platform, 'newId' | 'nowMs'>,
): Promise<string> {
  const epoch = newId()
  const since = new Date(nowMs())
  const head = await db.transaction().execute(async (tx) => {
    const lane = await tx
      .updateTable('lane')
      .set({ epoch })
      .where('lane', '=', 0)
      .returning('head')
      .executeTakeFirstOrThrow()
    const details = JSON.stringify({ sign, head: lane.head })
    await tx
      .insertInto('alert')
      .values({ kind: 'database-went-back', subject: '', since, cleared_at: null, details })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject']).doUpdateSet({ since, cleared_at: null, details }),
      )
      .execute()
    return lane.head
  })
  await writeNote(dataDir, { epoch, head })
  return `The database went back to an earlier state (${sentences[sign]}): consoles send again what it lacks, and what may have left already is marked uncertain.`
}

const sentences = {
  'another-history': 'its history is not the one epoch.lock knows',
  behind: 'it is behind what epoch.lock has seen',
  'unreadable-note': 'or may have: epoch.lock cannot be read',
  'console-ahead': 'a console has seen more than it holds',
}

function signOf(note: Note | 'unreadable', lane: Lane): Sign | null {
  if (note === 'unreadable') return 'unreadable-note'
  if (note.epoch !== lane.epoch) return 'another-history'
  return lane.head < note.head ? 'behind' : null
}

/**
 * Writes the note now, every minute, and when stopped. A database that goes back under a running server leaves the
 * note as it is, for the next start.
 *
 * @returns stops it
 */
export async function keepEpochNote(
  db: Database,
  dataDir: string,
  parts: { clock: Platform; report: (error: unknown) => void },
): Promise<() => Promise<void>> {
  const run = () => noteEpoch(db, dataDir)
  await run()
  const jobs = startJobs([{ name: 'epoch note', everyMs, run }], parts)
  return async () => {
    await jobs.stop()
    await run().catch(parts.report)
  }
}

async function noteEpoch(db: Database, dataDir: string): Promise<void> {
  const [note, lane] = [await readNote(dataDir), await readLane(db)]
  if (lane === null) return
  if (note !== null && signOf(note, lane) !== null) {
    throw new Error('the database went back while the server ran: start the server again')
  }
  await writeNote(dataDir, lane)
}

export async function writeNote(dataDir: string, { epoch, head }: Note): Promise<void> {
  await writeDurably(pathIn(dataDir), (file) =>
    file.writeFile(`${JSON.stringify({ epoch, head })}\n`),
  )
}

async function readLane(db: Database): Promise<Lane | null> {
  const { rows } = await sql<Lane>`select epoch, head from lane where lane = 0`.execute(db)
  return rows[0] ?? null
}

async function readNote(dataDir: string): Promise<Note | 'unreadable' | null> {
  let text: string
  try {
    text = await readFile(pathIn(dataDir), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null // fs rejects with errno exceptions only
    throw error
  }
  try {
    const { epoch, head } = JSON.parse(text) as Partial<Note> // checked below
    if (typeof epoch === 'string' && typeof head === 'number') return { epoch, head }
  } catch {
    // no JSON is as good as another
  }
  return 'unreadable'
}
