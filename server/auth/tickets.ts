import type { UserId } from '../../core/domain/ids.ts'
import { ticketMs } from './lifetimes.ts'
import { findActive, type AuthParts, type SignedIn } from './sessions.ts'
import { hashToken, isOfKind, newToken } from './tokens.ts'

/**
 * One-time tickets for the socket: a browser can put nothing but the address into its request, and an address ends
 * up in logs.
 */
export class Tickets {
  readonly #parts: AuthParts

  constructor(parts: AuthParts) {
    this.#parts = parts
  }

  async issue({ user, sessionId }: SignedIn): Promise<string> {
    const ticket = newToken('ticket')
    const nowMs = this.#parts.nowMs()
    await this.#parts.db
      .deleteFrom('sync_ticket')
      .where('expires_at', '<', new Date(nowMs))
      .execute()
    await this.#parts.db
      .insertInto('sync_ticket')
      .values({
        hash: hashToken(ticket),
        user_id: user.id,
        session_id: sessionId,
        expires_at: new Date(nowMs + ticketMs),
      })
      .execute()
    return ticket
  }

  /** Whom it was issued to; null the second time, after 30 seconds, or when the session has ended meanwhile. */
  async redeem(ticket: string): Promise<{ userId: UserId; sessionId: string } | null> {
    if (!isOfKind('ticket', ticket)) return null
    const { db, nowMs } = this.#parts
    const now = new Date(nowMs())
    const used = await db
      .updateTable('sync_ticket')
      .set({ used_at: now })
      .where('hash', '=', hashToken(ticket))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('session')
            .select('id')
            .whereRef('session.id', '=', 'sync_ticket.session_id')
            .where('revoked_at', 'is', null),
        ),
      )
      .returning(['user_id', 'session_id'])
      .executeTakeFirst()
    const user = used === undefined ? null : await findActive(db, used.user_id)
    return used === undefined || user === null
      ? null
      : { userId: user.id, sessionId: used.session_id }
  }
}
