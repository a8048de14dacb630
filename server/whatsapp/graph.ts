/**
 * One call to the Graph API and, above all, what is certain when it fails: WhatsApp knows no idempotency key, so
 * "was not sent" has to be proved. Tokens and bodies never reach a log or an error.
 */
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { exchange, Unreached, type Exchanged } from './exchange.ts'

export type GraphOptions = {
  /** `https://graph.facebook.com`, or a simulator's address. */
  graphUrl: string
  /** `v25.0` */
  version: string
  token: string
}

export type GraphRequest = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string>
  json?: unknown
  form?: FormData
  /** A file's bytes and nothing else, from its beginning: the second step of an upload. */
  bytes?: Buffer
  timeoutMs?: number
}

/**
 * `answer` WhatsApp said something (`body` is undefined when it was no JSON) · `unreached` no connection was ever
 * made, so nothing can have been done · `lost` anything may have happened. `reason` is a code, never text.
 */
export type Answer =
  | { kind: 'answer'; status: number; body: unknown }
  | { kind: 'unreached'; reason: string }
  | { kind: 'lost'; reason: string }

const defaultTimeoutMs = 25_000

/**
 * Asks once. Never throws, never repeats, follows no redirect: each of them could do a thing twice.
 *
 * @param fetch carries forms
 */
export async function ask(
  options: GraphOptions,
  request: GraphRequest,
  fetch: typeof globalThis.fetch,
): Promise<Answer> {
  const url = new URL(`${options.graphUrl.replace(/\/$/, '')}/${options.version}/${request.path}`)
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value)
  try {
    const { status, text } = await carry(url, options, request, fetch)
    return { kind: 'answer', status, body: parse(text) }
  } catch (error) {
    const isUnreached = error instanceof Unreached || wasNeverConnected(error)
    return { kind: isUnreached ? 'unreached' : 'lost', reason: reasonOf(error) }
  }
}

async function carry(
  url: URL,
  { token }: GraphOptions,
  { method, json, form, bytes, timeoutMs = defaultTimeoutMs }: GraphRequest,
  fetch: typeof globalThis.fetch,
): Promise<Exchanged> {
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'Kontor' }
  if (form !== undefined) {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method, headers, body: form, redirect: 'manual', signal })
    return { status: response.status, text: await response.text() }
  }
  if (bytes !== undefined) {
    const raw = { ...headers, 'content-type': 'application/octet-stream', file_offset: '0' }
    return exchange(url, { method, headers: raw, body: bytes, timeoutMs })
  }
  if (json === undefined) return exchange(url, { method, headers, body: undefined, timeoutMs })
  const typed = { ...headers, 'content-type': 'application/json' }
  return exchange(url, { method, headers: typed, body: JSON.stringify(json), timeoutMs })
}

const ErrorBody = Type.Object({
  error: Type.Object({
    code: Type.Integer(),
    message: Type.Optional(Type.String()),
    error_data: Type.Optional(Type.Unknown()),
    /** What is wrong with a template's definition is told here. */
    error_user_msg: Type.Optional(Type.String()),
    fbtrace_id: Type.Optional(Type.String()),
  }),
})
const ErrorDetails = Type.Object({ details: Type.String() })

export type GraphFailure = { code: number; message: string; details?: string; traceId?: string }

/** The Graph's own error in a body; undefined when there is none. @see facts 1.4 */
export function graphFailure(body: unknown): GraphFailure | undefined {
  if (!Value.Check(ErrorBody, body)) return undefined
  const { error } = body satisfies Static<typeof ErrorBody>
  const { code, message, error_data, fbtrace_id } = error
  const told = Value.Check(ErrorDetails, error_data) ? error_data.details : error_data
  const details = told ?? error.error_user_msg
  return {
    code,
    message: message ?? '',
    ...(typeof details === 'string' ? { details } : {}),
    ...(fbtrace_id === undefined ? {} : { traceId: fbtrace_id }),
  }
}

/** Errors that only exist before the first byte of a request: name lookup, connecting, checking the certificate. */
const beforeConnecting = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether the error proves that no connection was made. What is not certain counts as sent. */
export function wasNeverConnected(error: unknown): boolean {
  const cause = rootOf(error)
  if (cause instanceof AggregateError) {
    return cause.errors.length > 0 && cause.errors.every(wasNeverConnected)
  }
  return beforeConnecting.has(codeOf(cause)) || propertyOf(cause, 'syscall') === 'connect'
}

function reasonOf(error: unknown): string {
  const cause = rootOf(error)
  return codeOf(cause) || propertyOf(cause, 'name') || 'unknown'
}

/** fetch wraps what really happened in a TypeError's cause. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
}

/** DOMExceptions carry a number here, which says nothing. */
function codeOf(error: unknown): string {
  return propertyOf(error, 'code')
}

function propertyOf(error: unknown, name: string): string {
  if (typeof error !== 'object' || error === null) return ''
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
