import { base64Of } from '../lib/base64.ts'
import { AppError } from '../lib/errors.ts'
import type { OwnFile } from './own-files.ts'
import type { HttpRequest, HttpResponse } from './ports.ts'

/** A request about uploads, from the path behind `/api/v1/blobs` on. */
export type UploadRequest = Pick<HttpRequest, 'method' | 'body'> & {
  path: string
  headers: Record<string, string>
}
/** @throws AppError with the server's code; `offline` */
export type AskServer = (request: UploadRequest) => Promise<HttpResponse>

/** Small enough for a slow line, large enough that asking costs little. */
const pieceBytes = 1024 * 1024
const tus = { 'tus-resumable': '1.0.0' }

/**
 * Brings a file to the server by tus 1.0, from wherever it was cut before. To begin is the same however often it is
 * done: the answer says how much is there, and 200 that nothing is missing.
 *
 * @param heard is told how much is there; it answers whether to go on
 * @returns whether the server has it
 */
export async function sendFile(
  ask: AskServer,
  file: OwnFile,
  bytes: Uint8Array,
  heard: (sentBytes: number) => boolean,
): Promise<boolean> {
  const begun = await ask({ method: 'POST', path: '', headers: { ...tus, ...described(file) } })
  if (begun.status === 200) return true
  let sentBytes = offsetIn(begun, file)
  while (sentBytes < file.sizeBytes) {
    if (!heard(sentBytes)) return false
    const answer = await ask({
      method: 'PATCH',
      path: `/${file.id}`,
      headers: {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(sentBytes),
      },
      body: bytes.subarray(sentBytes, sentBytes + pieceBytes),
    })
    const before = sentBytes
    sentBytes = offsetIn(answer, file)
    if (sentBytes <= before) throw new AppError('conflict', 'the server took nothing of a piece')
  }
  return true
}

function described({ id, sha256, mime, fileName, sizeBytes }: OwnFile): Record<string, string> {
  const metadata = Object.entries({ mediaId: id, sha256, filetype: mime, filename: fileName })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${base64Of(value ?? '')}`)
  return { 'upload-length': String(sizeBytes), 'upload-metadata': metadata.join(',') }
}

function offsetIn(answer: HttpResponse, { sizeBytes }: OwnFile): number {
  const offset = Number(answer.header('upload-offset') ?? Number.NaN)
  if (!(offset >= 0 && offset <= sizeBytes)) {
    throw new AppError('not-kontor', 'the answer is not a Kontor server’s')
  }
  return offset
}
