import type { MediaBytes, ThreadPage } from '../contract/views.ts'
import { isAwaitingFile, withMedia } from '../domain/files.ts'
import type { ConversationId, MediaId } from '../domain/ids.ts'
import type { Media, Message } from '../domain/message.ts'
import { AppError } from '../lib/errors.ts'
import { OwnFiles, type AddedFile } from './own-files.ts'
import type { Disk, HttpResponse, Machine } from './ports.ts'
import type { Gone } from './purge.ts'
import type { FrameRecord } from './records.ts'
import type { Replica } from './replica.ts'
import { SeenFiles, type MediaSize } from './seen-files.ts'
import type { AskServer } from './upload-line.ts'
import { Uploads } from './uploads.ts'

/** What attachments need of the server. @throws AppError with its code; `offline` */
export type MediaServer = {
  upload: AskServer
  read(id: MediaId, size: MediaSize): Promise<HttpResponse>
}

type Parts = {
  machine: Machine
  replica: Replica
  server: MediaServer
  /** Threads look different: a file is further, or there. */
  changed: (ids: Iterable<ConversationId>) => void
}

/** The files of one person's messages: those on their way to the server, and those that were looked at here. */
export class Attachments {
  readonly #parts: Parts
  readonly #own: OwnFiles
  readonly #seen: SeenFiles
  readonly #uploads: Uploads
  /** Where files were sent to, as far as that was asked. */
  readonly #places = new Map<MediaId, ConversationId>()
  /** With the first frame after all messages are here: the process before may have ended between the rows and their files. */
  #hasLooked = false

  private constructor(parts: Parts, own: OwnFiles) {
    const { machine, server, changed } = parts
    this.#parts = parts
    this.#own = own
    this.#seen = new SeenFiles(own.room)
    this.#uploads = new Uploads({
      files: own,
      ask: server.upload,
      platform: machine.platform,
      report: (bug) => machine.report(bug),
      changed: (id) => {
        const place = this.#placeOf(id)
        if (place !== undefined) changed([place])
      },
    })
  }

  /** Goes on with what was not through when the process before this one ended. */
  static async open(disk: Disk, parts: Parts): Promise<Attachments> {
    const own = await OwnFiles.open(disk, parts.machine)
    const attachments = new Attachments(parts, own)
    await own.sweep((id) => attachments.#isMentioned(id))
    return attachments
  }

  wake(): void {
    this.#uploads.wake()
  }

  stop(): void {
    this.#uploads.stop()
  }

  /** Files of messages that are at the server already, without them. */
  get waiting(): number {
    const pending = this.#own.waiting.length === 0 ? '' : textOf(this.#parts.replica.outbox.pending)
    return this.#own.waiting.filter(({ id }) => !pending.includes(id) && this.#placeOf(id)).length
  }

  /** Whether a message is somewhere that needs a file which only this machine has. */
  get isNeeded(): boolean {
    return this.#own.waiting.some(({ id }) => this.#isMentioned(id))
  }

  /** @throws AppError as OwnFiles.add says */
  async add(file: AddedFile): Promise<Media> {
    const media = await this.#own.add(file)
    this.#uploads.wake()
    return media
  }

  /** The person took it out of what they write. */
  async remove(id: MediaId): Promise<void> {
    if (!this.#isMentioned(id)) await this.#own.forget(id)
  }

  /** @throws AppError `not-found` for a message whose file nobody has sent to the server, and that is not here */
  async want(message: Pick<Message, 'media' | 'template'>): Promise<void> {
    for (const { id, state } of filesIn(message)) {
      const own = this.#own.get(id)
      if (own === undefined && state === 'pending') {
        throw new AppError('not-found', 'the file is on another machine')
      }
      if (own?.state === 'stopped') await this.#own.move(id, 'waiting')
    }
    this.#uploads.wake()
  }

  /** A message was taken back: its files need not go on, but can when it is sent again. */
  async stopFor(message: Pick<Message, 'media' | 'template'>): Promise<void> {
    for (const { id } of filesIn(message)) {
      if (this.#own.get(id)?.state === 'waiting') await this.#own.move(id, 'stopped')
    }
  }

  /** @throws AppError `offline`, `not-found`, `conflict` for bytes that are not the file's */
  async read(id: MediaId, size: MediaSize): Promise<MediaBytes> {
    const own = this.#own.get(id)
    const added = await this.#own.read(id)
    if (own !== undefined && added !== null) {
      return { mime: own.mime, bytes: added, fileName: own.fileName ?? null }
    }
    const seen = await this.#seen.read(id, size)
    if (seen !== null) return seen
    const fetched = (await this.#fetch(id, size)) ?? (await this.#fetch(id, size))
    if (fetched === null) throw new AppError('conflict', 'the bytes are not those of the file')
    await this.#seen.keep(id, size, fetched)
    return fetched
  }

  /** The page with the files that are here as if the server had them, and how far those are that it does not have. */
  shown(page: ThreadPage): ThreadPage {
    const uploads: ThreadPage['uploads'] = {}
    const messages = page.messages.map((message) => {
      if (message.direction !== 'out' || !isAwaitingFile(message)) return message
      return withMedia(message, (media) => {
        const own = media.state === 'pending' ? this.#own.get(media.id) : undefined
        if (own === undefined) return media
        if (message.status === 'queued' && own.state !== 'uploaded') {
          const sentBytes = this.#uploads.sentBytes(own.id)
          const code = this.#uploads.troubleOf(own.id)
          uploads[message.id] = { sentBytes, sizeBytes: own.sizeBytes, code }
        }
        return { ...media, state: 'ready' }
      })
    })
    return { ...page, messages, uploads }
  }

  /** The server lacks a file that it had (it was set back), or rows went and their files go with them. */
  async took(frame: FrameRecord, gone: readonly Gone[]): Promise<void> {
    for (const [entity, , row] of frame.put) {
      if (entity === 'message') await this.#again(row as Message) // the server built it from the entity's own table
    }
    if (!this.#parts.replica.loading.isOver) return // nothing was taken away, and what is shown is not known yet
    const hasLess = frame.from === null || gone.some(([entity]) => entity === 'message')
    if (hasLess || !this.#hasLooked) await this.#forgetUnseen()
    this.#hasLooked = true
  }

  /** A whole new copy came: what it does not show is seen no more. */
  async replaced(): Promise<void> {
    await this.#forgetUnseen()
  }

  async #forgetUnseen(): Promise<void> {
    if (this.#seen.isEmpty) return
    const shown = new Set<string>()
    for (const message of this.#parts.replica.base.all('message')) {
      for (const { id } of filesIn(message)) shown.add(id)
    }
    await this.#seen.keepOnly(shown)
  }

  async #again(message: Message): Promise<void> {
    if (message.direction !== 'out' || !isAwaitingFile(message)) return
    for (const { id, state } of filesIn(message)) {
      if (state !== 'pending' || this.#own.get(id)?.state !== 'uploaded') continue
      await this.#own.move(id, 'waiting')
      this.#uploads.wake()
    }
  }

  /** @returns null when the bytes are not those the server names */
  async #fetch(id: MediaId, size: MediaSize): Promise<MediaBytes | null> {
    const { machine, server } = this.#parts
    const response = await server.read(id, size)
    const mime = response.header('content-type') ?? 'application/octet-stream'
    const bytes = await response.bytes()
    const named = /^"([0-9a-f]{64})"$/.exec(response.header('etag') ?? '')?.[1]
    if (named !== undefined && named !== (await machine.sha256(bytes))) return null
    return { mime, bytes, fileName: null }
  }

  #isMentioned(id: MediaId): boolean {
    const { outbox, refused } = this.#parts.replica
    return textOf([...outbox.retained, ...refused.values()]).includes(id)
  }

  #placeOf(id: MediaId): ConversationId | undefined {
    const known = this.#places.get(id)
    if (known !== undefined) return known
    const deed = this.#parts.replica.outbox.retained.find(({ args }) => textOf(args).includes(id))
    const place = (deed?.args as { conversationId?: ConversationId } | undefined)?.conversationId // checked when it was done
    if (place !== undefined) this.#places.set(id, place)
    return place
  }
}

/** Ids of files are nothing else's, so wherever one stands in a deed, the deed is about it. */
function textOf(deeds: unknown): string {
  return JSON.stringify(deeds)
}

function filesIn(message: Pick<Message, 'media' | 'template'>): Media[] {
  const files: Media[] = []
  withMedia(message, (media) => {
    files.push(media)
    return media
  })
  return files
}
