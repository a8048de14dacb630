import type { ConversationId, MutationId, ReplicaId } from '../domain/ids.ts'
import { emptyManifest } from './generation.ts'
import { readManifest, writeManifest } from './folding.ts'
import { Outbox } from './outbox.ts'
import type { Disk } from './ports.ts'
import type { Deed, FrameRecord, JournalRecord, Manifest, Refused } from './records.ts'
import { removeStaging } from './staging.ts'

/** A person's own work, as it stands in journals, whatever became of the rows. */
type Work = {
  deeds: Map<MutationId, Deed>
  refused: Map<MutationId, Refused>
  /** Refusals about which the person had decided. */
  settled: Set<MutationId>
  drafts: Map<ConversationId, Extract<JournalRecord, [type: 'draft', ...unknown[]]>>
}

/**
 * The manifest that is on disk. Where none can be read, or the journal it names is not there, one that begins anew as
 * another replica, with all the work that stands in the journals that are.
 */
export async function findManifest(disk: Disk, newId: ReplicaId): Promise<Manifest> {
  const { journals } = await disk.list()
  const found = await readManifest(disk)
  if (found !== null && journals.includes(found.journal)) return found
  const generations = journals
    .flatMap((name) => /^journal-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
  const generation = (generations.at(-1) ?? 0) + 1
  const manifest = { ...emptyManifest(), generation, journal: `journal-${generation}` }
  const work = await workIn(disk, generations)
  await removeStaging(disk) // how old it is, nobody knows any more
  await disk.journal(manifest.journal).append(asJournal(work, newId), true)
  await writeManifest(disk, manifest)
  return manifest
}

/**
 * What a fold that did not come to its end left may be newer or older than the journal before it: what stands in one of
 * them counts, oldest first.
 */
async function workIn(disk: Disk, generations: readonly number[]): Promise<Work> {
  const work: Work = {
    deeds: new Map(),
    refused: new Map(),
    settled: new Set(),
    drafts: new Map(),
  }
  for (const generation of generations) {
    const { records } = await disk.journal(`journal-${generation}`).read()
    for (const record of records as JournalRecord[]) take(work, record)
  }
  return work
}

function take(work: Work, record: JournalRecord): void {
  switch (record[0]) {
    case 'fork':
      for (const deed of record[1].deeds) keep(work, deed)
      break
    case 'deed':
      keep(work, record[1])
      break
    case 'frame':
      takeResults(work, record[1])
      break
    case 'refused':
      work.refused.set(record[1].deed.muid, record[1])
      break
    case 'settled':
      work.settled.add(record[1].muid)
      break
    case 'draft':
      work.drafts.set(record[1].conversationId, record)
      break
    case 'draft-gone':
      work.drafts.delete(record[1].conversationId)
      break
  }
}

function keep({ deeds }: Work, deed: Deed): void {
  if (!deeds.has(deed.muid)) deeds.set(deed.muid, deed)
}

function takeResults({ deeds, refused }: Work, { results }: FrameRecord): void {
  for (const [muid, result] of results) {
    const deed = deeds.get(muid)
    if (result.ok || deed === undefined) continue
    const details = (result.details ?? {}) as Record<string, unknown> // an object wherever a mutator gave any
    refused.set(muid, { deed, code: result.code, details })
  }
}

/** What was refused is not asked of the server again: the person decides about it, or has. */
function asJournal({ deeds, refused, settled, drafts }: Work, id: ReplicaId): JournalRecord[] {
  const outbox = new Outbox(id)
  for (const deed of deeds.values())
    if (!refused.has(deed.muid) && !settled.has(deed.muid)) outbox.add(deed)
  const undecided = [...refused.values()].filter(({ deed }) => !settled.has(deed.muid))
  return [
    ['replica', { id }],
    ...outbox.requeued().map((deed): JournalRecord => ['deed', deed]),
    ...undecided.map((one): JournalRecord => ['refused', one]),
    ...drafts.values(),
  ]
}
