import type { Verb } from '../../core/domain/can.ts'

/** Tables of migrations/0002-people.ts, which says what the columns are for. */
export type PeopleTables = {
  account: {
    user_id: string
    password_hash: string
    created_at: Date
    password_changed_at: Date
  }
  session: {
    id: string
    user_id: string
    device: string
    token_hash: string
    expires_at: Date
    previous_token_hash: string | null
    previous_expires_at: Date | null
    refresh_hash: string
    refresh_expires_at: Date
    previous_refresh_hash: string | null
    rotation_salt: string | null
    rotated_at: Date | null
    created_at: Date
    last_seen_at: Date
    revoked_at: Date | null
    revoked_why: RevokedWhy | null
  }
  spent_refresh: { hash: string; session_id: string }
  api_key: {
    id: string
    name: string
    prefix: string
    key_hash: string
    scopes: Verb[]
    created_by: string
    created_at: Date
    expires_at: Date | null
    last_used_at: Date | null
    revoked_at: Date | null
  }
  setup_link: {
    token_hash: string
    user_id: string | null
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  sync_ticket: {
    hash: string
    user_id: string
    session_id: string
    expires_at: Date
    used_at: Date | null
  }
  idempotency: {
    actor: string
    key: string
    request_hash: string
    fresh_id: string
    created_at: Date
    claimed_at: Date
    status: number | null
    response: string | null
  }
}

/** `reused`: a refresh token came a second time, so somebody copied it. */
export type RevokedWhy = 'signed-out' | 'reused' | 'deactivated' | 'password-changed' | 'too-many'
