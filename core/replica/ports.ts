import type { Adapter } from 'lowdb'
import type { Device } from '../domain/shared-draft.ts'
import type { Platform } from '../lib/clock.ts'

/**
 * Where a replica keeps its things: named lowdb documents, written whole, and journals that only grow.
 * Desktop: files (electron/host/files.ts). Browser: IndexedDB (renderer/web/database.ts). Tests: memory.
 */
export type Disk = {
  /**
   * One JSON document. `write` resolves when the document is durable: after a power cut it is there whole, or the
   * one before it is. `read` answers null when there is none. Names are `[a-z0-9-]+`.
   */
  document<T>(name: string): Adapter<T>
  removeDocument(name: string): Promise<void>
  /** The names of all documents and journals there are, in no order. */
  list(): Promise<{ documents: string[]; journals: string[] }>
  /** One append-only list of JSON records. Names as for documents. */
  journal(name: string): Journal
  readonly blobs: Blobs
  /**
   * Removes what was put aside because it could not be read. What another key had sealed stays there: with the one of
   * now nobody can read it.
   */
  forgetUnreadable(): Promise<void>
  /** Forgets everything, so that nothing of it can be read again. */
  wipe(): Promise<void>
}

/** Whole files, each under a name as documents have one. */
export type Blobs = {
  /** Durable when it resolves. @throws AppError `disk-full`, and then it is not there */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null when there is none, or none that can be read. */
  read(name: string): Promise<Uint8Array | null>
  remove(name: string): Promise<void>
  /** What is there, in no order; `usedAtMs` is about when it was last put or read. */
  list(): Promise<KeptBlob[]>
}
export type KeptBlob = { name: string; sizeBytes: number; usedAtMs: number }

export type Journal = {
  /**
   * All whole records, oldest first. A torn tail (the machine stopped while writing) is cut off; a damaged record
   * followed by good ones is `isDamaged`.
   */
  read(): Promise<{ records: unknown[]; isDamaged: boolean }>
  /**
   * Adds records in order. With `isDurable` it resolves only when they survive a power cut; without, soon after.
   * @throws AppError `disk-full` when nothing was added
   */
  append(records: readonly unknown[], isDurable: boolean): Promise<void>
  /** Bytes written so far, for deciding when to fold. */
  sizeBytes(): number
  remove(): Promise<void>
}

/** One open connection to the server, text frames only. */
export type Socket = { send(text: string): void; close(): void }
export type SocketEvents = {
  opened(): void
  heard(text: string): void
  /** Once, also when it never opened. */
  closed(): void
}

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}
/** The subset of fetch's answer that a console reads. */
export type HttpResponse = {
  status: number
  header(name: string): string | null
  json(): Promise<unknown>
  /** @throws AppError `offline` when it was cut */
  text(): Promise<string>
  bytes(): Promise<Uint8Array>
}

/** Everything a console needs of the machine it runs on. */
export type Machine = {
  platform: Platform
  host: 'desktop' | 'browser'
  /** What its person calls it. */
  device: Device
  /** Operating system's or browser's language tag, for the first start. */
  language: string
  /** The page's own origin in the browser; on the desktop what IT preset, or null. */
  serverUrl: string | null
  isServerManaged: boolean
  /** Small facts that outlive the replica: server address, session, settings. Durable like a document. */
  settings: Disk
  /** The replica of one person on one server; another pair gets another folder. */
  replicaDisk(key: string): Promise<Disk>
  connect(url: string, events: SocketEvents): Socket
  /** @throws AppError `offline` when no answer came */
  http(request: HttpRequest): Promise<HttpResponse>
  /** Lower-case hex SHA-256; of a text in UTF-8. */
  sha256(content: string | Uint8Array): Promise<string>
  /** Hears every bug. */
  report(bug: unknown): void
}
