import { AppError } from '../../core/lib/errors.ts'
import type { Client } from '../whatsapp/client.ts'
import type { MediaFiles } from './files.ts'
import { isShownInline, maxMediaBytes } from './kinds.ts'
import { measurePicture, type Picture } from './picture.ts'
import { hexOf } from './remember.ts'
import { sniffMime } from './sniff.ts'

export type Stored = { sha256: string; sizeBytes: number; mime: string; picture?: Picture }

/**
 * Brings one file from WhatsApp to our disk. The address it gives lives five minutes, so it is asked for anew at
 * every try.
 *
 * @throws AppError `too-large`, `unavailable`, `whatsapp`, `not-found`, `conflict` when the bytes are not those announced
 */
export async function fetchFile(
  client: Client,
  files: MediaFiles,
  wanted: {
    metaMediaId: string
    phoneNumberId: string
    mime: string
    claimedSha256: string | null
  },
): Promise<Stored> {
  const node = await client.getMedia(wanted.metaMediaId, wanted.phoneNumberId)
  if (Number(node.file_size ?? 0) > maxMediaBytes) throw new AppError('too-large', 'media')
  const bytes = await client.downloadMedia(node.url)
  const kept = await files.keep(readable(bytes), maxMediaBytes)
  const announced = wanted.claimedSha256 ?? (node.sha256 === undefined ? null : hexOf(node.sha256))
  if (announced !== null && announced !== kept.sha256) {
    throw new AppError('conflict', 'the bytes are not those WhatsApp announced')
  }
  return describeFile(files, kept, wanted.mime)
}

/** What the bytes prove about themselves. A type that is shown in place has to be proved. */
export async function describeFile(
  files: MediaFiles,
  { sha256, sizeBytes, head }: { sha256: string; sizeBytes: number; head: Uint8Array },
  claimed: string,
): Promise<Stored> {
  const proved = sniffMime(head, claimed)
  const mime = proved ?? (isShownInline(claimed) ? 'application/octet-stream' : claimed)
  const picture = await measurePicture(files.pathOf(sha256), files.thumbnailOf(sha256), mime)
  return { sha256, sizeBytes, mime, ...(picture === undefined ? {} : { picture }) }
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
