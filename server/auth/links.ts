import type { UserId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import { setupLinkMs } from './lifetimes.ts'
import type { AuthParts } from './sessions.ts'
import { hashToken, newToken } from './tokens.ts'

/** Where the console takes a set-up token; behind the `#`, so that it never reaches a server's log. */
export function setupUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/#/setup?token=${token}`
}

/**
 * A one-time link by which a person sets their password (24 hours). Links made before for the same person end.
 *
 * @param userId null: for whoever becomes the first administrator
 */
export async function createSetupToken(parts: AuthParts, userId: UserId | null): Promise<string> {
  const token = newToken('setup')
  const nowMs = parts.nowMs()
  await parts.db
    .deleteFrom('setup_link')
    .where('user_id', userId === null ? 'is' : '=', userId)
    .execute()
  await parts.db
    .insertInto('setup_link')
    .values({
      token_hash: hashToken(token),
      user_id: userId,
      created_at: new Date(nowMs),
      expires_at: new Date(nowMs + setupLinkMs),
    })
    .execute()
  return token
}

/**
 * Uses a link up, in the transaction that does what it is for.
 *
 * @returns whom it was made for; null: for the first administrator
 * @throws AppError not-found when it is unknown, used or expired
 */
export async function useSetupToken(
  tx: Database,
  token: string,
  nowMs: number,
): Promise<string | null> {
  const used = await tx
    .updateTable('setup_link')
    .set({ used_at: new Date(nowMs) })
    .where('token_hash', '=', hashToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(nowMs))
    .returning('user_id')
    .executeTakeFirst()
  if (used === undefined) throw new AppError('not-found', 'the link has been used or is too old')
  return used.user_id
}
