import sharp from 'sharp'
import { picture, type Crop } from '../../core/domain/profile.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'

/** More than any phone takes, and little enough to be unpacked without harm. */
const maxPixels = 50_000_000
const longestSeconds = 20

export type Picture = { bytes: Buffer; mime: string }

/**
 * A profile picture as WhatsApp takes it: the part that was chosen, square, of the side it is shown at, without what
 * a camera noted in the file.
 *
 * @param crop the largest square in the middle when left out
 * @throws AppError unsupported-media for no picture, bad-request for one that is too small or a part outside of it
 */
export async function squareOf(bytes: Buffer, crop: Crop | undefined): Promise<Picture> {
  const { width, height, format } = await measure(bytes)
  if (!['jpeg', 'png', 'webp'].includes(format)) throw noPicture()
  const side = crop?.side ?? Math.min(width, height)
  const left = crop?.left ?? Math.floor((width - side) / 2)
  const top = crop?.top ?? Math.floor((height - side) / 2)
  if (left + side > width || top + side > height) {
    throw refused('/querystring/side', 'reaches beyond the picture')
  }
  if (side < picture.shortestSide) {
    throw refused('/file', `must be at least ${picture.shortestSide} pixels wide and high`)
  }
  const square = await sharp(bytes, { limitInputPixels: maxPixels })
    .timeout({ seconds: longestSeconds })
    .autoOrient()
    .extract({ left, top, width: side, height: side })
    .resize({ width: picture.side, height: picture.side })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 90 })
    .toBuffer()
    .catch(() => {
      throw noPicture()
    })
  return { bytes: square, mime: 'image/jpeg' }
}

async function measure(bytes: Buffer) {
  const found = await sharp(bytes, { limitInputPixels: maxPixels })
    .metadata()
    .catch(() => {
      throw noPicture()
    })
  return { ...found.autoOrient, format: found.format }
}

/**
 * What WhatsApp shows of a number, made anew so that nothing but a picture is kept.
 *
 * @throws AppError unsupported-media
 */
export function pictureAgain(bytes: Buffer): Promise<Picture> {
  return sharp(bytes, { limitInputPixels: maxPixels })
    .timeout({ seconds: longestSeconds })
    .autoOrient()
    .resize({ width: picture.side, height: picture.side, fit: 'cover', withoutEnlargement: true })
    .jpeg({ quality: 90 })
    .toBuffer()
    .then(
      (again) => ({ bytes: again, mime: 'image/jpeg' }),
      () => {
        throw noPicture()
      },
    )
}

/** The picture last seen; undefined when there is none. */
export async function keptPicture(
  db: Database,
  numberId: string,
): Promise<(Picture & { url: string }) | undefined> {
  return db
    .selectFrom('number_picture')
    .select(['bytes', 'mime', 'url'])
    .where('number_id', '=', numberId)
    .executeTakeFirst()
}

export async function keepPicture(
  db: Database,
  numberId: string,
  row: Picture & { url: string },
): Promise<void> {
  await db
    .insertInto('number_picture')
    .values({ number_id: numberId, ...row })
    .onConflict((conflict) => conflict.column('number_id').doUpdateSet(row))
    .execute()
}

export async function forgetPicture(db: Database, numberId: string): Promise<void> {
  await db.deleteFrom('number_picture').where('number_id', '=', numberId).execute()
}

function noPicture(): AppError {
  return new AppError('unsupported-media', 'send a JPEG, PNG or WebP picture', {
    details: { at: '/file' },
  })
}

function refused(at: string, reason: string): AppError {
  return new AppError('bad-request', `${at} ${reason}`, { details: { at, reason } })
}
