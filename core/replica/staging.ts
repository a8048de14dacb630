import Value from 'typebox/value'
import type { Change } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import { Put } from '../protocol/down.ts'
import type { Cursor } from '../protocol/shared.ts'
import { SnapshotEnd, SnapshotHead, SnapshotWindow } from '../protocol/snapshot.ts'
import { Base } from './base.ts'
import type { Disk, Journal } from './ports.ts'

/** A page of a snapshot, understood. */
export type Page = {
  head: SnapshotHead
  put: Put[]
  windows: [ConversationId, number][]
  next: string | null
}
/** What the first page says of all, and the version of the protocol it was fetched with. */
type Begun = SnapshotHead & { proto: number }
type StagedRecord = ['begun', Begun] | ['page', Omit<Page, 'head'>]

const journalName = 'staging'

/** No message of it is held, and none will be but those that come. */
const nothingHeld = Number.MAX_SAFE_INTEGER

/** Forgets a snapshot under way: whoever is at it begins anew. */
export async function removeStaging(disk: Disk): Promise<void> {
  await disk.journal(journalName).remove()
}

/** @throws AppError not-kontor for what is no page; offline for one that was cut */
export function parsePage(text: string): Page {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new AppError('offline', 'the page was cut')
  const [head, ...rest] = lines.map(parse)
  const end = rest.pop()
  if (!Value.Check(SnapshotHead, head) || !Value.Check(SnapshotEnd, end))
    throw new AppError('not-kontor', 'the answer is no page of a snapshot')
  if (end.count !== rest.length) throw new AppError('offline', 'the page was cut')
  const page: Page = { head, put: [], windows: [], next: end.next }
  for (const line of rest) {
    if (Value.Check(Put, line)) page.put.push(line)
    else if (Value.Check(SnapshotWindow, line)) page.windows.push([line[1], line[2]])
    else throw new AppError('not-kontor', 'a line of the snapshot is neither row nor window')
  }
  return page
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new AppError('not-kontor', 'a line of the snapshot is no JSON')
  }
}

/**
 * A snapshot under way. Its pages are in a journal of their own and in a base of their own; nothing of them counts
 * until all are there. Whoever is interrupted goes on behind the last page that is on disk.
 */
export class Staging {
  readonly base = new Base()
  begun: Begun | null = null
  /** The page to ask for; null for the first. */
  next: string | null = null
  isComplete = false
  rows = 0
  readonly #journal: Journal
  readonly #proto: number

  private constructor(journal: Journal, proto: number) {
    this.#journal = journal
    this.#proto = proto
  }

  /**
   * Goes on with what there is of this history in this version, or begins.
   * @param held where the replica stands: what is older than that is of no use, and may no longer be seen
   */
  static async open(
    disk: Disk,
    { epoch, proto }: { epoch: string; proto: number },
    held: Cursor | null,
  ): Promise<Staging> {
    const journal = disk.journal(journalName)
    const { records, isDamaged } = await journal.read()
    const [begun, ...pages] = records as StagedRecord[]
    const staging = new Staging(journal, proto)
    const isOurs = begun?.[0] === 'begun' && begun[1].epoch === epoch && begun[1].proto === proto
    if (isDamaged || !isOurs) {
      await staging.remove()
      return staging
    }
    staging.begun = begun[1]
    if (staging.isBehind(held)) {
      await staging.remove()
      return new Staging(journal, proto)
    }
    for (const record of pages) if (record[0] === 'page') staging.#take(record[1])
    return staging
  }

  /** @throws AppError disk-full, and then the page is asked for again */
  async add({ head, ...page }: Page): Promise<void> {
    const records: StagedRecord[] = [['page', page]]
    const begun = this.begun ?? { ...head, proto: this.#proto }
    if (this.begun === null) records.unshift(['begun', begun])
    await this.#journal.append(records, false)
    this.begun = begun
    this.#take(page)
  }

  /** Whether the replica stands further on in the same history. */
  isBehind(held: Cursor | null): boolean {
    const { begun } = this
    if (begun === null || held?.epoch !== begun.epoch) return false
    return Object.values(held.seq).some((seq) => seq > begun.seq)
  }

  async remove(): Promise<void> {
    await this.#journal.remove()
  }

  #take({ put, windows, next }: Omit<Page, 'head'>): void {
    for (const [entity, rev, row] of put) {
      const change = { entity, row } as Change // the server built it from the entity's own table
      this.base.put(change, rev)
      if (change.entity === 'conversation') this.base.setHeldFrom(change.row.id, nothingHeld)
    }
    for (const [id, fromMs] of windows) this.base.setHeldFrom(id, fromMs)
    this.rows += put.length
    this.next = next
    this.isComplete = next === null
  }
}
