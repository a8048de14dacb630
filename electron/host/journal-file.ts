import { constants, statSync } from 'node:fs'
import { copyFile, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Journal } from '../../core/replica/ports.ts'
import type { Cipher } from './cipher.ts'
import { asDiskError, FILE_MODE, hasCode, syncFolder } from './durable.ts'
import { encodeRecord, scanRecords, type Scan } from './records.ts'

/** How names of journals end. */
export const JOURNAL = '.log'

type Waiting = {
  records: string[]
  isDurable: boolean
  done: () => void
  failed: (error: unknown) => void
}

/**
 * A file that only grows. One writer drains what waits: appends that arrive while a sync runs share the next one.
 * A batch that could not be written whole is cut off again before its callers hear of it.
 */
export class JournalFile implements Journal {
  readonly #path: string
  readonly #name: string
  readonly #quarantine: () => Promise<string>
  readonly #cipher: Cipher | null
  #file: FileHandle | null = null
  #endBytes: number
  #hasSyncedName = false
  #isHalfWritten = false
  /** Appends that wait for the next write; null when the next one starts a batch of its own. */
  #batch: Waiting[] | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    folder: string,
    name: string,
    quarantine: () => Promise<string>,
    cipher: Cipher | null,
  ) {
    this.#cipher = cipher
    this.#path = join(folder, `${name}${JOURNAL}`)
    this.#name = name
    this.#quarantine = quarantine
    this.#endBytes = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
  }

  sizeBytes(): number {
    return this.#endBytes
  }

  read(): Promise<{ records: unknown[]; isDamaged: boolean }> {
    return this.#next(async () => {
      if (!this.#file && !this.#exists()) return { records: [], isDamaged: false }
      const { records, damagedAt } = await this.#mend(await this.#open())
      return { records, isDamaged: damagedAt !== null }
    })
  }

  append(records: readonly unknown[], isDurable: boolean): Promise<void> {
    const texts = records.map((record) => JSON.stringify(record))
    return new Promise((done, failed) => {
      if (!this.#batch) {
        const batch: Waiting[] = []
        void this.#next(() => this.#drain(batch))
        this.#batch = batch
      }
      this.#batch.push({ records: texts, isDurable, done, failed })
    })
  }

  remove(): Promise<void> {
    return this.#next(async () => {
      await this.#shut()
      await rm(this.#path, { force: true })
      await syncFolder(dirname(this.#path))
      this.#endBytes = 0
    })
  }

  /** Everything asked for so far is done; the next use opens the file again. */
  close(): Promise<void> {
    return this.#next(() => this.#shut())
  }

  async #drain(batch: Waiting[]): Promise<void> {
    if (this.#batch === batch) this.#batch = null
    try {
      await this.#write(
        batch.flatMap((one) => one.records),
        batch.some((one) => one.isDurable),
      )
      for (const one of batch) one.done()
    } catch (error) {
      for (const one of batch) one.failed(asDiskError(error))
    }
  }

  async #write(records: readonly string[], isDurable: boolean): Promise<void> {
    const file = this.#file && !this.#isHalfWritten ? this.#file : await this.#openMended()
    const bytes = this.#encode(records)
    try {
      let written = 0
      while (written < bytes.length) {
        const rest = bytes.length - written
        written += (await file.write(bytes, written, rest, this.#endBytes + written)).bytesWritten
      }
      if (isDurable) await file.datasync()
      if (isDurable && !this.#hasSyncedName) await syncFolder(dirname(this.#path))
      this.#hasSyncedName ||= isDurable
    } catch (error) {
      this.#isHalfWritten = true
      await this.#shut()
      await this.#open()
      throw error
    }
    this.#endBytes += bytes.length
  }

  #encode(records: readonly string[]): Buffer {
    const parts: Buffer[] = []
    let at = this.#endBytes
    for (const json of records) {
      const payload = Buffer.from(json)
      const part = encodeRecord(this.#cipher?.seal(payload, this.#placeOf(at)) ?? payload, at)
      parts.push(part)
      at += part.length
    }
    return Buffer.concat(parts)
  }

  /** Where a record stands is part of what it is: one that was copied elsewhere is none. */
  #placeOf(at: number): string {
    return `journal ${this.#name} ${at}`
  }

  async #openMended(): Promise<FileHandle> {
    const file = await this.#open()
    await this.#mend(file)
    return file
  }

  /** Cuts the torn tail, so that what is added later can be read; keeps a copy of a damaged file. */
  async #mend(file: FileHandle): Promise<Scan> {
    const bytes = await readAll(file)
    const scan = scanRecords(bytes, (payload, at) =>
      this.#cipher === null ? payload : this.#cipher.open(payload, this.#placeOf(at)),
    )
    if (scan.damagedAt !== null) await this.#keepCopy(scan.damagedAt, bytes)
    if (scan.endBytes < bytes.length) {
      await truncate(file, scan.endBytes)
    }
    this.#endBytes = scan.endBytes
    return scan
  }

  /** Once for each damage: the name says where it begins and what stands there. */
  async #keepCopy(damagedAt: number, bytes: Buffer): Promise<void> {
    const folder = await this.#quarantine()
    const copy = join(
      folder,
      `${this.#name}-${damagedAt}-${bytes.readUInt32LE(damagedAt + 8)}${JOURNAL}`,
    )
    await copyFile(this.#path, copy, constants.COPYFILE_EXCL).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST', 'ENOSPC', 'EDQUOT')) throw error
    })
  }

  /** Opens the file, and takes back what a failed write may have left at its end. */
  async #open(): Promise<FileHandle> {
    const { O_CREAT, O_RDWR } = constants
    const file = this.#file ?? (await open(this.#path, O_CREAT | O_RDWR, FILE_MODE))
    this.#file = file
    if (this.#isHalfWritten) await truncate(file, this.#endBytes)
    this.#isHalfWritten = false
    return file
  }

  async #shut(): Promise<void> {
    const file = this.#file
    this.#file = null
    this.#hasSyncedName = false
    await file?.close()
  }

  #exists(): boolean {
    return statSync(this.#path, { throwIfNoEntry: false }) !== undefined
  }

  /** One thing after the other, in the order of the calls. */
  #next<T>(run: () => Promise<T>): Promise<T> {
    this.#batch = null
    const result = this.#last.then(run)
    this.#last = result.catch(() => undefined)
    return result
  }
}

async function readAll(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat()
  const bytes = Buffer.alloc(size)
  let read = 0
  while (read < size) {
    const { bytesRead } = await file.read(bytes, read, size - read, read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

async function truncate(file: FileHandle, sizeBytes: number): Promise<void> {
  await file.truncate(sizeBytes)
  await file.datasync()
}
