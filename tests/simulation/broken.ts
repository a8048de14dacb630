import type { Change } from '../../core/domain/entities.ts'
import type { Base } from '../../core/replica/base.ts'
import type { Disk } from '../../core/replica/ports.ts'
import type { FrameRecord, JournalRecord } from '../../core/replica/records.ts'
import type { Tallies } from '../../core/replica/tallies.ts'
import type { Bug } from './bugs.ts'

/** The disk, or with a bug one that is used wrongly. */
export function brokenDisk(disk: Disk, bug: Bug | null): Disk {
  if (bug !== 'deed not synced' && bug !== 'place before rows') return disk
  return {
    ...disk,
    journal: (name) => {
      const journal = disk.journal(name)
      return {
        ...journal,
        append: async (records, isDurable) => {
          if (bug === 'deed not synced') return journal.append(records, false)
          for (const part of records.flatMap((record) => placeFirst(record as JournalRecord))) {
            await journal.append([part], isDurable)
          }
        },
      }
    },
  }
}

/** With the bug, what goes stays counted. */
export function keepCounted(base: Base): void {
  const remove = base.remove.bind(base)
  base.remove = (entity, id) => {
    const rev = base.revOf(entity, id)
    const row = base.get(entity, id)
    remove(entity, id)
    if (row !== undefined) (base.tallies as Tallies).add({ entity, row } as Change, rev) // what the base itself uses
  }
}

/** A frame written in two records, the place first. */
function placeFirst(record: JournalRecord): JournalRecord[] {
  if (record[0] !== 'frame') return [record]
  const { put, del, ...place } = record[1]
  const rows: FrameRecord = { ...place, from: place.cursor, put, del, results: [] }
  return [
    ['frame', { ...place, put: [], del: [] }],
    ['frame', rows],
  ]
}
