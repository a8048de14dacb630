import type { Outbox } from './outbox.ts'
import type { Deed, JournalRecord, Refused } from './records.ts'

/** What a person has done and not finished, or what was finished a short while ago. */
type Work = {
  outbox: Outbox
  refused: ReadonlyMap<unknown, Refused>
  drafts: ReadonlyMap<unknown, Extract<JournalRecord, [type: 'draft', ...unknown[]]>[1]>
}

/** What a new journal begins with, so that nothing is lost with the one before. */
export function carriedOver({ outbox, refused, drafts }: Work): JournalRecord[] {
  return [
    ['replica', { id: outbox.replica }],
    ...outbox.retained.map((deed: Deed): JournalRecord => ['deed', deed]),
    ...[...refused.values()].map((one): JournalRecord => ['refused', one]),
    ...[...drafts.values()].map((draft): JournalRecord => ['draft', draft]),
  ]
}
