/** A file that comes in two steps and in as many pieces as it takes: first its length, then its bytes. */
export type Upload = {
  id: string
  fileName: string
  mimeType: string
  sizeBytes: number
  pieces: Buffer[]
  receivedBytes: number
  /** What the finished file is called from then on. */
  handle?: string
}

/** Resumable uploads: samples for templates and profile pictures. */
export class Uploads {
  readonly #byId = new Map<string, Upload>()
  readonly #byHandle = new Map<string, Upload>()

  add(upload: Upload): void {
    this.#byId.set(upload.id, upload)
  }

  get(id: string): Upload | undefined {
    return this.#byId.get(id)
  }

  finish(upload: Upload, handle: string): void {
    upload.handle = handle
    this.#byHandle.set(handle, upload)
  }

  /** The finished file of that handle. */
  withHandle(handle: string): { bytes: Buffer; mimeType: string } | undefined {
    const upload = this.#byHandle.get(handle)
    return upload && { bytes: Buffer.concat(upload.pieces), mimeType: upload.mimeType }
  }
}
