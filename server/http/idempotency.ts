import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../core/lib/errors.ts'
import type { Seal } from '../config/key.ts'
import type { Database } from '../store/database.ts'
import { actorOf } from './access.ts'
import type { App } from './types.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False where an answer must not be kept: it signs somebody in, or the body is not JSON. */
    isIdempotent?: boolean
  }
  interface FastifyRequest {
    /**
     * With an Idempotency-Key: an id that is the same at every attempt. What a route creates under it is not created
     * twice, even when the first attempt died before its answer was kept.
     */
    idempotentId: string | null
  }
}

type Parts = { db: Database; seal: Seal; nowMs: () => number; newId: () => string }
type Kept = {
  request_hash: string
  fresh_id: string
  claimed_at: Date
  status: number | null
  response: string | null
}

const keptMs = 24 * 3_600_000
const sweepMs = 3_600_000
/** An attempt that has not answered by then has died. */
const attemptMs = 60_000
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** `Idempotency-Key` on any write: the same key and body get the same answer, once and for a day. */
export function keepAnswers(app: App, parts: Parts): void {
  app.decorateRequest('idempotentId', null)
  let sweptAtMs = 0

  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request)
    if (key === null) return
    if (parts.nowMs() - sweptAtMs > sweepMs) {
      sweptAtMs = parts.nowMs()
      await sweep(parts)
    }
    const kept = await claim(parts, request, key)
    request.idempotentId = kept.fresh_id
    if (kept.status === null || kept.response === null) return
    request.idempotentId = null // nothing of this answer is to be kept again
    return reply
      .code(kept.status)
      .header('idempotent-replayed', 'true')
      .type('application/json; charset=utf-8')
      .send(parts.seal.unseal(kept.response, 'idempotency'))
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.idempotentId === null ? null : keyOf(request)
    if (key !== null) {
      // What the request was for is done; another attempt finds it by its id.
      await keep(parts, request, reply, key, payload).catch((error: unknown) =>
        request.log.warn({ err: error }, 'answer not kept'),
      )
    }
    return payload
  })
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  const { access, isIdempotent } = request.routeOptions.config
  if (key === undefined || !writing.has(request.method)) return null
  if (access === undefined || access === 'public' || isIdempotent === false) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('bad-request', 'Idempotency-Key has 1 to 200 visible ASCII characters', {
      details: { at: '/headers/idempotency-key' },
    })
  }
  return key
}

/** The row of this key: ours to work on when it has no answer, otherwise the answer. */
async function claim(
  { db, nowMs, newId }: Parts,
  request: FastifyRequest,
  key: string,
): Promise<Kept> {
  const now = new Date(nowMs())
  const hash = hashOf(request)
  const mine = await db
    .insertInto('idempotency')
    .values({
      actor: actorOf(request).id,
      key,
      request_hash: hash,
      fresh_id: newId(),
      created_at: now,
      claimed_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['actor', 'key'])
        .doUpdateSet({ claimed_at: now })
        .where('idempotency.request_hash', '=', hash)
        .where('idempotency.status', 'is', null)
        .where('idempotency.claimed_at', '<', new Date(nowMs() - attemptMs)),
    )
    .returning(['request_hash', 'fresh_id', 'claimed_at', 'status', 'response'])
    .executeTakeFirst()
  if (mine !== undefined) return mine
  const found = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'fresh_id', 'claimed_at', 'status', 'response'])
    .where('actor', '=', actorOf(request).id)
    .where('key', '=', key)
    .executeTakeFirst()
  if (found !== undefined && found.request_hash !== hash) {
    throw new AppError('idempotency-mismatch', 'the key was used before with another request')
  }
  if (found === undefined || found.status === null) {
    throw new AppError('conflict', 'the first request with this key is still being worked on', {
      details: { reason: 'in-progress' },
    })
  }
  return found
}

async function keep(
  { db, seal }: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  payload: unknown,
): Promise<void> {
  const row = { actor: actorOf(request).id, key }
  const isText = typeof payload === 'string' || payload === undefined || payload === null
  // After a failure of ours another attempt may succeed, so it has to be allowed.
  if (reply.statusCode >= 500 || !isText) {
    await db
      .deleteFrom('idempotency')
      .where('actor', '=', row.actor)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute()
    return
  }
  await db
    .updateTable('idempotency')
    .set({ status: reply.statusCode, response: seal.seal(payload ?? '', 'idempotency') })
    .where('actor', '=', row.actor)
    .where('key', '=', key)
    .execute()
}

async function sweep({ db, nowMs }: Parts): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('created_at', '<', new Date(nowMs() - keptMs))
    .execute()
}

function hashOf(request: FastifyRequest): string {
  const body = JSON.stringify(sorted(request.body ?? null))
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${body}`)
    .digest('base64url')
}

/** Objects with their keys in one order: how a client writes the same body down does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
