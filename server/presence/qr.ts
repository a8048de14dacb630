import QRCode from 'qrcode'
import type { QrFormat } from '../../core/domain/short-link.ts'

/** So wide that a poster can be printed of it: 20 cm at 150 dots an inch. */
const pngPixels = 1200
/** Modules of white around it, as the standard asks for. */
const margin = 4

/** A QR code that opens an address, black on white, readable with a quarter of it damaged. */
export async function drawQr(address: string, format: QrFormat): Promise<Buffer> {
  const options = { errorCorrectionLevel: 'Q' as const, margin }
  return format === 'svg'
    ? Buffer.from(await QRCode.toString(address, { ...options, type: 'svg' }))
    : QRCode.toBuffer(address, { ...options, type: 'png', width: pngPixels })
}
