import { untrack } from 'svelte'
import type { Api } from '../../core/contract/client.ts'
import type { MediaId } from '../../core/domain/ids.ts'

/** The bytes of one file as an address this page may show, for as long as somebody holds it. */
export class MediaUrl {
  url = $state<string | null>(null)
  phase = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  /** What `url` names. */
  blob: Blob | null = null
  readonly #api: Api
  readonly #id: MediaId
  #isReleased = false

  constructor(api: Api, id: MediaId) {
    this.#api = api
    this.#id = id
  }

  async load(size: 'thumbnail' | 'original' = 'original'): Promise<void> {
    const phase = untrack(() => this.phase) // what asks for it must not follow how it goes
    if (phase === 'loading' || phase === 'ready') return
    this.phase = 'loading'
    try {
      const { mime, bytes } = await this.#api.call('media.read', { mediaId: this.#id, size })
      if (this.#isReleased) return
      this.blob = new Blob([copyOf(bytes)], { type: shownAs(mime) })
      this.url = URL.createObjectURL(this.blob)
      this.phase = 'ready'
    } catch {
      this.phase = 'failed'
    }
  }

  release(): void {
    this.#isReleased = true
    if (this.url !== null) URL.revokeObjectURL(this.url)
    this.url = null
    this.blob = null
  }
}

/** Only what plays or paints keeps its type; anything that could run as a page of ours is bytes. */
function shownAs(mime: string): string {
  const bare = mime.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^(image\/(jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/.test(bare)
    ? mime
    : 'application/octet-stream'
}

/** A view on memory of its own: what came over a wire may be a window on something larger or shared. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
