import type { Selectable } from 'kysely'
import type { Verb } from '../../core/domain/can.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import type { AuthParts } from './sessions.ts'
import { hashToken, isOfKind, newToken } from './tokens.ts'

export type ApiKey = Omit<Selectable<Tables['api_key']>, 'key_hash'>
type NewKey = {
  name: string
  scopes: readonly Verb[]
  expiresAt: Date | null
  createdBy: string
}

const columns = [
  'id',
  'name',
  'prefix',
  'scopes',
  'created_by',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const
const prefixLength = 13
/** How exactly it is known when a key was last used. */
const seenMs = 60_000

/** Keys for the firm's own programs. */
export class ApiKeys {
  readonly #parts: AuthParts

  constructor(parts: AuthParts) {
    this.#parts = parts
  }

  /** @returns the key itself too, which nobody can see again */
  async create(wanted: NewKey): Promise<{ row: ApiKey; key: string }> {
    const key = newToken('key')
    const row = await this.#parts.db
      .insertInto('api_key')
      .values({
        id: this.#parts.newId(),
        name: wanted.name,
        prefix: key.slice(0, prefixLength),
        key_hash: hashToken(key),
        scopes: [...wanted.scopes],
        created_by: wanted.createdBy,
        created_at: new Date(this.#parts.nowMs()),
        expires_at: wanted.expiresAt,
      })
      .returning(columns)
      .executeTakeFirstOrThrow()
    return { row, key }
  }

  /** The key's row; null when it is unknown, expired or revoked. */
  async find(key: string): Promise<ApiKey | null> {
    if (!isOfKind('key', key)) return null
    const nowMs = this.#parts.nowMs()
    const row = await this.#parts.db
      .selectFrom('api_key')
      .select(columns)
      .where('key_hash', '=', hashToken(key))
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (row === undefined || (row.expires_at?.getTime() ?? Infinity) <= nowMs) return null
    if (nowMs - (row.last_used_at?.getTime() ?? 0) > seenMs) {
      await this.#change(row.id, { last_used_at: new Date(nowMs) })
    }
    return row
  }

  /** In the order they were made, those revoked left out. */
  async list(after: string, limit: number): Promise<ApiKey[]> {
    return this.#parts.db
      .selectFrom('api_key')
      .select(columns)
      .where('id', '>', after)
      .where('revoked_at', 'is', null)
      .orderBy('id')
      .limit(limit)
      .execute()
  }

  /** @throws AppError not-found */
  async rename(id: string, name: string): Promise<ApiKey> {
    return this.#change(id, { name })
  }

  /** @throws AppError not-found */
  async revoke(id: string): Promise<void> {
    await this.#change(id, { revoked_at: new Date(this.#parts.nowMs()) })
  }

  async #change(
    id: string,
    change: { name?: string; last_used_at?: Date; revoked_at?: Date },
  ): Promise<ApiKey> {
    const row = await this.#parts.db
      .updateTable('api_key')
      .set(change)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning(columns)
      .executeTakeFirst()
    if (row === undefined) throw new AppError('not-found', 'no such API key')
    return row
  }
}
