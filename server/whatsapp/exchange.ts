import http from 'node:http'
import https from 'node:https'

export type ExchangeRequest = {
  method: string
  headers: Record<string, string>
  body: string | Buffer | undefined
  timeoutMs: number
}
export type Exchanged = { status: number; text: string }

/** No connection was made, so not a byte of the request left. */
export class Unreached extends Error {
  override readonly name = 'Unreached'
}

/** As many as a number of the highest throughput has calls at once; @see ../sender/pace/pace.ts */
const maxSockets = 256
/** Shorter than servers keep an idle connection, or a request would meet one that is just being closed. */
const idleMs = 4000
const kept = { keepAlive: true, maxSockets, timeout: idleMs }
const agents = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) }

/**
 * One request and its answer, over connections that stay open. It is not `fetch`, because that does not tell whether
 * there ever was a connection, and takes several times as long.
 *
 * @throws Unreached, or any other error when nobody knows how far it came
 */
export function exchange(url: URL, { body, timeoutMs, ...rest }: ExchangeRequest) {
  const isTls = url.protocol === 'https:'
  const headers = {
    ...rest.headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const options = { ...rest, headers, agent: agents[isTls ? 'https:' : 'http:'] }
  return new Promise<Exchanged>((resolve, reject) => {
    let isConnected = false
    const asked = (isTls ? https : http).request(url, options)
    const timer = setTimeout(() => asked.destroy(timedOut()), timeoutMs)
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(isConnected ? error : new Unreached('no connection was made', { cause: error }))
    }
    asked.on('socket', (socket) => {
      isConnected = asked.reusedSocket
      if (!isConnected) socket.once(isTls ? 'secureConnect' : 'connect', () => (isConnected = true))
    })
    asked.on('error', fail)
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', fail)
      answer.on('end', () => {
        clearTimeout(timer)
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') })
      })
    })
    asked.end(body)
  })
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'TimeoutError' })
}
