/** Enough of a file's beginning to tell its type. */
export const headBytes = 4096

/**
 * The type of a file as its bytes prove it. What was claimed counts only where the bytes allow it: a container of
 * several types, or one that has no marks of its own.
 *
 * @returns undefined when the claim is of a type that has marks, and they are missing
 */
export function sniffMime(head: Uint8Array, claimed: string): string | undefined {
  const proved = signatures.find(({ matches }) => matches(head))?.mimes ?? []
  if (proved.includes(baseOf(claimed))) return claimed
  if (proved[0] !== undefined) return proved[0]
  const needsProof = signatures.some(({ mimes }) => mimes.includes(baseOf(claimed)))
  if (needsProof) return undefined
  if (baseOf(claimed) === 'text/plain' && head.includes(0)) return undefined
  return claimed
}

type Signature = { mimes: readonly string[]; matches: (head: Uint8Array) => boolean }

const office = 'application/vnd.openxmlformats-officedocument.'
const signatures: readonly Signature[] = [
  { mimes: ['image/jpeg'], matches: starts(0xff, 0xd8, 0xff) },
  { mimes: ['image/png'], matches: starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { mimes: ['image/gif'], matches: (head) => says(head, 0, 'GIF8') },
  { mimes: ['image/webp'], matches: (head) => says(head, 0, 'RIFF') && says(head, 8, 'WEBP') },
  { mimes: ['video/3gpp', 'audio/3gpp'], matches: (head) => says(head, 4, 'ftyp3g') },
  { mimes: ['audio/mp4'], matches: (head) => says(head, 4, 'ftypM4A') },
  { mimes: ['video/mp4', 'audio/mp4', 'video/3gpp'], matches: (head) => says(head, 4, 'ftyp') },
  { mimes: ['audio/ogg'], matches: (head) => says(head, 0, 'OggS') },
  { mimes: ['audio/amr'], matches: (head) => says(head, 0, '#!AMR') },
  { mimes: ['audio/aac'], matches: ([a, b = 0]) => a === 0xff && (b & 0xf6) === 0xf0 },
  {
    mimes: ['audio/mpeg'],
    matches: (head) =>
      says(head, 0, 'ID3') ||
      (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && ((head[1] ?? 0) & 0x06) !== 0),
  },
  { mimes: ['application/pdf'], matches: (head) => says(head, 0, '%PDF-') },
  {
    mimes: [
      'application/zip',
      `${office}wordprocessingml.document`,
      `${office}spreadsheetml.sheet`,
      `${office}presentationml.presentation`,
    ],
    matches: (head) => says(head, 0, 'PK\u0003\u0004'),
  },
  {
    mimes: ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
    matches: starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
  },
]

function starts(...bytes: number[]): (head: Uint8Array) => boolean {
  return (head) => bytes.every((byte, index) => head[index] === byte)
}

function says(head: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, index) => head[at + index] === letter.charCodeAt(0))
}

/** How many channels an Opus sound has; undefined when it is none. Its header says so behind its name and version. */
export function opusChannels(head: Uint8Array): number | undefined {
  const at = opusAt(head)
  return at < 0 ? undefined : head[at + 9]
}

/** WhatsApp plays no other sound in an Ogg file than Opus. @see facts 2.3 */
export function hasOpus(head: Uint8Array): boolean {
  return opusAt(head) >= 0
}

function opusAt(head: Uint8Array): number {
  return head.findIndex((_, at) => says(head, at, 'OpusHead'))
}

/** Without parameters such as `; codecs=opus`. */
export function baseOf(mime: string): string {
  return (mime.split(';')[0] ?? '').trim().toLowerCase()
}
