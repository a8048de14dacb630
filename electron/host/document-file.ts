import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cipher } from './cipher.ts'
import { hasCode, replaceFile, setAside, syncFolder } from './durable.ts'

/** How names of documents end. */
export const DOCUMENT = '.doc'

/**
 * One JSON document in one file, sealed or not. Reads, writes and removals happen one after the other, in the order of
 * the calls. A file that cannot be read is moved to the quarantine, never deleted, and reads as null.
 */
export class DocumentFile {
  readonly #path: string
  readonly #name: string
  readonly #quarantine: () => Promise<string>
  readonly #cipher: Cipher | null
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    folder: string,
    name: string,
    quarantine: () => Promise<string>,
    cipher: Cipher | null,
  ) {
    this.#cipher = cipher
    this.#path = join(folder, `${name}${DOCUMENT}`)
    this.#name = name
    this.#quarantine = quarantine
  }

  read(): Promise<unknown> {
    return this.#next(async () => {
      const bytes = await readFile(this.#path).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return null
        throw error
      })
      if (bytes === null) return null
      const document = this.#parse(bytes)
      if (document !== undefined) return document
      const aside = `${this.#name}-${randomBytes(6).toString('hex')}${DOCUMENT}`
      await setAside(this.#path, await this.#quarantine(), aside)
      return null
    })
  }

  /** @throws AppError `disk-full` */
  write(document: unknown): Promise<void> {
    const json = Buffer.from(JSON.stringify(document))
    const bytes = this.#cipher?.seal(json, this.#place) ?? json
    return this.#next(() => replaceFile(this.#path, bytes))
  }

  remove(): Promise<void> {
    return this.#next(async () => {
      await rm(this.#path, { force: true })
      await syncFolder(dirname(this.#path))
    })
  }

  /** Resolves when everything asked for so far is done. */
  settle(): Promise<void> {
    return this.#next(async () => undefined)
  }

  get #place(): string {
    return `document ${this.#name}`
  }

  /** @returns undefined for what is no document of this name */
  #parse(bytes: Buffer): unknown {
    const json = this.#cipher === null ? bytes : this.#cipher.open(bytes, this.#place)
    if (json === null) return undefined
    try {
      return JSON.parse(json.toString('utf8'))
    } catch {
      return undefined
    }
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#last.then(run)
    this.#last = result.catch(() => undefined)
    return result
  }
}
