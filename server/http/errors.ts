import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'

/** The HTTP status of each failure. docs/errors.md shows the same; a test keeps the two equal. */
export const statusOf: Record<ErrorCode, number> = {
  'bad-request': 400,
  'not-found': 404,
  unauthenticated: 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  conflict: 409,
  'already-exists': 409,
  'colleague-answered': 409,
  'new-activity': 409,
  'time-passed': 409,
  'window-closed': 409,
  'template-mismatch': 422,
  'template-unavailable': 409,
  'marketing-stopped': 409,
  'too-old': 409,
  'not-in-control': 409,
  'label-gone': 409,
  'too-large': 413,
  'unsupported-media': 415,
  'idempotency-mismatch': 422,
  'version-mismatch': 426,
  offline: 503,
  'not-kontor': 502,
  'disk-full': 507,
  unavailable: 503,
  whatsapp: 502,
  internal: 500,
}

type ErrorBody = {
  error: { code: ErrorCode; message: string; details?: unknown; requestId: string }
}

export function errorBody(error: AppError, requestId: string): ErrorBody {
  const { code, message, details } = error
  return { error: { code, message, ...(details === undefined ? {} : { details }), requestId } }
}

/** Answers a failure in the one form there is. A bug is logged here, once, and tells the caller nothing. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = asAppError(error)
  if (known.code === 'internal') request.log.error({ err: error }, 'bug')
  if (known.code === 'unavailable') {
    request.log.warn({ err: error }, 'unavailable')
  }
  const seconds = retryAfter(known)
  if (seconds !== null) void reply.header('retry-after', String(seconds))
  void reply
    .code(statusOf[known.code])
    .type('application/json; charset=utf-8')
    .send(errorBody(known, request.id))
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  answerError(new AppError('not-found', 'nothing is found at this address'), request, reply)
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isAway(error)) return new AppError('unavailable', 'the server cannot reach what it needs')
  if (!isFastifyError(error)) return new AppError('internal', 'internal error')
  const [first] = error.validation ?? []
  if (first !== undefined) {
    const at = `/${error.validationContext ?? 'body'}${first.instancePath}`
    return new AppError('bad-request', `${at} ${first.message ?? 'is not allowed'}`, {
      details: { at, reason: first.message },
    })
  }
  if (error.statusCode === 413) return new AppError('too-large', 'the body is too large')
  if (error.statusCode === 404) return new AppError('not-found', 'nothing is found at this address')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('bad-request', reasons[error.code] ?? 'the request cannot be read')
  }
  return new AppError('internal', 'internal error')
}

/** Fastify's own sentences may quote the body, so these are ours. */
const reasons: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is empty although it is said to be JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the content type is not understood here',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'the body is not as long as was said',
  FST_ERR_BAD_URL: 'the address cannot be read',
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('statusCode' in error || 'validation' in error)
}

/** Codes of Node for a refused or broken connection, and of PostgreSQL for one it ends or does not take yet. */
const awayCodes = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT 57P01 57P02 57P03 08000 08003 08006 53300'.split(' '),
)

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && awayCodes.has(String(error.code))) return true
  return /^Connection terminated/.test(error.message) // pg gives these no code
}

function retryAfter({ code, details }: AppError): number | null {
  if (code === 'unavailable') return 1
  const isKnown = typeof details === 'object' && details !== null && 'retryAfterSeconds' in details
  return code === 'too-many-attempts' && isKnown ? Number(details.retryAfterSeconds) : null
}
