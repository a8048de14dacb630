import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode, replaceFile, setAside, syncFolder } from './durable.ts'

/**
 * One JSON document in one file. Reads, writes and removals happen one after the other, in the order of the calls.
 * A file that is no JSON is moved to the quarantine, never deleted, and reads as null.
 */
export class DocumentFile {
  readonly #path: string
  readonly #name: string
  readonly #quarantine: () => Promise<string>
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string, name: string, quarantine: () => Promise<string>) {
    this.#path = join(folder, `${name}.json`)
    this.#name = name
    this.#quarantine = quarantine
  }

  read(): Promise<unknown> {
    return this.#next(async () => {
      const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return null
        throw error
      })
      if (text === null) return null
      try {
        return JSON.parse(text) as unknown
      } catch {
        const aside = `${this.#name}-${randomBytes(6).toString('hex')}.json`
        await setAside(this.#path, await this.#quarantine(), aside)
        return null
      }
    })
  }

  /** @throws AppError `disk-full` */
  write(document: unknown): Promise<void> {
    const json = JSON.stringify(document)
    return this.#next(() => replaceFile(this.#path, json))
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

  #next<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#last.then(run)
    this.#last = result.catch(() => undefined)
    return result
  }
}
