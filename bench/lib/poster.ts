import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export const appSecret = 'bench-secret'

export type Poster = {
  /** Posts a prepared request. Resolves with the status of its answer. */
  post(request: Buffer): Promise<number>
  close(): void
}

type Post = { request: Buffer; resolve: (status: number) => void; reject: (error: Error) => void }

/** A signed webhook call as the bytes of an HTTP request, so that measuring does not include making it. */
export function prepare(url: string, body: Buffer): Buffer {
  const signature = createHmac('sha256', appSecret).update(body).digest('hex')
  const head = [
    'POST /webhooks/whatsapp HTTP/1.1',
    `Host: ${new URL(url).host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.byteLength}`,
    'User-Agent: facebookexternalua',
    `X-Hub-Signature-256: sha256=${signature}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

/**
 * Posts over connections that stay open, one request at a time on each. As thin as can be: on a small machine whatever
 * makes the load takes its share from the server that is measured.
 */
export function createPoster(url: string, connections: number): Poster {
  const waiting: Post[] = []
  const idle: Line[] = []
  const lines = Array.from({ length: connections }, () => new Line(url, rest))

  function rest(line: Line): void {
    const post = waiting.shift()
    if (post === undefined) idle.push(line)
    else line.send(post)
  }

  idle.push(...lines)
  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        const post = { request, resolve, reject }
        const line = idle.shift() // the one that has rested longest, so that none rests until it is hung up
        if (line === undefined) waiting.push(post)
        else line.send(post)
      }),
    close() {
      for (const line of lines) line.close()
    },
  }
}

/** One connection, opened when there is something to send and again when the server has hung up. */
class Line {
  readonly #url: URL
  readonly #onRest: (line: Line) => void
  #socket: Socket | undefined
  #post: Post | undefined
  #received = ''

  constructor(url: string, onRest: (line: Line) => void) {
    this.#url = new URL(url)
    this.#onRest = onRest
  }

  send(post: Post): void {
    this.#post = post
    this.#socket ??= this.#open()
    this.#socket.write(post.request)
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect(Number(this.#url.port), this.#url.hostname)
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#hear(bytes))
    socket.on('error', () => undefined) // its close says it
    socket.on('close', () => {
      this.#socket = undefined
      this.#post?.reject(new Error('the server hung up before it answered'))
    })
    return socket
  }

  #hear(bytes: Buffer): void {
    this.#received += bytes.toString('latin1')
    const status = statusOf(this.#received)
    if (status === undefined) return
    const post = this.#post
    this.#received = ''
    this.#post = undefined
    post?.resolve(status)
    this.#onRest(this)
  }
}

/** The status of an answer that is here whole. */
function statusOf(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0)
  if (received.length < headEnd + 4 + length) return undefined
  return Number(received.slice(9, 12))
}
