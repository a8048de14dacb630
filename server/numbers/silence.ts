import type { OwnNumber } from '../../core/domain/people.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'

/** Our number's id, since when it is silent and how many calls would have been usual. */
export type Silent = ReadonlyMap<string, NonNullable<OwnNumber['silence']>>

/** Shows on every number whether WhatsApp is silent about it. Costs a write only when that turns. */
export async function markSilence(db: Database, log: Log, silent: Silent): Promise<void> {
  const rows = await db
    .selectFrom('number')
    .select('data')
    .where('deleted_at', 'is', null)
    .execute()
  const isTurned = ({ id, silence }: OwnNumber) => silence?.sinceMs !== silent.get(id)?.sinceMs
  const turned = rows.map(({ data }) => data).filter(isTurned)
  if (turned.length === 0) return
  await log.write(async (tx) => {
    for (const { id } of turned) {
      const number = await tx.get('number', id)
      if (number === undefined) continue
      const { silence: _before, ...rest } = number
      const silence = silent.get(id)
      tx.put({ entity: 'number', row: silence === undefined ? rest : { ...rest, silence } })
    }
  })
}
