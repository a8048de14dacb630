import sharp from 'sharp'
import type { PublicFile } from './public-files.ts'
import { qrOf } from './qr.ts'

export type QrFormat = 'SVG' | 'PNG'

const marginModules = 4
const pixelsAModule = 10

export async function drawQr(text: string, format: QrFormat): Promise<PublicFile> {
  const svg = Buffer.from(svgOf(qrOf(text)))
  if (format === 'SVG') return { bytes: svg, mimeType: 'image/svg+xml' }
  return { bytes: await sharp(svg).png().toBuffer(), mimeType: 'image/png' }
}

function svgOf(rows: boolean[][]): string {
  const width = rows.length + 2 * marginModules
  const dark = rows.flatMap((row, top) =>
    row.flatMap((isDark, left) =>
      isDark ? [`M${left + marginModules} ${top + marginModules}h1v1h-1z`] : [],
    ),
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * pixelsAModule}" height="${width * pixelsAModule}" ` +
    `viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${width}v${width}H0z"/><path d="${dark.join('')}"/></svg>`
  )
}
