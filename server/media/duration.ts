import { ADTS, FilePathSource, Input, MP3, MP4, OGG, QTFF } from 'mediabunny'
import { baseOf } from '../../core/domain/sniff.ts'

/** Formats without a length of their own are read to the end, which only sounds of WhatsApp's size are worth. */
const maxScanBytes = 16 * 1024 * 1024
const cacheBytes = 1024 * 1024

/** How long a film or sound plays, in milliseconds; undefined when the file does not tell or is neither. */
export async function measureDuration(
  path: string,
  mime: string,
  sizeBytes: number,
): Promise<number | undefined> {
  if (!/^(audio|video)\//.test(baseOf(mime))) return undefined
  const source = new FilePathSource(path, { maxCacheSize: cacheBytes })
  const input = new Input({ source, formats: [MP4, QTFF, OGG, MP3, ADTS] })
  try {
    const told = await input.getDurationFromMetadata()
    if (told === null && sizeBytes > maxScanBytes) return undefined
    const seconds = told ?? (await input.computeDuration())
    return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : undefined
  } catch {
    return undefined
  } finally {
    input.dispose()
  }
}
