import type { Selectable, Transaction } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { accessMs, refreshMs, retryMs } from './lifetimes.ts'
import { followingToken, hashToken, newToken } from './tokens.ts'

type SessionRow = Selectable<Tables['session']>
type Tokens = { token: string; refreshToken: string; expiresAt: Date }

/** The session a refresh token belongs or once belonged to, locked until the transaction ends. */
export async function lockByRefresh(
  tx: Transaction<Tables>,
  refreshToken: string,
): Promise<SessionRow | undefined> {
  const hash = hashToken(refreshToken)
  // Found first and locked then: a rotation under way moves the token from one place to the other.
  const found = await tx
    .selectFrom('session')
    .select('id')
    .where('refresh_hash', '=', hash)
    .union(tx.selectFrom('spent_refresh').select('session_id as id').where('hash', '=', hash))
    .executeTakeFirst()
  if (found === undefined) return undefined
  return tx
    .selectFrom('session')
    .selectAll()
    .where('id', '=', found.id)
    .forUpdate()
    .executeTakeFirst()
}

/**
 * Spends a refresh token and gives the next ones. The same rotation may be asked for again within 30 seconds and is
 * answered the same, because the first answer may have been lost.
 *
 * @param row from lockByRefresh: `refreshToken` is or was its own
 * @returns `expired`, or `reused` when the token had been spent before
 */
export async function rotate(
  tx: Transaction<Tables>,
  row: SessionRow,
  refreshToken: string,
  nowMs: number,
): Promise<Tokens | 'expired' | 'reused'> {
  const hash = hashToken(refreshToken)
  if (row.refresh_hash !== hash) {
    const isRetry =
      row.previous_refresh_hash === hash && nowMs - (row.rotated_at?.getTime() ?? 0) <= retryMs
    if (!isRetry || row.rotation_salt === null) return 'reused'
    return { ...following(refreshToken, row.rotation_salt), expiresAt: row.expires_at }
  }
  if (row.refresh_expires_at.getTime() <= nowMs) return 'expired'
  const salt = newToken('refresh')
  const next = { ...following(refreshToken, salt), expiresAt: new Date(nowMs + accessMs) }
  await tx.insertInto('spent_refresh').values({ hash, session_id: row.id }).execute()
  await tx
    .updateTable('session')
    .set({
      token_hash: hashToken(next.token),
      expires_at: next.expiresAt,
      previous_token_hash: row.token_hash,
      previous_expires_at: row.expires_at,
      refresh_hash: hashToken(next.refreshToken),
      refresh_expires_at: new Date(nowMs + refreshMs),
      previous_refresh_hash: hash,
      rotation_salt: salt,
      rotated_at: new Date(nowMs),
      last_seen_at: new Date(nowMs),
    })
    .where('id', '=', row.id)
    .execute()
  return next
}

function following(refreshToken: string, salt: string) {
  return {
    token: followingToken('access', refreshToken, salt),
    refreshToken: followingToken('refresh', refreshToken, salt),
  }
}
