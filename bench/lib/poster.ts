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
  const idle: ((post: Post) => void)[] = []
  const sockets = Array.from({ length: connections }, () => open(url, serve))

  function serve(take: (post: Post) => void): void {
    const post = waiting.shift()
    if (post === undefined) idle.push(take)
    else take(post)
  }

  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        const post = { request, resolve, reject }
        const take = idle.pop()
        if (take === undefined) waiting.push(post)
        else take(post)
      }),
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** @param isFree hears at the start and after each answer how to hand over the next post */
function open(url: string, isFree: (take: (post: Post) => void) => void): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  let current: Post | undefined
  let received = ''
  const take = (post: Post) => {
    current = post
    socket.write(post.request)
  }
  socket.on('connect', () => isFree(take))
  socket.on('error', (error) => current?.reject(error))
  socket.on('close', () => current?.reject(new Error('the connection was closed')))
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
    const status = statusOf(received)
    if (status === undefined) return
    received = ''
    const answered = current
    current = undefined
    answered?.resolve(status)
    isFree(take)
  })
  return socket
}

/** The status of an answer that is here whole. */
function statusOf(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0)
  if (received.length < headEnd + 4 + length) return undefined
  return Number(received.slice(9, 12))
}
