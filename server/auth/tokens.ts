import { createHash, createHmac, randomBytes } from 'node:crypto'

/** What a token is for shows in its first letters, so that a leaked one is recognised. */
type Kind = 'access' | 'refresh' | 'ticket' | 'setup' | 'key'
const prefixes: Record<Kind, string> = {
  access: 'kta_',
  refresh: 'ktr_',
  ticket: 'ktt_',
  setup: 'kts_',
  key: 'kontor_',
}

/** 256 random bits. */
export function newToken(kind: Kind): string {
  return prefixes[kind] + randomBytes(32).toString('base64url')
}

export function isOfKind(kind: Kind, token: string): boolean {
  return token.startsWith(prefixes[kind])
}

/** Tokens are random enough that a plain hash cannot be reversed; only this is stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * The token that follows `refreshToken` in a rotation. Whoever holds that token and the rotation's salt gets the same
 * one again: so a lost answer can be repeated word for word, and a stolen database alone yields nothing.
 */
export function followingToken(kind: Kind, refreshToken: string, salt: string): string {
  const mac = createHmac('sha256', refreshToken).update(`${kind} ${salt}`).digest('base64url')
  return prefixes[kind] + mac
}
