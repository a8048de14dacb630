import { namesOf } from './generation.ts'
import type { Disk } from './ports.ts'
import type { Manifest } from './records.ts'
import { removeStaging } from './staging.ts'

/**
 * Removes copies of rows that are not the replica's own: a snapshot that was begun, and what was put aside as unreadable.
 * It takes no room, so a full disk is no reason to keep them.
 */
export async function removeCopies(disk: Disk): Promise<void> {
  await removeStaging(disk)
  await disk.forgetUnreadable()
}

/** Documents and journals of which every generation has its own. */
const ofGeneration = /^(?:rows|windows|journal)-\d/

/**
 * Removes what other generations have left: the one before, folds that did not come to their end, and those of which the
 * manifest was lost.
 */
export async function removeLeftovers(disk: Disk, manifest: Manifest): Promise<void> {
  const { documents, journals } = await disk.list()
  const kept = new Set(namesOf(manifest))
  for (const name of journals)
    if (ofGeneration.test(name) && name !== manifest.journal) await disk.journal(name).remove()
  for (const name of documents)
    if (ofGeneration.test(name) && !kept.has(name)) await disk.removeDocument(name)
}

/** Removes every row that is not in what the manifest names, wherever it lies. */
export async function keepOnly(disk: Disk, manifest: Manifest): Promise<void> {
  await removeLeftovers(disk, manifest)
  await removeCopies(disk)
}
