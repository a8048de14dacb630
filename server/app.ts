import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController } from 'fastify'
import type { Logger } from 'pino'
import { AppError } from '../core/lib/errors.ts'
import type { Auth } from './auth/auth.ts'
import type { Config } from './config.ts'
import { createSeal } from './config/key.ts'
import { guardRoutes } from './http/access.ts'
import { answerError, answerNotFound, errorBody } from './http/errors.ts'
import { protectAnswers, safetyHeaders } from './http/headers.ts'
import { serveHealth } from './http/health.ts'
import { keepAnswers } from './http/idempotency.ts'
import type { Metrics } from './http/metrics.ts'
import { describeApi } from './http/openapi.ts'
import { refuseOpenHttp } from './http/proxy.ts'
import type { App } from './http/types.ts'
import { validatorCompiler } from './http/validate.ts'
import type { Database } from './store/database.ts'

export type { App } from './http/types.ts'

export type AppParts = {
  config: Pick<Config, 'tlsCert' | 'tlsKey' | 'trustedProxy' | 'workspace'>
  db: Database
  auth: Auth
  logger: Logger
  metrics: Metrics
  /** Seals kept answers. */
  key: Buffer
  /** Of this server. */
  version: string
  nowMs: () => number
  newId: () => string
}

/** JSON bodies of the API. Webhooks and uploads set their own. */
const maxBodyBytes = 1024 * 1024
/** A request has to be here whole by then; uploads of the largest file over a slow line fit. */
const requestTimeoutMs = 300_000

/**
 * The HTTP server without its features: each of those is a plugin registered on it, whose routes under /api/ say who
 * may use them (http/access.ts). Errors have one form, answers their safety headers, writes their Idempotency-Key.
 */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, logger, metrics } = parts
  const tls = readTls(config)
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: config.trustedProxy ?? false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // Hooks do not run for a request whose address cannot be read.
    frameworkErrors(error, request, reply) {
      void reply.headers({ ...safetyHeaders(tls !== null), 'x-request-id': request.id })
      answerError(error, request, reply)
    },
    clientErrorHandler: answerBrokenRequest,
    https: tls,
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    // What goes out is typed by the same schemas; checking it again would only cost time.
    .setSerializerCompiler(() => JSON.stringify) as unknown as App // HTTP and HTTPS servers have the same routes

  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  protectAnswers(app, tls !== null)
  countRequests(app, metrics)
  if (tls === null) refuseOpenHttp(app, config.trustedProxy ?? [])
  guardRoutes(app, parts.auth)
  keepAnswers(app, { ...parts, seal: createSeal(parts.key) })
  await describeApi(app, parts.version)
  serveHealth(app, { ...parts, workspace: config.workspace })
  return app
}

function readTls({ tlsCert, tlsKey }: AppParts['config']): { cert: Buffer; key: Buffer } | null {
  if (tlsCert === null || tlsKey === null) return null
  return { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) }
}

/** One line and one count for each request: its route, never its address. */
function countRequests(app: App, metrics: Metrics): void {
  const count = metrics.counter('kontor_http_requests_total', 'Requests answered.')
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    const status = reply.statusCode
    count({ method, route, status: String(status) })
    const elapsedMs = Math.round(reply.elapsedTime)
    request.log.debug({ method, route, status, elapsedMs }, 'answered')
    done()
  })
}

/** What is not even HTTP gets the same form of error, written by hand: there is no request to answer. */
function answerBrokenRequest(
  error: Error & { code?: string },
  socket: { writable: boolean; end(text: string): void; destroy(): void },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const failure = isTooLarge
    ? new AppError('too-large', 'the headers are too large')
    : new AppError('bad-request', 'the request cannot be read')
  const body = JSON.stringify(errorBody(failure, randomUUID()))
  const status = isTooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
