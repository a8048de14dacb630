import { createHmac } from 'node:crypto'

/** The bytes of a body as Meta writes them: non-ASCII as \uXXXX, slashes escaped. Who parses and writes again gets other bytes. */
export function bytesOf(body: unknown): Buffer {
  const escaped = JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return Buffer.from(escaped, 'ascii')
}

/** The headers that prove the bytes come from whoever knows the app secret. */
export function signatureHeaders(bytes: Buffer, secret: string): Record<string, string> {
  const hmac = (hash: string) => createHmac(hash, secret).update(bytes).digest('hex')
  return {
    'X-Hub-Signature': `sha1=${hmac('sha1')}`,
    'X-Hub-Signature-256': `sha256=${hmac('sha256')}`,
  }
}
