/** The files of the demo's people, made from drawings, papers and nothing. */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { makeFilm } from '../../media/movie.ts'
import { makePdf } from '../../media/pdf.ts'
import { jpegOf } from '../../media/picture.ts'
import { cutSound } from '../../media/sound.ts'
import type { JsonObject } from '../../json.ts'
import { drawings, stickers } from './drawings.ts'
import { filmFrames, type films } from './films.ts'
import { papers } from './papers.ts'

export type PhotoName = keyof typeof drawings
export type StickerName = keyof typeof stickers
export type PdfName = keyof typeof papers
export type FilmName = keyof typeof films

export type DemoFile = {
  kind: 'image' | 'document' | 'video' | 'audio' | 'sticker'
  mimeType: string
  bytes: Buffer
  fileName?: string
  /** What the webhook says of such a file besides its id. */
  extra?: JsonObject
}

export async function photo(name: PhotoName): Promise<DemoFile> {
  return { kind: 'image', mimeType: 'image/jpeg', bytes: await jpegOf(drawings[name]) }
}

export function paper(name: PdfName): DemoFile {
  const { fileName, lines } = papers[name]
  return { kind: 'document', mimeType: 'application/pdf', bytes: makePdf(lines), fileName }
}

export async function filmOf(name: FilmName): Promise<DemoFile> {
  const film = (reels[name] ??= filmFrames(name).then(makeFilm))
  return { kind: 'video', mimeType: 'video/mp4', bytes: await film }
}

/** Made once: a film takes half a second. */
const reels: Partial<Record<FilmName, Promise<Buffer>>> = {}

export async function stickerOf(name: StickerName): Promise<DemoFile> {
  const bytes = await sharp(Buffer.from(stickers[name])).webp({ quality: 82 }).toBuffer()
  return { kind: 'sticker', mimeType: 'image/webp', bytes, extra: { animated: false } }
}

/** A voice says nothing that could be understood; the other sound is a compressor that runs idle. */
export async function soundOf(seconds: number, isVoice: boolean): Promise<DemoFile> {
  const name = isVoice ? 'voice' : 'compressor'
  const recording = await readFile(new URL(`./sounds/${name}.ogg`, import.meta.url))
  const bytes = cutSound(recording, seconds)
  return { kind: 'audio', mimeType: 'audio/ogg; codecs=opus', bytes, extra: { voice: isVoice } }
}
