import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '../../core/lib/errors.ts'
import type { Keep } from '../intake/keep.ts'
import { isSameSecret, isSigned } from './signature.ts'

/** Meta's largest body is 3 MB. @see facts 5.4 */
const maxBytes = 4 * 1024 * 1024

export type WebhookAnswer = 'kept' | 'refused' | 'too-large' | 'unavailable'

export type WebhookOptions = {
  keep: Keep
  /** The app secret, and the one before it while it is being changed. Without any, every call is refused. */
  secrets: () => readonly string[]
  /** What Meta has to say in the handshake. */
  verifyToken: () => string | undefined
  /** Counts answers, for the figures. */
  count?: (answer: WebhookAnswer) => void
}

/**
 * `/webhooks/whatsapp`: Meta's handshake, and its deliveries. A delivery is answered 200 once its bytes are safe, and
 * whatever is in them: an error because of content would bring the whole batch back for days.
 */
export async function webhook(app: FastifyInstance, options: WebhookOptions): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    if (error.statusCode === 413) {
      options.count?.('too-large')
      return refuse(reply, 413, 'too-large')
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return refuse(reply, error.statusCode, 'bad-request')
    }
    request.log.error({ err: error }, 'webhook')
    return refuse(reply, 500, 'internal')
  })

  app.get('/webhooks/whatsapp', async (request, reply) => {
    const query = request.query as Record<string, unknown> // Fastify's own parser, without a schema
    const token = query['hub.verify_token']
    const challenge = query['hub.challenge']
    const isMeta =
      query['hub.mode'] === 'subscribe' &&
      typeof token === 'string' &&
      isSameSecret(token, options.verifyToken() ?? '')
    if (!isMeta || typeof challenge !== 'string') return refuse(reply, 403, 'forbidden')
    return reply.type('text/plain').header('x-content-type-options', 'nosniff').send(challenge)
  })

  app.post('/webhooks/whatsapp', { bodyLimit: maxBytes }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const signature = request.headers['x-hub-signature-256']
    const header = Array.isArray(signature) ? signature[0] : signature
    if (!isSigned(body, header, options.secrets())) {
      options.count?.('refused')
      return refuse(reply, 401, 'unauthenticated')
    }
    try {
      await options.keep(body)
    } catch {
      options.count?.('unavailable')
      return refuse(reply, 503, 'unavailable')
    }
    options.count?.('kept')
    return reply.type('application/json').send('{}')
  })
}

function refuse(reply: FastifyReply, status: number, code: ErrorCode): FastifyReply {
  const error = { code, message: code, requestId: reply.request.id }
  return reply.status(status).send({ error })
}
