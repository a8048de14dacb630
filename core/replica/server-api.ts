import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { ServerInfo } from '../contract/views.ts'
import type { ContactId, ConversationId, NumberId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import { User } from '../domain/people.ts'
import { AppError, errorCodes, type ErrorCode } from '../lib/errors.ts'
import { protocolVersion } from '../protocol/version.ts'
import type { HttpRequest, HttpResponse, Machine } from './ports.ts'
import type { UploadRequest } from './upload-line.ts'

const WellKnown = Type.Object({
  product: Type.Literal('kontor'),
  workspace: Type.String(),
  methods: Type.Array(Type.String()),
  needsSetup: Type.Boolean(),
})
/** What every way of signing in answers. */
export const Granted = Type.Object({
  token: Type.String(),
  refreshToken: Type.String(),
  expiresAt: Type.String(),
  user: User,
})
export type Granted = Static<typeof Granted>
const Created = Type.Object({ id: Type.String() })
const Known = Type.Object({ contactId: Type.String() })
const Before = Type.Object({
  messages: Type.Array(Type.Unsafe<Message>(Type.Object({ id: Type.String() }))),
  fromMs: Type.Integer({ minimum: 0 }),
})
const Ticket = Type.Object({ ticket: Type.String() })
const Failure = Type.Object({
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    details: Type.Optional(Type.Unknown()),
  }),
})

/** The address as typed, made whole: https unless said otherwise, plain http only to this machine, no path. */
export function serverUrlFrom(typed: string): string {
  const text = typed.trim()
  const match = /^(https?:\/\/)?([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?\/*$/i.exec(text)
  if (match === null) throw new AppError('bad-request', 'not a server address')
  const host = (match[2] ?? '').toLowerCase()
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
  const scheme = match[1]?.toLowerCase() ?? (isHere ? 'http://' : 'https://')
  if (scheme === 'http://' && !isHere)
    throw new AppError('bad-request', 'a server on the network needs https')
  return `${scheme}${host}${match[3] ?? ''}`
}

/** A body is sent as JSON, unless it is the bytes of a file of type `mime`. */
type Asked = {
  method: HttpRequest['method']
  path: string
  body?: unknown
  mime?: string | undefined
}

/** The server's HTTP interface as far as a console needs it. */
export class ServerApi {
  readonly #machine: Machine

  constructor(machine: Machine) {
    this.#machine = machine
  }

  /** @throws AppError offline, not-kontor */
  async check(serverUrl: string): Promise<ServerInfo> {
    const response = await this.#machine.http({
      method: 'GET',
      url: `${serverUrl}/.well-known/kontor`,
    })
    const body: unknown = response.status === 200 ? await response.json().catch(() => null) : null
    if (!Value.Check(WellKnown, body))
      throw new AppError('not-kontor', 'no Kontor server at this address')
    return {
      url: serverUrl,
      workspace: body.workspace,
      methods: body.methods,
      needsSetup: body.needsSetup,
    }
  }

  async signIn(serverUrl: string, email: string, password: string): Promise<Granted> {
    return this.#grant(serverUrl, '/api/v1/sessions', {
      email,
      password,
      device: this.#machine.host,
    })
  }

  async setUp(
    serverUrl: string,
    first: { token: string; name: string; email: string; password: string },
  ): Promise<Granted> {
    return this.#grant(serverUrl, '/api/v1/setup', first)
  }

  async refresh(serverUrl: string, refreshToken: string): Promise<Granted> {
    return this.#grant(serverUrl, '/api/v1/sessions/refresh', { refreshToken })
  }

  async signOut(serverUrl: string, token: string): Promise<void> {
    await this.#ask({
      method: 'DELETE',
      url: `${serverUrl}/api/v1/sessions/current`,
      headers: bearer(token),
    })
  }

  async ticket(serverUrl: string, token: string): Promise<string> {
    const response = await this.#ask({
      method: 'POST',
      url: `${serverUrl}/api/v1/sync/tickets`,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: '{}',
    })
    const { ticket } = understood(Ticket, await response.json())
    return `${serverUrl.replace(/^http/, 'ws')}/sync?ticket=${encodeURIComponent(ticket)}`
  }

  /** A page of a snapshot, as text: core/protocol/snapshot.ts. */
  async snapshotPage(serverUrl: string, token: string, from: string | null): Promise<string> {
    const place = from === null ? '' : `&from=${encodeURIComponent(from)}`
    const url = `${serverUrl}/api/v1/sync/snapshot?proto=${protocolVersion}${place}`
    return (await this.#ask({ method: 'GET', url, headers: bearer(token) })).text()
  }

  /** Messages of a conversation from before the ones held. */
  async messagesBefore(
    serverUrl: string,
    token: string,
    { id, beforeMs, limit }: { id: ConversationId; beforeMs: number; limit: number },
  ): Promise<Static<typeof Before>> {
    const query = `conversationId=${id}&beforeMs=${beforeMs}&limit=${limit}`
    const url = `${serverUrl}/api/v1/sync/messages?${query}`
    const response = await this.#ask({ method: 'GET', url, headers: bearer(token) })
    return understood(Before, await response.json())
  }

  async readMedia(
    serverUrl: string,
    token: string,
    mediaId: string,
    size: string,
  ): Promise<HttpResponse> {
    const wanted = size === 'thumbnail' ? 'thumbnail' : 'full'
    const url = `${serverUrl}/api/v1/media/${mediaId}?size=${wanted}`
    return this.#ask({ method: 'GET', url, headers: bearer(token) })
  }

  async upload(serverUrl: string, token: string, request: UploadRequest): Promise<HttpResponse> {
    const { path, headers, ...rest } = request
    const url = `${serverUrl}/api/v1/blobs${path}`
    return this.#ask({ ...rest, url, headers: { ...headers, ...bearer(token) } })
  }

  /** The contact with this number: a new one, or whoever has it already. */
  async addContact(
    serverUrl: string,
    token: string,
    person: { phone: string; name?: string | undefined },
  ): Promise<ContactId> {
    try {
      const made = await this.#post(serverUrl, token, '/api/v1/contacts', person)
      return understood(Created, made).id as ContactId // the server's id of a contact
    } catch (error) {
      const isKnown = error instanceof AppError && error.code === 'already-exists'
      if (!isKnown || !Value.Check(Known, error.details)) throw error
      return error.details.contactId as ContactId // as above
    }
  }

  /** The one conversation of the two, new or not. */
  async openConversation(
    serverUrl: string,
    token: string,
    pair: { contactId: ContactId; numberId: NumberId },
  ): Promise<ConversationId> {
    const opened = await this.#post(serverUrl, token, '/api/v1/conversations', pair)
    return understood(Created, opened).id as ConversationId // the server's id of a conversation
  }

  async showTyping(serverUrl: string, token: string, id: ConversationId): Promise<void> {
    await this.#ask({
      method: 'POST',
      url: `${serverUrl}/api/v1/conversations/${id}/typing`,
      headers: bearer(token),
    })
  }

  /** Anything else of the interface; its answer is the caller's to understand (asking.ts). */
  request(serverUrl: string, token: string, asked: Asked): Promise<HttpResponse> {
    const { method, path, body, mime = 'application/json' } = asked
    const sent = body instanceof Uint8Array ? body : JSON.stringify(body)
    return this.#ask({
      method,
      url: `${serverUrl}${path}`,
      headers: { ...bearer(token), ...(body === undefined ? {} : { 'content-type': mime }) },
      ...(body === undefined ? {} : { body: sent }),
    })
  }

  async #post(serverUrl: string, token: string, path: string, body: object): Promise<unknown> {
    return (await this.request(serverUrl, token, { method: 'POST', path, body })).json()
  }

  async #grant(serverUrl: string, path: string, body: unknown): Promise<Granted> {
    const response = await this.#ask({
      method: 'POST',
      url: `${serverUrl}${path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return understood(Granted, await response.json())
  }

  /** @throws AppError with the server's code; not-kontor when the answer is not of our form */
  async #ask(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#machine.http(request)
    if (response.status < 400) return response
    const body: unknown = await response.json().catch(() => null)
    if (response.status >= 502 && !Value.Check(Failure, body))
      throw new AppError('offline', 'a proxy answered instead')
    const { error } = understood(Failure, body)
    const code = (errorCodes as readonly string[]).includes(error.code)
      ? (error.code as ErrorCode)
      : 'internal' // checked against the list
    throw new AppError(code, error.message, { details: error.details })
  }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

/** @throws AppError not-kontor when the answer is not of our form */
export function understood<S extends Type.TSchema>(schema: S, body: unknown): Static<S> {
  if (!Value.Check(schema, body))
    throw new AppError('not-kontor', 'the answer is not a Kontor server’s')
  return body // checked on the line above
}
