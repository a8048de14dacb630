import { pino, type LogFn, type Logger } from 'pino'

/**
 * Fields that never reach the log, wherever up to two levels deep: what people write, who they are, what lets one in.
 * Requests are logged by route, not by address: addresses carry verify tokens, tickets and phone numbers.
 */
const hidden = [
  'text',
  'body',
  'caption',
  'phone',
  'to',
  'from',
  'email',
  'password',
  'token',
  'refreshToken',
  'accessToken',
  'ticket',
  'secret',
  'appSecret',
  'verifyToken',
  'authorization',
  'cookie',
  'key',
  'url',
]
const paths = hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/** Runs of digits as long as a phone number; sizes, ports and times in milliseconds of today are not told apart. */
const phoneLike = /\+?\d[\d\s()/-]{6,}\d/g
const tokenLike = /\b(?:kt[arts]_|kontor_|EAA)[A-Za-z0-9_-]{8,}/g

export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, remove: true },
    serializers: { err: describeError, error: describeError },
    hooks: { logMethod: masked },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Sentences are masked, and a line about an error alone gets one of ours: pino would take the error's own. */
function masked(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, second, ...rest]: unknown[] = args // a thing and a sentence, or only one of them
  const [thing, sentence] = typeof first === 'string' ? [{}, first] : [first, second]
  method.call(this, thing, typeof sentence === 'string' ? mask(sentence) : 'failed', ...rest)
}

/** Of an error only what names it: databases and parsers put the offending values into the rest. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: mask(String(error)) }
  const code = 'code' in error ? { code: String(error.code) } : {}
  const message = error instanceof SyntaxError ? 'syntax error' : mask(error.message)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { type: error.name, message, ...code, stack: frames.join('\n'), ...cause }
}

function mask(text: string): string {
  return text.replace(tokenLike, '…').replace(phoneLike, '…')
}
