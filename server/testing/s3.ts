import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { signatureFault } from './s3-signature.ts'

export type S3Desk = Awaited<ReturnType<typeof startS3>>
type Refusal = { status: number; code: string }

export const s3Keys = { accessKeyId: 'KONTORTEST', secretAccessKey: 'only-for-tests/1+2' }

/**
 * A bucket over HTTP, as far as a media store needs one: PUT, GET with Range, HEAD. It believes nobody: each request's
 * signature is worked out again from the secret, the bytes' hash with it.
 */
export async function startS3(bucket = 'kontor-test') {
  const objects = new Map<string, Buffer>()
  const asked: string[] = []
  /** Answers to come before any real one. */
  const faults: Refusal[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request)
    asked.push(`${request.method} ${request.url}`)
    const fault =
      faults.shift() ?? signatureFault(request, bytes, s3Keys) ?? bodyFault(request, bytes)
    if (fault !== undefined) return refuse(response, fault)
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname)
    if (!path.startsWith(`/${bucket}/`))
      return refuse(response, { status: 404, code: 'NoSuchBucket' })
    const key = path.slice(bucket.length + 2)
    if (request.method === 'PUT') {
      objects.set(key, bytes)
      response.writeHead(200, { etag: `"${hex(bytes)}"` }).end()
      return
    }
    const object = objects.get(key)
    if (object === undefined) return refuse(response, { status: 404, code: 'NoSuchKey' })
    send(request, response, object)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error)) // shown by the client
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(stop)
  return { url: `http://127.0.0.1:${port}`, bucket, objects, asked, faults, stop }
}

/** What the client promised about the body. */
function bodyFault({ method, headers }: IncomingMessage, bytes: Buffer): Refusal | undefined {
  if (method !== 'PUT') return undefined
  const checksum = headers['x-amz-checksum-sha256']
  const isRight = checksum === createHash('sha256').update(bytes).digest('base64')
  return isRight ? undefined : { status: 400, code: 'BadDigest' }
}

function send(request: IncomingMessage, response: ServerResponse, object: Buffer): void {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const [start, end] =
    match === null ? [0, object.length - 1] : [Number(match[1]), Number(match[2])]
  const part = object.subarray(start, end + 1)
  response.writeHead(match === null ? 200 : 206, {
    'content-length': part.length,
    'content-type': 'application/octet-stream',
    ...(match === null ? {} : { 'content-range': `bytes ${start}-${end}/${object.length}` }),
  })
  response.end(request.method === 'HEAD' ? undefined : part)
}

function refuse(response: ServerResponse, { status, code }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

function hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
