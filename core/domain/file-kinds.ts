import { AppError } from '../lib/errors.ts'
import { baseOf, hasOpus, sniffMime } from './sniff.ts'

/** What WhatsApp takes as what, and how large. Source: facts 3. */
const office = 'application/vnd.openxmlformats-officedocument.'
const megabyte = 1024 * 1024

const rules = {
  image: { mimes: ['image/jpeg', 'image/png'], maxBytes: 5 * megabyte },
  video: { mimes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * megabyte },
  audio: {
    mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    maxBytes: 16 * megabyte,
  },
  document: {
    mimes: [
      'text/plain',
      'application/pdf',
      'application/msword',
      `${office}wordprocessingml.document`,
      'application/vnd.ms-excel',
      `${office}spreadsheetml.sheet`,
      'application/vnd.ms-powerpoint',
      `${office}presentationml.presentation`,
    ],
    maxBytes: 100 * megabyte,
  },
  sticker: { mimes: ['image/webp'], maxBytes: 500 * 1024 },
} as const

export type MediaKind = keyof typeof rules

/** No file of WhatsApp's is larger; what a contact sends beyond it comes as an error instead. */
export const maxMediaBytes = 100 * megabyte

/** What a file of that type is sent as; undefined when WhatsApp does not take it. */
export function kindOf(mime: string): MediaKind | undefined {
  const base = baseOf(mime)
  const kinds = Object.keys(rules) as MediaKind[] // keys of a literal: exactly the kinds
  return kinds.find((kind) => (rules[kind].mimes as readonly string[]).includes(base)) // literals are strings
}

export function maxBytesOf(kind: MediaKind): number {
  return rules[kind].maxBytes
}

/**
 * What WhatsApp takes a file as that begins like this.
 *
 * @param claimed the type its sender gave it
 * @throws AppError `unsupported-media`
 */
export function kindSent(head: Uint8Array, claimed: string): { mime: string; kind: MediaKind } {
  const mime = sniffMime(head, claimed)
  const kind = mime === undefined ? undefined : kindOf(mime)
  if (mime === undefined || kind === undefined) {
    throw new AppError('unsupported-media', `WhatsApp does not take ${baseOf(claimed)}`)
  }
  if (baseOf(mime) === 'audio/ogg' && !hasOpus(head)) {
    throw new AppError('unsupported-media', 'WhatsApp plays no Ogg sound but Opus')
  }
  return { mime, kind }
}
