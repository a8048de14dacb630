import sharp from 'sharp'
import type { Film } from '../../media/movie.ts'
import { drawings } from './drawings.ts'

/** Short films: a drawing, and what moves in front of it from 0 to 1 of its length. 960 by 720. */
export const films = {
  drip: {
    photo: 'leak',
    moving: (at: number) =>
      `<ellipse cx="457" cy="${490 + ((at * 4 * 110) % 110)}" rx="9" ry="15" fill="#4f8fb8"/>
       <ellipse cx="460" cy="600" rx="${40 + ((at * 4) % 1) * 160}" ry="${8 + ((at * 4) % 1) * 26}" fill="none" stroke="#e6f2fa" stroke-width="5"/>`,
  },
  knock: {
    photo: 'pump',
    moving: (at: number) =>
      `<g transform="translate(${Math.round(Math.sin(at * 60) * 7)} 0)"><circle cx="480" cy="362" r="150" fill="#2f5d50"/>
       <circle cx="480" cy="362" r="112" fill="#3c7464"/><rect x="400" y="250" width="160" height="224" rx="22" fill="#23302c"/>
       <circle cx="480" cy="400" r="34" fill="#e8eeec"/></g>`,
  },
} as const satisfies Record<
  string,
  { photo: keyof typeof drawings; moving: (at: number) => string }
>

const [width, height, framesPerSecond, count] = [240, 176, 8, 24]

export async function filmFrames(name: keyof typeof films): Promise<Film> {
  const { photo, moving } = films[name]
  const scene = sharp(Buffer.from(drawings[photo]))
  const still = await scene.resize(width, height, { fit: 'fill' }).png().toBuffer()
  const frames = Array.from({ length: count }, async (_, index) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 960 720" preserveAspectRatio="none">${moving(index / count)}</svg>`
    const picture = sharp(still).composite([{ input: Buffer.from(svg) }])
    return planesOf(await picture.removeAlpha().raw().toBuffer())
  })
  return { width, height, framesPerSecond, frames: await Promise.all(frames) }
}

/** RGB to the planes of video, in its narrow range. @see ITU-R BT.601 */
function planesOf(rgb: Buffer): Buffer {
  const bright = width * height
  const planes = Buffer.alloc((bright * 3) / 2)
  for (let pixel = 0; pixel < bright; pixel++) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(pixel * 3, pixel * 3 + 3)
    planes[pixel] = clamp(16 + 0.257 * r + 0.504 * g + 0.098 * b)
    const [column, row] = [pixel % width, Math.floor(pixel / width)]
    if (column % 2 === 1 || row % 2 === 1) continue
    const place = bright + (row / 2) * (width / 2) + column / 2
    planes[place] = clamp(128 - 0.148 * r - 0.291 * g + 0.439 * b)
    planes[place + bright / 4] = clamp(128 + 0.439 * r - 0.368 * g - 0.071 * b)
  }
  return planes
}

function clamp(value: number): number {
  return Math.max(16, Math.min(240, Math.round(value)))
}
