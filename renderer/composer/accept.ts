import type { MessageType } from '../../core/domain/message.ts'

/** What a file goes out as. */
export type FileKind = Extract<MessageType, 'image' | 'video' | 'audio' | 'document'>
export type Accepted =
  | { ok: true; kind: FileKind; mime: string }
  | { ok: false; reason: 'too-large'; kind: FileKind; limitBytes: number }
  | { ok: false; reason: 'unsupported-media' | 'empty' }

const megabyte = 1_000_000
const office = 'application/vnd.openxmlformats-officedocument'

/**
 * What WhatsApp takes from a business, by kind. "MB" is taken as decimal, the smaller reading.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
const kinds: Readonly<Record<FileKind, { limitBytes: number; mimes: readonly string[] }>> = {
  image: { limitBytes: 5 * megabyte, mimes: ['image/jpeg', 'image/png'] },
  video: { limitBytes: 16 * megabyte, mimes: ['video/mp4', 'video/3gpp'] },
  audio: {
    limitBytes: 16 * megabyte,
    mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  },
  document: {
    limitBytes: 100 * megabyte,
    mimes: [
      'application/pdf',
      'text/plain',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      `${office}.wordprocessingml.document`,
      `${office}.spreadsheetml.sheet`,
      `${office}.presentationml.presentation`,
    ],
  },
}

/** For the file dialogue. */
export const acceptedMimes = Object.values(kinds).flatMap((kind) => kind.mimes)

/** Systems without the program for a file often give it no type; its ending is then all there is. */
const endings: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** Whether WhatsApp would take this file, before a byte of it is read. */
export function accept(file: { name: string; type: string; size: number }): Accepted {
  if (file.size === 0) return { ok: false, reason: 'empty' }
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const mime = file.type === '' ? (endings[ending] ?? '') : file.type
  const bare = mime.split(';')[0]?.trim().toLowerCase() ?? ''
  for (const kind of Object.keys(kinds) as FileKind[]) {
    // keys of a Record<FileKind, …>
    const { mimes, limitBytes } = kinds[kind]
    if (!mimes.includes(bare)) continue
    if (file.size > limitBytes) return { ok: false, reason: 'too-large', kind, limitBytes }
    return { ok: true, kind, mime }
  }
  return { ok: false, reason: 'unsupported-media' }
}
