import { AppError } from '../lib/errors.ts'
import { uuidV7 } from '../lib/uuid.ts'
import type { HttpRequest, Machine, Socket, SocketEvents } from '../replica/ports.ts'

/** An answer's head takes no longer than this, or nobody is there; sending a file may take longer. */
const ANSWER_TIMEOUT_MS = 30_000
const FILE_TIMEOUT_MS = 600_000

/** How WebSocket says "open". Source: HTML standard, the WebSocket interface. */
const OPEN = 1

type Cancel = { readonly signal: unknown; abort(): void }
type Answer = {
  status: number
  headers: { get(name: string): string | null }
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}
type WebSocketLike = {
  readonly readyState: number
  onopen: unknown
  onmessage: unknown
  onclose: unknown
  onerror: unknown
  send(text: string): void
  close(): void
}

/** The globals that Node and a browser's worker have in common, as far as a console needs them. */
export type WebGlobals = {
  fetch(url: string, init: object): Promise<Answer>
  createSocket(url: string): WebSocketLike
  AbortController: new () => Cancel
  TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
  crypto: {
    getRandomValues(bytes: Uint8Array<ArrayBuffer>): unknown
    subtle: { digest(name: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> }
  }
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(timer: never): void
  nowMs(): number
}

type WebParts = Pick<Machine, 'platform' | 'connect' | 'http' | 'sha256'>

/** The parts of a machine that are the same in Node and in the browser. */
export function createWebParts(globals: WebGlobals): WebParts {
  const after = (delayMs: number, callback: () => void) => {
    const timer = globals.setTimeout(callback, delayMs)
    return () => globals.clearTimeout(timer as never) // whatever setTimeout answered
  }
  return {
    platform: {
      nowMs: () => globals.nowMs(),
      newId: () => uuidV7(globals.nowMs(), randomBytes(globals, 10)),
      random: () => new DataView(randomBytes(globals, 4).buffer).getUint32(0) / 2 ** 32,
      after,
    },
    connect: (url, events) => connect(globals, url, events, after),
    async http(request) {
      const answer = await ask(globals, request, after)
      return {
        status: answer.status,
        header: (name) => answer.headers.get(name),
        text: () => offlineUnless(answer.text()),
        json: async () => parse(await offlineUnless(answer.text())),
        bytes: async () => new Uint8Array(await offlineUnless(answer.arrayBuffer())),
      }
    },
    async sha256(content) {
      const bytes =
        typeof content === 'string'
          ? new globals.TextEncoder().encode(content)
          : new Uint8Array(content)
      const digest = new Uint8Array(await globals.crypto.subtle.digest('SHA-256', bytes))
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    },
  }
}

async function ask(globals: WebGlobals, request: HttpRequest, after: Machine['platform']['after']) {
  const { url, ...rest } = request
  const cancel = new globals.AbortController()
  const isFile = request.body instanceof Uint8Array
  const callOff = after(isFile ? FILE_TIMEOUT_MS : ANSWER_TIMEOUT_MS, () => cancel.abort())
  try {
    const init = { ...rest, signal: cancel.signal, credentials: 'omit', cache: 'no-store' }
    return await offlineUnless(globals.fetch(url, { ...init, redirect: 'error' }))
  } finally {
    callOff()
  }
}

async function offlineUnless<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new AppError('offline', 'no answer from the server', { cause: error })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('not-kontor', 'the answer is no JSON')
  }
}

function connect(
  globals: WebGlobals,
  url: string,
  events: SocketEvents,
  after: Machine['platform']['after'],
): Socket {
  let isClosed = false
  const closeOnce = () => {
    if (isClosed) return
    isClosed = true
    events.closed()
  }
  let socket: WebSocketLike
  try {
    socket = globals.createSocket(url)
  } catch {
    after(0, closeOnce) // an address no socket can be opened to: told as every other failure, never from inside the call
    return { send: () => undefined, close: () => undefined }
  }
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === 'string') events.heard(data)
    else socket.close()
  }
  socket.onerror = () => undefined
  socket.onclose = closeOnce
  return {
    send(text) {
      if (socket.readyState === OPEN) socket.send(text)
    },
    close: () => socket.close(),
  }
}

function randomBytes(globals: WebGlobals, count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count)
  globals.crypto.getRandomValues(bytes)
  return bytes
}
