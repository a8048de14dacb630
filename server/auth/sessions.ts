import type { UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import { accessMs, refreshMs } from './lifetimes.ts'
import { lockByRefresh, rotate } from './rotation.ts'
import type { RevokedWhy } from './tables.ts'
import { hashToken, isOfKind, newToken } from './tokens.ts'

/** What a device gets when somebody signs in, and again with every refresh. */
export type Grant = { token: string; refreshToken: string; expiresAt: Date; user: User }
export type SignedIn = { user: User; sessionId: string }
export type AuthParts = { db: Database; nowMs: () => number; newId: () => string }

/** More devices than anybody has; the one not seen longest makes room. */
const maxSessions = 20

/** Devices people are signed in on. */
export class Sessions {
  readonly #parts: AuthParts
  readonly #listeners = new Set<(sessionId: string, why: RevokedWhy) => void>()

  constructor(parts: AuthParts) {
    this.#parts = parts
  }

  /** Hears of every session that ends, once that is certain. */
  onRevoked(listener: (sessionId: string, why: RevokedWhy) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(user: User, device: string): Promise<Grant> {
    const now = this.#parts.nowMs()
    const tokens = { token: newToken('access'), refreshToken: newToken('refresh') }
    const expiresAt = new Date(now + accessMs)
    await this.#parts.db
      .insertInto('session')
      .values({
        id: this.#parts.newId(),
        user_id: user.id,
        device,
        token_hash: hashToken(tokens.token),
        expires_at: expiresAt,
        refresh_hash: hashToken(tokens.refreshToken),
        refresh_expires_at: new Date(now + refreshMs),
        created_at: new Date(now),
        last_seen_at: new Date(now),
      })
      .execute()
    await this.#makeRoom(user)
    return { ...tokens, expiresAt, user }
  }

  /** Who the access token belongs to; null when it is good for nothing. */
  async find(token: string): Promise<SignedIn | null> {
    if (!isOfKind('access', token)) return null
    const hash = hashToken(token)
    const now = new Date(this.#parts.nowMs())
    const found = await this.#parts.db
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.user_id')
      .select(['session.id as sessionId', 'user.data as user'])
      .where('session.revoked_at', 'is', null)
      .where('user.deleted_at', 'is', null)
      .where((eb) =>
        eb.or([
          eb.and([eb('token_hash', '=', hash), eb('expires_at', '>', now)]),
          eb.and([eb('previous_token_hash', '=', hash), eb('previous_expires_at', '>', now)]),
        ]),
      )
      .executeTakeFirst()
    return found?.user.isActive === true ? found : null
  }

  /**
   * New tokens for a refresh token, which is spent by that. One that was spent before ends the session: two parties
   * hold its tokens, and one of them copied them.
   *
   * @throws AppError unauthenticated; with `isRevoked` when the person may be here no more, and is to keep nothing
   */
  async refresh(refreshToken: string): Promise<Grant> {
    const nowMs = this.#parts.nowMs()
    const outcome = await this.#parts.db.transaction().execute(async (tx) => {
      const row = await lockByRefresh(tx, refreshToken)
      if (row === undefined) return null
      const user = await findActive(tx, row.user_id)
      if (user === null) return { isRevoked: true }
      if (row.revoked_at !== null) return null
      const next = await rotate(tx, row, refreshToken, nowMs)
      if (next === 'expired') return null
      if (next === 'reused') return { reusedId: row.id }
      return { ...next, user }
    })
    if (outcome !== null && 'token' in outcome) return outcome
    if (outcome !== null && 'reusedId' in outcome) await this.revoke([outcome.reusedId], 'reused')
    const details = outcome !== null && 'isRevoked' in outcome ? { isRevoked: true } : undefined
    throw new AppError('unauthenticated', 'the session has ended', { details })
  }

  async revoke(ids: readonly string[], why: RevokedWhy): Promise<void> {
    if (ids.length === 0) return
    const ended = await this.#parts.db
      .updateTable('session')
      .set({ revoked_at: new Date(this.#parts.nowMs()), revoked_why: why })
      .where('id', 'in', ids)
      .where('revoked_at', 'is', null)
      .returning('id')
      .execute()
    for (const { id } of ended) for (const listener of this.#listeners) listener(id, why)
  }

  /** Ends every session of a person. */
  async revokeAll(userId: UserId, why: RevokedWhy): Promise<void> {
    await this.revoke(await this.#openOf(userId), why)
  }

  async #makeRoom(user: User): Promise<void> {
    await this.revoke((await this.#openOf(user.id)).slice(maxSessions), 'too-many')
  }

  /** Newest seen first. */
  async #openOf(userId: UserId): Promise<string[]> {
    const rows = await this.#parts.db
      .selectFrom('session')
      .select('id')
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return rows.map(({ id }) => id)
  }
}

export async function findActive(db: Database, id: string): Promise<User | null> {
  const found = await db
    .selectFrom('user')
    .select('data')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return found?.data.isActive === true ? found.data : null
}
