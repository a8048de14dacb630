import sharp from 'sharp'
import type { Random } from '../world/random.ts'

/** A drawing as a JPEG, such as a phone's camera would send it. */
export async function jpegOf(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer()
}

/** A small abstract photograph; every one looks different. */
export async function makePhoto(random: Random): Promise<Buffer> {
  return jpegOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${shapes(random)}</svg>`,
  )
}

/** 512 by 512, the size WhatsApp asks of stickers. */
export async function makeSticker(random: Random): Promise<Buffer> {
  const hue = random.below(360)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">
    <circle cx="256" cy="256" r="220" fill="hsl(${hue} 70% 62%)"/>
    <circle cx="186" cy="206" r="30"/><circle cx="326" cy="206" r="30"/>
    <path d="M156 306 Q256 406 356 306" fill="none" stroke="black" stroke-width="24" stroke-linecap="round"/>
  </svg>`
  return sharp(Buffer.from(svg)).webp({ quality: 80 }).toBuffer()
}

function shapes(random: Random): string {
  const hue = random.below(360)
  const circles = Array.from({ length: 9 }, () => {
    const [x, y, r] = [random.below(640), random.below(480), 30 + random.below(120)]
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${(hue + random.below(60)) % 360} 45% ${35 + random.below(40)}%)" opacity="0.7"/>`
  })
  return `<rect width="640" height="480" fill="hsl(${hue} 30% 82%)"/>${circles.join('')}`
}
