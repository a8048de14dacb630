import { createHash } from 'node:crypto'

export type PublicFile = { bytes: Buffer; mimeType: string }

/** Files that anybody may fetch, as profile pictures and QR codes are. */
export class PublicFiles {
  readonly #byName = new Map<string, PublicFile>()

  /** The path it is served under; the same bytes have the same. */
  put(file: PublicFile): string {
    const hash = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32)
    const name = `${hash}.${endings[file.mimeType] ?? 'bin'}`
    this.#byName.set(name, file)
    return `/public-cdn/${name}`
  }

  get(name: string): PublicFile | undefined {
    return this.#byName.get(name)
  }
}

const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
}
