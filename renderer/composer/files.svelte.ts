import type { Api } from '../../core/contract/client.ts'
import type { Media } from '../../core/domain/message.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { accept, type Accepted, type FileKind } from './accept.ts'

/** A file that is to go out: being saved on this machine, safe, or not. */
export class AttachedFile {
  readonly key: number
  readonly kind: FileKind
  readonly file: File
  /** For a picture only. */
  readonly previewUrl: string | null
  caption = $state('')
  phase = $state<'saving' | 'ready' | 'failed'>('saving')
  error = $state<ErrorCode | null>(null)
  media: Media | null = null
  readonly #api: Api
  readonly #mime: string

  constructor(api: Api, key: number, file: File, kind: FileKind, mime: string) {
    this.#api = api
    this.#mime = mime
    this.key = key
    this.file = file
    this.kind = kind
    this.previewUrl = kind === 'image' ? URL.createObjectURL(file) : null
  }

  async save(): Promise<void> {
    this.phase = 'saving'
    this.error = null
    try {
      const bytes = new Uint8Array(await this.file.arrayBuffer())
      const fileName = this.file.name.slice(-240)
      this.media = await this.#api.call('media.add', { bytes, mime: this.#mime, fileName })
      this.phase = 'ready'
    } catch (error) {
      this.error = error instanceof AppError ? error.code : 'internal'
      this.phase = 'failed'
    }
  }

  release(): void {
    if (this.previewUrl !== null) URL.revokeObjectURL(this.previewUrl)
  }
}

export type Rejected = { name: string; sizeBytes: number; why: Extract<Accepted, { ok: false }> }

/** The files attached to what is being written, in the order they were added. */
export class AttachedFiles {
  list = $state.raw<readonly AttachedFile[]>([])
  /** Why the last ones were not taken. */
  rejected = $state.raw<readonly Rejected[]>([])
  readonly #api: Api
  #count = 0

  constructor(api: Api) {
    this.#api = api
  }

  /** Takes what WhatsApp would take and saves it; the rest is said to be rejected. */
  add(files: Iterable<File>): void {
    const rejected: Rejected[] = []
    for (const file of files) {
      const why = accept(file)
      if (!why.ok) {
        rejected.push({ name: file.name, sizeBytes: file.size, why })
        continue
      }
      const attached = new AttachedFile(this.#api, (this.#count += 1), file, why.kind, why.mime)
      this.list = [...this.list, attached]
      void attached.save()
    }
    this.rejected = rejected
  }

  /** It will not be sent. */
  drop(file: AttachedFile): void {
    const mediaId = file.media?.id
    if (mediaId !== undefined)
      void this.#api.call('media.remove', { mediaId }).catch(() => undefined) // what nobody mentions goes by itself in time
    this.remove(file)
  }

  remove(file: AttachedFile): void {
    file.release()
    this.list = this.list.filter((other) => other !== file)
  }

  clear(): void {
    for (const file of this.list) file.release()
    this.list = []
    this.rejected = []
  }
}
