import { Low } from 'lowdb'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { kindSent, maxBytesOf } from '../domain/file-kinds.ts'
import { MediaId } from '../domain/ids.ts'
import type { Media } from '../domain/message.ts'
import { headBytes, opusChannels } from '../domain/sniff.ts'
import { AppError, errorCodes } from '../lib/errors.ts'
import { must } from '../lib/must.ts'
import { present } from '../lib/present.ts'
import { BlobRoom } from './blob-room.ts'
import type { Disk, Machine } from './ports.ts'

/**
 * A file the person added here. `waiting` for the server · `stopped` nobody wants it there now · `uploaded` ·
 * `refused` by the server, `code` says why. Its bytes lie under their hash.
 */
const OwnFile = Type.Object({
  id: MediaId,
  sha256: Type.String(),
  mime: Type.String(),
  sizeBytes: Type.Integer(),
  fileName: Type.Optional(Type.String()),
  addedAtMs: Type.Integer(),
  state: Type.Enum(['waiting', 'stopped', 'uploaded', 'refused']),
  code: Type.Optional(Type.Enum([...errorCodes])),
})
export type OwnFile = Static<typeof OwnFile>
const OwnFileList = Type.Array(OwnFile)

export type AddedFile = { bytes: Uint8Array; mime: string; fileName?: string | undefined }

/** A file that no deed speaks of was in a composer that is gone, but perhaps not for long. */
const unusedMs = 24 * 60 * 60_000
/** As long as deeds are kept: a server that was set back to a backup can be given its files again. */
const uploadedMs = 7 * 24 * 60 * 60_000

/** The files the person added on this machine, from then until the server has them for good. */
export class OwnFiles {
  readonly #machine: Machine
  readonly #document: Low<unknown>
  readonly #files = new Map<MediaId, OwnFile>()
  #room: BlobRoom | null = null

  private constructor(disk: Disk, machine: Machine) {
    this.#machine = machine
    this.#document = new Low<unknown>(disk.document('files'), [])
  }

  static async open(disk: Disk, machine: Machine): Promise<OwnFiles> {
    const own = new OwnFiles(disk, machine)
    await own.#document.read()
    const found = own.#document.data
    if (Value.Check(OwnFileList, found)) for (const file of found) own.#files.set(file.id, file)
    own.#room = await BlobRoom.open(disk.blobs, machine.platform, (name) => own.#isNeeded(name))
    return own
  }

  /** Where all files of this machine lie, also those that were only looked at. */
  get room(): BlobRoom {
    return must(this.#room, 'opened files')
  }

  get all(): readonly OwnFile[] {
    return [...this.#files.values()]
  }

  get waiting(): readonly OwnFile[] {
    return this.all.filter(({ state }) => state === 'waiting')
  }

  get(id: MediaId): OwnFile | undefined {
    return this.#files.get(id)
  }

  /**
   * Keeps a file: when this resolves it survives a power cut.
   *
   * @throws AppError `unsupported-media`, `too-large`, `bad-request` for an empty one, `disk-full`
   */
  async add({ bytes, mime: claimed, fileName }: AddedFile): Promise<Media> {
    if (bytes.length === 0) throw new AppError('bad-request', 'the file is empty')
    const head = bytes.subarray(0, headBytes)
    const { mime, kind } = kindSent(head, claimed)
    const maxBytes = maxBytesOf(kind)
    if (bytes.length > maxBytes) {
      throw new AppError('too-large', `more than ${maxBytes} bytes`, { details: { maxBytes } })
    }
    const sha256 = await this.#machine.sha256(bytes)
    const file: OwnFile = {
      id: this.#machine.platform.newId() as MediaId, // a fresh UUIDv7
      sha256,
      mime,
      sizeBytes: bytes.length,
      addedAtMs: Math.round(this.#machine.platform.nowMs()),
      state: 'waiting',
      ...present({ fileName }),
    }
    // From here on its bytes are needed, even while they are written.
    this.#files.set(file.id, file)
    try {
      if (!this.room.has(sha256)) await this.room.put(sha256, bytes)
      await this.#write()
    } catch (error) {
      this.#files.delete(file.id)
      await this.#letGo(sha256)
      throw error
    }
    const channels = opusChannels(head)
    const { id, sizeBytes } = file
    return { id, mime, sizeBytes, state: 'pending', ...present({ fileName, channels }) }
  }

  /** Its bytes; null when they made room for others, which only those of an uploaded file do. */
  async read(id: MediaId): Promise<Uint8Array | null> {
    const file = this.#files.get(id)
    return file === undefined ? null : this.room.read(file.sha256)
  }

  async move(id: MediaId, state: OwnFile['state'], code?: OwnFile['code']): Promise<void> {
    const file = this.#files.get(id)
    if (file === undefined || file.state === state) return
    const { code: _before, ...rest } = file
    this.#files.set(id, { ...rest, state, ...present({ code }) })
    await this.#write()
  }

  async forget(id: MediaId): Promise<void> {
    const file = this.#files.get(id)
    if (file === undefined) return
    this.#files.delete(id)
    await this.#write()
    await this.#letGo(file.sha256)
  }

  /** Lets go of what nobody will ask for any more. @param isMentioned whether a deed that is kept speaks of the file */
  async sweep(isMentioned: (id: MediaId) => boolean): Promise<void> {
    const nowMs = this.#machine.platform.nowMs()
    for (const { id, state, addedAtMs } of this.all) {
      const isOver =
        state === 'uploaded'
          ? nowMs - addedAtMs > uploadedMs
          : nowMs - addedAtMs > unusedMs && !isMentioned(id)
      if (isOver) await this.forget(id)
    }
    const hashes = new Set(this.all.map(({ sha256 }) => sha256))
    for (const name of this.room.names) {
      if (/^[0-9a-f]{64}$/.test(name) && !hashes.has(name)) await this.room.remove(name)
    }
  }

  #isNeeded(name: string): boolean {
    return this.all.some(({ sha256, state }) => sha256 === name && state !== 'uploaded')
  }

  async #letGo(sha256: string): Promise<void> {
    if (!this.all.some((other) => other.sha256 === sha256)) await this.room.remove(sha256)
  }

  async #write(): Promise<void> {
    this.#document.data = this.all
    await this.#document.write()
  }
}
