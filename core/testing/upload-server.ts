import { AppError, type ErrorCode } from '../lib/errors.ts'
import type { HttpRequest, HttpResponse } from '../replica/ports.ts'

/** What one upload has so far. */
type Upload = { sizeBytes: number; sha256: string; bytes: Uint8Array }

/** The part of a server that has files and takes them in pieces, as far as a console sees it. */
export function createUploadServer(hashOf: (bytes: Uint8Array) => string) {
  const uploads = new Map<string, Upload>()
  const server = {
    isAway: false,
    /** Answers the next requests with this failure. */
    refusal: null as { status: number; code: ErrorCode } | null,
    /** So many pieces are answered before the line breaks; then it counts anew. */
    cutAfter: Infinity,
    asked: [] as string[],
    files: new Map<string, Uint8Array>(),
    /** Sends other bytes than those it has. */
    isGarbling: false,
    uploads,
    whole: () => [...uploads].filter(([, { bytes, sizeBytes }]) => bytes.length === sizeBytes),
    forget: () => uploads.clear(),
    async http({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
      if (server.isAway) throw new AppError('offline', 'there is no server')
      const path = url.replace(/^.*\/api\/v1/, '')
      server.asked.push(`${method} ${path.split('/')[1] ?? ''}`)
      if (server.refusal !== null) return failure(server.refusal)
      if (path === '/sync/tickets') return answer(201, {}, { ticket: 't' })
      const file = server.files.get(/^\/media\/([^?]+)/.exec(path)?.[1] ?? '')
      if (file !== undefined) return download(file)
      if (!path.startsWith('/blobs')) return failure({ status: 404, code: 'not-found' })
      if (method === 'POST') return begin(headers)
      const upload = uploads.get(path.slice('/blobs/'.length))
      if (upload === undefined) return failure({ status: 404, code: 'not-found' })
      return append(upload, headers, body as Uint8Array) // a PATCH carries bytes
    },
  }
  return server

  function download(file: Uint8Array): HttpResponse {
    const headers = { 'content-type': 'image/png', etag: `"${hashOf(file)}"` }
    const bytes = server.isGarbling ? file.map((byte) => byte + 1) : file
    return { ...answer(200, headers), bytes: async () => bytes.slice() }
  }

  function begin(headers: Record<string, string>): HttpResponse {
    const metadata = metadataIn(headers['upload-metadata'] ?? '')
    const { mediaId = '', sha256 = '' } = metadata
    const fresh = { sizeBytes: Number(headers['upload-length']), sha256, bytes: new Uint8Array() }
    const upload = uploads.get(mediaId) ?? fresh
    uploads.set(mediaId, upload)
    const isThere = upload.bytes.length === upload.sizeBytes
    return answer(isThere ? 200 : 201, { 'upload-offset': String(upload.bytes.length) })
  }

  function append(
    upload: Upload,
    headers: Record<string, string>,
    piece: Uint8Array,
  ): HttpResponse {
    if (headers['upload-offset'] !== String(upload.bytes.length)) {
      return failure({ status: 409, code: 'conflict' })
    }
    const grown = new Uint8Array(upload.bytes.length + piece.length)
    grown.set(upload.bytes)
    grown.set(piece, upload.bytes.length)
    upload.bytes = grown
    server.cutAfter -= 1
    if (server.cutAfter < 0) {
      server.cutAfter = Infinity
      throw new AppError('offline', 'the line broke')
    }
    return answer(204, { 'upload-offset': String(grown.length) })
  }
}

function answer(status: number, headers: Record<string, string>, body: unknown = {}): HttpResponse {
  return {
    status,
    header: (name) => headers[name] ?? null,
    json: async () => body,
    text: async () => JSON.stringify(body),
    bytes: async () => new Uint8Array(),
  }
}

function failure({ status, code }: { status: number; code: ErrorCode }): HttpResponse {
  return answer(status, {}, { error: { code, message: code } })
}

/** Only what is ASCII, which ids and hashes are. */
function metadataIn(header: string): Record<string, string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const decode = (text: string) => {
    const bits = Array.from(text.replace(/=+$/, ''), (letter) =>
      letters.indexOf(letter).toString(2).padStart(6, '0'),
    ).join('')
    const bytes = bits.match(/.{8}/g) ?? []
    return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 2)))
  }
  const pairs = header.split(',').map((pair) => pair.split(' '))
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key, decode(value)]))
}
