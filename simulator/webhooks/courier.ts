import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

const answerWithinMs = 10_000

/** Carries bytes to an address over connections that stay open; several at a time. */
export class Courier {
  readonly #http = new HttpAgent({ keepAlive: true })
  readonly #https = new HttpsAgent({ keepAlive: true })

  /** The status of the answer; undefined when there was none: down, cut off or too slow. */
  post(url: string, bytes: Buffer, headers: Record<string, string>): Promise<number | undefined> {
    const isSecure = url.startsWith('https:')
    return new Promise((resolve) => {
      const request = (isSecure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: isSecure ? this.#https : this.#http,
        timeout: answerWithinMs,
        headers: { ...headers, 'Content-Length': bytes.length },
      })
      request.on('response', (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode))
      })
      request.on('timeout', () => request.destroy())
      request.on('close', () => resolve(undefined)) // after an answer this changes nothing
      request.on('error', () => undefined) // its close says it
      request.end(bytes)
    })
  }

  /** Cuts every connection, also those that wait for an answer. */
  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}
