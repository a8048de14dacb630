/** What we ask of WhatsApp's Cloud API. The only code that holds a token. Facts 2, 3 and 7.2. */
import Type, { type TSchema, type Static } from 'typebox'
import Value from 'typebox/value'
import type { SendError } from '../../core/domain/message.ts'
import { AppError } from '../../core/lib/errors.ts'
import { blockCalls } from './block-calls.ts'
import { describeError, sendEffect } from './errors.ts'
import { ask, graphFailure, type Answer, type GraphOptions, type GraphRequest } from './graph.ts'
import { readReceiptBody, typingBody, type GraphBody } from './outgoing.ts'
import { linkCalls } from './link-calls.ts'
import { nextOf, Paging } from './paging.ts'
import { profileCalls } from './profile-calls.ts'
import { templateCalls } from './template-calls.ts'
import { verificationCalls } from './verification-calls.ts'

/**
 * How a post ended. `not-sent` is proved: nothing reached the contact, and `effect` says what next (see errors.ts),
 * `isUnreached` that there was not even a connection; `unknown` means that it may have, so nobody may send it again
 * without a person's word.
 */
export type Outcome<T> =
  | ({ kind: 'sent' } & T)
  | { kind: 'not-sent'; effect: 'retry' | 'pause' | 'refuse'; error: SendError; isUnreached?: true }
  | { kind: 'unknown'; error: SendError }
export type SendOutcome = Outcome<{ wamid: string }>

const MediaNode = Type.Object({
  url: Type.String(),
  mime_type: Type.Optional(Type.String()),
  sha256: Type.Optional(Type.String()),
  file_size: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
})
const NumberPage = Type.Object({
  data: Type.Array(Type.Object({ id: Type.String() })),
  paging: Type.Optional(Paging),
})
const Sent = Type.Object({
  messages: Type.Array(Type.Object({ id: Type.String() }), { minItems: 1 }),
})
const Uploaded = Type.Object({ id: Type.String() })
const Success = Type.Object({ success: Type.Literal(true) })

/** Uploads and downloads of at most 100 MB on a slow line. */
const transferTimeoutMs = 5 * 60_000
/** What a profile picture may have. @see facts 8.1 */
const maxPictureBytes = 5 * 1024 * 1024
/** The dots are shown for 25 seconds. */
const typingTimeoutMs = 5000

export type FileToUpload = { bytes: Blob; mime: string; fileName: string }
export type Client = ReturnType<typeof createClient>
export type ClientOptions = GraphOptions & { timeoutMs?: number }

/** Calls go out exactly once each: whether to repeat one is the caller's business. */
export function createClient(options: ClientOptions, fetch = globalThis.fetch) {
  const { timeoutMs } = options
  const askOnce = (request: GraphRequest) =>
    ask(options, { ...(timeoutMs === undefined ? {} : { timeoutMs }), ...request }, fetch)

  /** @throws AppError `whatsapp` with its SendError as details, `unavailable` when there was no answer */
  async function read<S extends TSchema>(schema: S, request: GraphRequest): Promise<Static<S>> {
    const answer = await askOnce(request)
    if (answer.kind !== 'answer') throw new AppError('unavailable', `WhatsApp: ${answer.reason}`)
    if (answer.status < 300 && Value.Check(schema, answer.body)) return answer.body
    const error = errorIn(answer)
    throw new AppError('whatsapp', `WhatsApp refused: ${error.code}`, { details: error })
  }

  async function download(
    url: string,
    headers: Record<string, string>,
  ): Promise<ReadableStream<Uint8Array>> {
    if (!isTheirs(url, options.graphUrl)) throw new AppError('forbidden', 'not a WhatsApp address')
    const response = await fetch(url, {
      headers: { ...headers, 'user-agent': 'Kontor' },
      signal: AbortSignal.timeout(transferTimeoutMs),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', 'media cannot be reached', { cause })
    })
    if (response.ok && response.body !== null) return response.body
    await response.body?.cancel()
    const code = response.status >= 500 ? 'unavailable' : 'not-found'
    throw new AppError(code, `media: HTTP ${response.status}`)
  }

  return {
    /** @param numberId Meta's id of our number */
    async sendMessage(numberId: string, body: GraphBody): Promise<SendOutcome> {
      const answer = await askOnce({ method: 'POST', path: `${numberId}/messages`, json: body })
      return outcome(answer, Sent, ({ messages: [message] }) => ({ wamid: message?.id ?? '' }))
    },

    async markRead(numberId: string, wamid: string): Promise<SendOutcome> {
      const json = readReceiptBody(wamid)
      const answer = await askOnce({ method: 'POST', path: `${numberId}/messages`, json })
      return outcome(answer, Success, () => ({ wamid }))
    },

    /** Shows the contact that somebody writes, and marks what they wrote as read. Late it would be no use. */
    async showTyping(numberId: string, wamid: string): Promise<void> {
      const json = typingBody(wamid)
      const path = `${numberId}/messages`
      await read(Success, { method: 'POST', path, json, timeoutMs: typingTimeoutMs })
    },

    async uploadMedia(numberId: string, file: FileToUpload): Promise<Outcome<{ mediaId: string }>> {
      const form = new FormData()
      form.set('messaging_product', 'whatsapp')
      form.set('type', file.mime)
      form.set('file', new File([file.bytes], file.fileName, { type: file.mime }))
      const answer = await askOnce({
        method: 'POST',
        path: `${numberId}/media`,
        form,
        timeoutMs: transferTimeoutMs,
      })
      return outcome(answer, Uploaded, ({ id }) => ({ mediaId: id }))
    },

    /** Where the bytes lie for the next five minutes. */
    getMedia: (mediaId: string, numberId?: string) =>
      read(MediaNode, {
        method: 'GET',
        path: mediaId,
        ...(numberId === undefined ? {} : { query: { phone_number_id: numberId } }),
      }),

    /**
     * The bytes behind an address that `getMedia` gave. Our token goes along, so only to WhatsApp's own hosts.
     * @throws AppError `unavailable`, `not-found` when the address has expired, `forbidden` for a foreign host
     */
    downloadMedia: (url: string): Promise<ReadableStream<Uint8Array>> =>
      download(url, { authorization: `Bearer ${options.token}` }),

    /** The profile picture of a number, for which no token is needed. @throws AppError as `downloadMedia`, `too-large` */
    async downloadPicture(url: string): Promise<Buffer> {
      const parts: Uint8Array[] = []
      let sizeBytes = 0
      for await (const part of await download(url, {})) {
        sizeBytes += part.length
        if (sizeBytes > maxPictureBytes) throw new AppError('too-large', 'the picture is too large')
        parts.push(part)
      }
      return Buffer.concat(parts)
    },

    /** All numbers of a WhatsApp Business account, by Meta's ids. */
    async listNumbers(accountId: string): Promise<{ id: string }[]> {
      const numbers: { id: string }[] = []
      let after: string | undefined
      do {
        const query = { fields: 'id', ...(after === undefined ? {} : { after }) }
        const path = `${accountId}/phone_numbers`
        const page = await read(NumberPage, { method: 'GET', path, query })
        numbers.push(...page.data)
        after = nextOf(page.paging)
      } while (after !== undefined)
      return numbers
    },

    ...templateCalls(read),
    ...profileCalls(read, options.token),
    ...linkCalls(read),
    ...blockCalls(askOnce, read, errorIn),
    ...verificationCalls(read, options.token),

    /** From now on the account's webhooks come to our app. Harmless when they do already. */
    async subscribeApp(accountId: string): Promise<void> {
      await read(Success, { method: 'POST', path: `${accountId}/subscribed_apps` })
    },
  }
}

function outcome<S extends TSchema, T>(
  answer: Answer,
  schema: S,
  read: (body: Static<S>) => T,
): Outcome<T> {
  if (answer.kind === 'unreached') {
    const error = { code: answer.reason, title: 'WhatsApp cannot be reached' }
    return { kind: 'not-sent', effect: 'retry', error, isUnreached: true }
  }
  if (answer.kind === 'lost') {
    return { kind: 'unknown', error: { code: answer.reason, title: 'No answer from WhatsApp' } }
  }
  if (answer.status < 300 && Value.Check(schema, answer.body)) {
    return { kind: 'sent', ...read(answer.body) }
  }
  const error = errorIn(answer)
  const effect = effectOf(answer, error)
  return effect === 'unknown' ? { kind: 'unknown', error } : { kind: 'not-sent', effect, error }
}

function effectOf({ status, body }: Extract<Answer, { kind: 'answer' }>, { code }: SendError) {
  if (graphFailure(body) === undefined || typeof code !== 'number') {
    const wasRefused = status >= 400 && status < 500 && status !== 408 && status !== 499
    return wasRefused ? 'refuse' : 'unknown'
  }
  const isProved = describeError(code) !== undefined || (status >= 400 && status < 500)
  return isProved ? sendEffect(code) : 'unknown'
}

function errorIn({ status, body }: Extract<Answer, { kind: 'answer' }>): SendError {
  const failure = graphFailure(body)
  if (failure === undefined)
    return { code: `http-${status}`, title: 'Unexpected answer from WhatsApp' }
  const { code, message, details, traceId } = failure
  return {
    code,
    title: describeError(code)?.title ?? message.replace(/^\(#\d+\)\s*/, ''),
    ...(details === undefined ? {} : { details }),
    ...(traceId === undefined ? {} : { traceId }),
  }
}

/** Media lies on lookaside.fbsbx.com today; the Graph's own host is a simulator's. */
function isTheirs(url: string, graphUrl: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, host } = new URL(url)
  const graph = new URL(graphUrl)
  if (host === graph.host) return protocol === graph.protocol
  return (
    protocol === 'https:' &&
    /\.(fbsbx\.com|facebook\.com|fbcdn\.net|whatsapp\.(net|com))$/.test(hostname)
  )
}
