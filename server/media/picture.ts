import sharp from 'sharp'
import { baseOf } from '../../core/domain/sniff.ts'

// A picture at a time and none remembered: a server's memory is for messages.
sharp.concurrency(1)
sharp.cache(false)
let turn: Promise<unknown> = Promise.resolve()

/** More than any phone takes, and little enough to be unpacked without harm: 50 megapixels are 200 MB. */
const maxPixels = 50_000_000
/** Twice the width a bubble gives a picture. */
const thumbnailSide = 640
const longestSeconds = 20

const pictures = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

export type Picture = { width: number; height: number; hasThumbnail: boolean }

/**
 * Measures a picture the way it is shown (phones turn them by a note in the file) and writes a small copy. Of a moving
 * one the first image counts.
 *
 * @returns undefined for what is no picture, or none that can be read
 */
export async function measurePicture(
  path: string,
  thumbnailPath: string,
  mime: string,
): Promise<Picture | undefined> {
  if (!pictures.has(baseOf(mime))) return undefined
  const mine = turn.then(() => measure(path, thumbnailPath).catch(() => undefined))
  turn = mine
  return mine
}

async function measure(path: string, thumbnailPath: string): Promise<Picture> {
  const options = { limitInputPixels: maxPixels }
  const { autoOrient } = await sharp(path, options).metadata()
  const { width, height } = autoOrient
  const hasThumbnail = await sharp(path, options)
    .timeout({ seconds: longestSeconds })
    .autoOrient()
    .resize({
      width: thumbnailSide,
      height: thumbnailSide,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .webp({ quality: 78 })
    .toFile(thumbnailPath)
    .then(
      () => true,
      () => false,
    )
  return { width, height, hasThumbnail }
}
