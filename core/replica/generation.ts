import { present } from '../lib/present.ts'
import type { Base } from './base.ts'
import { writeManifest, writeShards, writeWindows } from './folding.ts'
import type { Disk, Journal } from './ports.ts'
import type { JournalRecord, Manifest } from './records.ts'

/** Where a replica stands: in the server's history, and how far that has its deeds. */
export type Place = Pick<Manifest, 'cursor' | 'scopes' | 'rowsProto' | 'lmid' | 'lmuid'>

type Given = {
  base: Base
  /** Shards to write. */
  dirty: ReadonlySet<string>
  /** They are all there will be: none of those before is kept. */
  isWhole: boolean
  /** What the new journal begins with. */
  journal: readonly JournalRecord[]
  place: Place
  heard: Pick<Manifest, 'syncedAtMs' | 'clockOffsetMs'>
  nowMs: number
}
type Written = { manifest: Manifest; journal: Journal }

/**
 * Writes documents and a new journal beside those of `before`; the manifest is the moment they count. What they replace
 * is still there.
 *
 * @throws AppError disk-full, and then everything is as before
 */
export async function writeGeneration(
  disk: Disk,
  before: Manifest,
  given: Given,
): Promise<Written> {
  const { base, dirty, isWhole, place, heard, nowMs } = given
  const generation = before.generation + 1
  const shards = await writeShards(disk, base, dirty, isWhole ? {} : before.shards, generation)
  const documents = { shards, ...present({ windows: await writeWindows(disk, base, generation) }) }
  const name = `journal-${generation}`
  const journal = disk.journal(name)
  await journal.remove() // what a fold left that did not come to its end
  await journal.append(given.journal, true)
  const lmuid = place.lmid === 0 ? null : place.lmuid
  const manifest = {
    format: 1 as const,
    generation,
    journal: name,
    ...documents,
    ...place,
    lmuid,
    ...heard,
    freshAtMs: isWhole ? nowMs : (before.freshAtMs ?? null),
  }
  await writeManifest(disk, manifest)
  return { manifest, journal }
}

/** The documents that belong together. */
export function namesOf({ shards, windows }: Pick<Manifest, 'shards' | 'windows'>): string[] {
  return [...Object.values(shards), ...(windows === undefined ? [] : [windows])]
}

/** Of a replica that begins. */
export function emptyManifest(): Manifest {
  return {
    format: 1,
    generation: 1,
    journal: 'journal-1',
    shards: {},
    cursor: null,
    scopes: [],
    lmid: 0,
    lmuid: null,
    clockOffsetMs: 0,
    syncedAtMs: null,
  }
}
