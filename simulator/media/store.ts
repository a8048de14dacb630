import { createHash, randomBytes } from 'node:crypto'

/** How long a file can be fetched: ours 30 days, a customer's 7 since 2025-10-09, its address 5 minutes. */
const lifetimeMs = { ours: 30 * 86_400_000, theirs: 7 * 86_400_000, url: 5 * 60_000 }

export type Media = {
  id: string
  numberId: string
  mimeType: string
  bytes: Buffer
  sha256: Buffer
  fileName?: string
  expiresAtMs: number
}

/** The files of both sides, and the short-lived addresses they are fetched from. */
export class MediaStore {
  readonly #byId = new Map<string, Media>()
  /** By key in the address. */
  readonly #links = new Map<string, { mediaId: string; expiresAtMs: number }>()

  add(
    from: 'ours' | 'theirs',
    file: Pick<Media, 'id' | 'numberId' | 'mimeType' | 'bytes' | 'fileName'>,
    nowMs: number,
  ): Media {
    const sha256 = createHash('sha256').update(file.bytes).digest()
    const media: Media = { ...file, sha256, expiresAtMs: nowMs + lifetimeMs[from] }
    this.#byId.set(media.id, media)
    return media
  }

  get(id: string, nowMs: number): Media | undefined {
    const media = this.#byId.get(id)
    return media && media.expiresAtMs > nowMs ? media : undefined
  }

  delete(id: string): void {
    this.#byId.delete(id)
  }

  /** A new path under /media-cdn/ that leads to the file for five minutes. */
  link(media: Media, nowMs: number): string {
    for (const [key, link] of this.#links) if (link.expiresAtMs <= nowMs) this.#links.delete(key)
    const key = randomBytes(18).toString('base64url')
    this.#links.set(key, { mediaId: media.id, expiresAtMs: nowMs + lifetimeMs.url })
    return `/media-cdn/${media.id}?ext=${Math.floor((nowMs + lifetimeMs.url) / 1000)}&hash=${key}`
  }

  follow(key: string, nowMs: number): Media | undefined {
    const link = this.#links.get(key)
    return link && link.expiresAtMs > nowMs ? this.get(link.mediaId, nowMs) : undefined
  }
}
