import { sql, type RawBuilder } from 'kysely'
import type { Conversation } from '../../core/domain/conversation.ts'
import { everyTeam, maySee, scopesSeenBy } from '../../core/domain/scopes.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Actor } from '../auth/auth.ts'
import type { Database } from '../store/database.ts'

/** For a query: whether they may see the conversation whose `scope` this is. */
export function isSeenBy(actor: Actor, scope: RawBuilder<unknown>): RawBuilder<boolean> {
  const scopes = scopesSeenBy(actor.user)
  return scopes.includes(everyTeam) ? sql`true` : sql`${scope} && ${scopes}::text[]`
}

/** @throws AppError not-found, also for one that there is and that they may not see */
export async function readSeen(db: Database, actor: Actor, id: string): Promise<Conversation> {
  const found = await db
    .selectFrom('conversation')
    .select('data')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return checkSeen(actor, found?.data)
}

/** @throws AppError not-found, as above */
export function checkSeen(actor: Actor, conversation: Conversation | undefined): Conversation {
  if (conversation !== undefined && maySee(actor.user, conversation)) return conversation
  throw new AppError('not-found', 'no such conversation')
}

/** Who asks, with everything in sight: for the rest of a request that takes from their sight what it was about. */
export function seeingAll(actor: Actor): Actor {
  return { ...actor, user: { ...actor.user, sees: 'all' } }
}
