import type { Readable } from 'node:stream'
import { DataStore, Upload } from '@tus/server'
import { forgottenAfterMs, type Uploads } from '../media/uploads.ts'

/** Our uploads in the words of the tus server. Who may use them is asked before (blobs.ts). */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  readonly #uploads: Uploads

  constructor(uploads: Uploads) {
    super()
    this.#uploads = uploads
  }

  /** It was begun already. */
  override async create(upload: Upload): Promise<Upload> {
    return this.getUpload(upload.id)
  }

  override write(bytes: Readable, id: string): Promise<number> {
    return this.#uploads.append(id, bytes)
  }

  override async getUpload(id: string): Promise<Upload> {
    const { size_bytes: size, offset, touched_at } = await this.#uploads.stateOf(null, id)
    return new Upload({ id, size, offset, creation_date: touched_at.toISOString() })
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.remove(id)
  }

  override getExpiration(): number {
    return forgottenAfterMs
  }
}
