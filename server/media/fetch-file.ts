import { createHash } from 'node:crypto'
import { maxMediaBytes } from '../../core/domain/file-kinds.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Client } from '../whatsapp/client.ts'
import type { MediaFiles } from './files.ts'
import { inspectFile, type Seen } from './inspect.ts'
import { hexOf } from './remember.ts'
import type { Spooled } from './spool.ts'

export type Stored = Seen & { sha256: string; sizeBytes: number }

/** A file that lies at WhatsApp. */
export type Wanted = {
  metaMediaId: string
  phoneNumberId: string
  mime: string
  /** Hex. */
  claimedSha256: string | null
  /** Where the webhook says it lies, while that can still be true. */
  freshUrl: string | null
}

/** What WhatsApp says of a file, by webhook or when asked. */
type Announced = { sha256: string | undefined; sizeBytes?: number }

/**
 * Brings one file from WhatsApp to our store. An address lives five minutes: the webhook's is tried while it is
 * fresh, and after that a new one is asked for at every try.
 *
 * @throws AppError `too-large`, `unavailable`, `whatsapp`, `not-found`, `conflict` when the bytes are not those announced
 */
export async function fetchFile(
  client: Client,
  files: MediaFiles,
  wanted: Wanted,
): Promise<Stored> {
  const claimed = wanted.claimedSha256 ?? undefined
  if (wanted.freshUrl !== null) {
    try {
      return await download(client, files, wanted, wanted.freshUrl, { sha256: claimed })
    } catch (error) {
      const isFinal = error instanceof AppError && ['too-large', 'disk-full'].includes(error.code)
      if (isFinal || !(error instanceof AppError)) throw error
    }
  }
  const node = await client.getMedia(wanted.metaMediaId, wanted.phoneNumberId)
  const sizeBytes = Number(node.file_size ?? Number.NaN)
  if (sizeBytes > maxMediaBytes) throw new AppError('too-large', 'media')
  return download(client, files, wanted, node.url, {
    sha256: claimed ?? hexOf(node.sha256),
    ...(Number.isNaN(sizeBytes) ? {} : { sizeBytes }),
  })
}

async function download(
  client: Client,
  files: MediaFiles,
  { mime }: Wanted,
  url: string,
  announced: Announced,
): Promise<Stored> {
  const bytes = await client.downloadMedia(url)
  return files.take(
    readable(bytes),
    () => maxMediaBytes,
    (spooled) => {
      checkAnnounced(spooled, announced)
      return inspectFile(spooled, mime)
    },
  )
}

const hashOfNothing = createHash('sha256').digest('hex')

/** Where no hash was announced, an empty file is more likely a fault than a file. */
function checkAnnounced({ sha256, sizeBytes }: Spooled, announced: Announced): void {
  const isRight =
    announced.sha256 === undefined ? sha256 !== hashOfNothing : sha256 === announced.sha256
  const isWhole = announced.sizeBytes === undefined || announced.sizeBytes === sizeBytes
  if (!isRight || !isWhole) {
    throw new AppError('conflict', 'the bytes are not those WhatsApp announced')
  }
}

/** A cut connection becomes an error that the worker knows how to wait for. */
async function* readable(bytes: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = bytes.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AppError('unavailable', 'the download was cut', { cause })
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
