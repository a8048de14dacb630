import type { JsonObject } from '../json.ts'
import type { Random } from '../world/random.ts'
import type { MediaKind } from './kinds.ts'
import { makeMovie } from './movie.ts'
import { makePdf } from './pdf.ts'
import { makePhoto, makeSticker } from './picture.ts'
import { makeSilence } from './sound.ts'

type Wish = {
  /** The bytes themselves; without them a small real file is made. */
  base64?: string | undefined
  mimeType?: string | undefined
  fileName?: string | undefined
}

type MadeFile = {
  mimeType: string
  bytes: Buffer
  fileName?: string
  /** What the webhook says of such a file besides its id. */
  extra: JsonObject
}

/** The file a person sends from the phone. */
export async function makeFile(random: Random, kind: MediaKind, wish: Wish): Promise<MadeFile> {
  const made = await byKind[kind](random)
  const fileName = wish.fileName ?? made.fileName
  const isVoice = kind === 'audio' && wish.base64 === undefined
  return {
    mimeType: wish.mimeType ?? made.mimeType,
    bytes: wish.base64 === undefined ? made.bytes : Buffer.from(wish.base64, 'base64'),
    ...(fileName === undefined ? {} : { fileName }),
    extra: {
      ...(kind === 'document' ? { filename: fileName } : {}),
      ...(kind === 'audio' ? { voice: isVoice } : {}),
      ...(kind === 'sticker' ? { animated: false } : {}),
    },
  }
}

type Made = { mimeType: string; bytes: Buffer; fileName?: string }

const byKind: Record<MediaKind, (random: Random) => Made | Promise<Made>> = {
  image: async (random) => ({ mimeType: 'image/jpeg', bytes: await makePhoto(random) }),
  sticker: async (random) => ({ mimeType: 'image/webp', bytes: await makeSticker(random) }),
  document: () => ({
    mimeType: 'application/pdf',
    bytes: makePdf(['Anlage', '', 'Dieses Dokument wurde vom Telefon gesendet.']),
    fileName: 'Anlage.pdf',
  }),
  audio: () => ({ mimeType: 'audio/ogg; codecs=opus', bytes: makeSilence(3) }),
  video: (random) => ({ mimeType: 'video/mp4', bytes: makeMovie(random) }),
}
