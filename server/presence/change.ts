import { sql } from 'kysely'
import type { Database } from '../store/database.ts'

/** What a colleague changed about how a number looks or whom it hears. The history has a sentence for each deed. */
export type NumberChange = {
  numberId: string
  deed:
    | `profile-${'about' | 'address' | 'description' | 'email' | 'websites' | 'vertical' | 'picture'}`
    | `greeting-${'questions' | 'commands' | 'welcome'}`
    | `link-${'added' | 'changed' | 'deleted'}`
    | `contact-${'blocked' | 'unblocked'}`
  before: string | null
  after: string | null
  userId: string
}
export type KeepChange = (changes: readonly NumberChange[]) => Promise<void>

/** Writes changes into the history of their numbers (migrations/0014-verification.ts). */
export function createKeepChange(db: Database, nowMs: () => number): KeepChange {
  return async (changes) => {
    const at = new Date(nowMs())
    for (const { numberId, deed, before, after, userId } of changes) {
      await sql`
        insert into verification_change (at, source, kind, number_id, deed, before, after, user_id)
        values (${at}, 'person', 'profile', ${numberId}, ${deed}, ${before}, ${after}, ${userId})
      `.execute(db)
    }
  }
}
