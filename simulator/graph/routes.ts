/**
 * The Graph API's one door: every path that is not the simulator's own, with or without a version.
 * Reads the request, finds the node and its edge, and answers in Graph's envelope whatever happens.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../json.ts'
import type { World } from '../world/world.ts'
import { authenticate } from './auth.ts'
import type { Call } from './call.ts'
import { readParameters } from './body.ts'
import { debugToken } from './account/debug-token.ts'
import { callOf } from './edges.ts'
import { GraphError, unknownPath } from './errors.ts'
import { keepWaiting, strikeAfter, strikeBefore } from './misbehave.ts'
import { giveToken } from './oauth.ts'
import { listLibrary } from './templates/library.ts'

const defaultVersion = 'v25.0'
const fieldLimitBytes = 3 * 1024 * 1024
const fileLimitBytes = 101 * 1024 * 1024

export async function graphRoutes(
  app: FastifyInstance,
  { world }: { world: World },
): Promise<void> {
  app.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer', bodyLimit: fileLimitBytes } as const
  app.addContentTypeParser('*', options, (_request, body, done) => done(null, body))
  await app.register(multipart, {
    limits: { fileSize: fileLimitBytes, fieldSize: fieldLimitBytes },
  })
  app.addHook('onRequest', async (request, reply) => {
    dress(world, reply, versionIn(request.raw.url ?? '/') ?? defaultVersion)
  })
  app.setErrorHandler((error, _request, reply) => refuse(world, reply, error))
  app.all('/', (request, reply) => answer(world, request, reply))
  app.all('/*', (request, reply) => answer(world, request, reply))
}

async function answer(world: World, request: FastifyRequest, reply: FastifyReply) {
  const url = addressOf(request)
  const path = pathOf(url)
  if (request.method === 'OPTIONS') return reply.code(200).send()
  const isUpload = request.method === 'POST' && path.id.startsWith('upload:')
  const { values, file } = await readParameters(request, url.searchParams, isUpload)
  if (path.whole === '/oauth/access_token') return reply.send(giveToken(world, values))
  authenticate(world.account, request.headers.authorization, values)

  const isSend =
    request.method === 'POST' &&
    (path.edge === 'messages' || path.edge === 'marketing_messages') &&
    values.status === undefined
  await strikeBefore(world, path.whole, isSend)
  const method = askedMethod(request.method, values)
  const result = await route(world, method, path, {
    values,
    ...(file ? { file } : {}),
    ...(path.item === undefined ? {} : { item: path.item }),
    address: `${world.url}${url.pathname}`,
  })
  const lost = world.faults.strike('timeout-after-accept', path.whole, isSend)
  if (lost) return keepWaiting(request, reply, lost.delayMs)
  await strikeAfter(world, path.whole, isSend)
  return reply.send(result)
}

/** Graph lets old clients name the method in a parameter. */
function askedMethod(method: string, values: JsonObject): string {
  const named = typeof values.method === 'string' ? values.method.toUpperCase() : undefined
  return method === 'POST' && (named === 'DELETE' || named === 'GET') ? named : method
}

type Rest = Omit<Call, 'world' | 'node'>

async function route(world: World, method: string, path: Path, rest: Rest): Promise<unknown> {
  if (path.whole === '/debug_token' && method === 'GET') return debugToken(world, rest.values)
  if (path.whole === '/message_template_library' && method === 'GET') return listLibrary(rest)
  if (path.id === '' || path.isTooLong) throw unknownPath(path.whole)
  return callOf(world, method, path.id, path.edge, rest)()
}

type Path = { whole: string; id: string; edge: string; item?: string; isTooLong: boolean }

/** @throws GraphError 2500 for a version that does not exist, 100 for an address that cannot be read */
function pathOf(url: URL): Path {
  let parts: string[]
  try {
    parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    throw new GraphError(100, 'The path is not valid.')
  }
  if (parts.some((part) => part.includes('\0'))) {
    throw new GraphError(100, 'The path contains a NUL character.')
  }
  const [first = ''] = parts
  if (/^v\d+\.\d+$/.test(first)) {
    if (!isKnownVersion(first)) throw unknownPath(url.pathname)
    parts = parts.slice(1)
  }
  const [id = '', edge = '', item] = parts
  const whole = `/${parts.join('/')}`
  return { whole, id, edge, ...(item === undefined ? {} : { item }), isTooLong: parts.length > 3 }
}

/** v17.0 to v27.0: each version lives about two years, and the newest are announced ahead. */
function isKnownVersion(version: string): boolean {
  const major = Number(/^v(\d+)\.0$/.exec(version)?.[1])
  return major >= 17 && major <= 27
}

function versionIn(path: string): string | undefined {
  const [, version] = /^\/(v\d+\.\d+)(?:[/?]|$)/.exec(path) ?? []
  return version !== undefined && isKnownVersion(version) ? version : undefined
}

function addressOf(request: FastifyRequest): URL {
  const address = `http://simulator${request.raw.url ?? '/'}`
  if (!URL.canParse(address)) throw new GraphError(100, 'The address is not valid.')
  return new URL(address)
}

function dress(world: World, reply: FastifyReply, version: string): void {
  const traceId = world.ids.trace()
  void reply.headers({
    'facebook-api-version': version,
    'x-fb-trace-id': traceId,
    'x-fb-request-id': traceId,
    'access-control-allow-origin': '*',
  })
}

/** Turns whatever went wrong into Graph's envelope; a bug becomes code 1 and is reported. */
export function refuse(world: World, reply: FastifyReply, error: unknown) {
  const refusal = refusalOf(world, error)
  const traceId = String(reply.getHeader('x-fb-trace-id') ?? world.ids.trace())
  if (refusal.code === 190 || refusal.code === 104) {
    void reply.header(
      'www-authenticate',
      `OAuth "Facebook Platform" "invalid_token" "${refusal.message}"`,
    )
  }
  return reply.code(refusal.status).send(refusal.body(traceId))
}

function refusalOf(world: World, error: unknown): GraphError {
  if (error instanceof GraphError) return error
  const status = (error as { statusCode?: unknown } | null)?.statusCode // Fastify and its plugins say whose fault it is
  if (typeof status === 'number' && status < 500) {
    return new GraphError(100, error instanceof Error ? error.message : undefined)
  }
  world.report(error)
  return new GraphError(1, undefined, { status: 500, message: '(#1) An unknown error occurred' })
}
