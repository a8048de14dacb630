/** What may be sent as what, and how large. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types */
const office = 'application/vnd.openxmlformats-officedocument.'
const megabyte = 1024 * 1024

const rules = {
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
  image: { mimes: ['image/jpeg', 'image/png'], maxBytes: 5 * megabyte },
  sticker: { mimes: ['image/webp'], maxBytes: 500 * 1024 },
  video: { mimes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * megabyte },
} as const

export type MediaKind = keyof typeof rules
export const mediaKinds = Object.keys(rules) as MediaKind[] // Object.keys forgets the names it was given

export function mimesOf(kind: MediaKind): readonly string[] {
  return rules[kind].mimes
}

export function maxBytesOf(kind: MediaKind): number {
  return rules[kind].maxBytes
}

/** The kind a MIME type is sent as; parameters such as `; codecs=opus` do not matter. */
export function kindOf(mimeType: string): MediaKind | undefined {
  const base = mimeType.split(';')[0]?.trim().toLowerCase() ?? ''
  return mediaKinds.find((kind) => mimesOf(kind).includes(base))
}
