import type { Database } from '../store/database.ts'

/** Somebody changed how a number looks or whom it hears, and it is to be in the number's history. */
export type NumberChange = {
  numberId: string
  /** What was changed, as the history names it. */
  field: 'profile' | 'profile-picture' | 'components' | 'short-link' | 'block-list'
  /** The member of it, or what was done: `about`, `added`. */
  event: string
  before: string | null
  after: string | null
  by: { id: string; name: string }
}
export type KeepChange = (changes: readonly NumberChange[]) => Promise<void>

/** Writes changes into the history. */
export function createKeepChange(db: Database, nowMs: () => number): KeepChange {
  return async (changes) => {
    if (changes.length === 0) return
    const at = new Date(nowMs())
    await db
      .insertInto('number_change')
      .values(
        changes.map(({ numberId, by, ...change }) => ({
          ...change,
          number_id: numberId,
          user_id: by.id,
          by_name: by.name,
          at,
        })),
      )
      .execute()
  }
}
