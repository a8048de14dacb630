import { namesOf } from './generation.ts'
import type { Disk } from './ports.ts'
import type { Manifest } from './records.ts'

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
