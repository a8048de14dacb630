import type { FastifyInstance } from 'fastify'
import { AppError } from '../../core/lib/errors.ts'
import { answerError } from '../http/errors.ts'
import type { Keep } from '../intake/keep.ts'
import { isSameSecret, isSigned } from './signature.ts'

/** Meta's largest body is 3 MB. @see facts 5.4 */
const maxBytes = 4 * 1024 * 1024

export type WebhookAnswer = 'kept' | 'refused' | 'too-large' | 'unavailable'

type WebhookOptions = {
  keep: Keep
  /** The app secret, and the one before it while it is being changed. Without any, every call is refused. */
  secrets: () => readonly string[]
  /** What Meta has to say in the handshake. */
  verifyToken: () => string | null | undefined
  /** Counts answers, for the figures. */
  count?: (answer: WebhookAnswer) => void
}

/**
 * `/webhooks/whatsapp`: Meta's handshake, and its deliveries. A delivery is answered 200 once its bytes are safe, and
 * whatever is in them: an error because of content would bring the whole batch back for days. A Fastify plugin.
 */
export async function webhook(app: FastifyInstance, options: WebhookOptions): Promise<void> {
  // A logger for each request costs more than to check its signature, and WhatsApp never quotes a request's id.
  app.setChildLoggerFactory((logger) => logger)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => {
    const isTooLarge = error instanceof Error && 'statusCode' in error && error.statusCode === 413
    if (isTooLarge) options.count?.('too-large')
    answerError(error, request, reply)
  })

  app.get('/webhooks/whatsapp', async (request, reply) => {
    const query = request.query as Record<string, unknown> // Fastify's own parser, without a schema
    const token = query['hub.verify_token']
    const challenge = query['hub.challenge']
    const isMeta =
      query['hub.mode'] === 'subscribe' &&
      typeof token === 'string' &&
      isSameSecret(token, options.verifyToken() ?? '')
    if (!isMeta || typeof challenge !== 'string') {
      throw new AppError('forbidden', 'the verify token is not ours')
    }
    return reply.type('text/plain').header('x-content-type-options', 'nosniff').send(challenge)
  })

  app.post('/webhooks/whatsapp', { bodyLimit: maxBytes }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const signature = request.headers['x-hub-signature-256']
    const header = Array.isArray(signature) ? signature[0] : signature
    if (!isSigned(body, header, options.secrets())) {
      options.count?.('refused')
      throw new AppError('unauthenticated', 'the signature is missing or wrong')
    }
    await options.keep(body).catch((error: unknown) => {
      options.count?.('unavailable')
      throw error
    })
    options.count?.('kept')
    return reply.type('application/json').send('{}')
  })
}
