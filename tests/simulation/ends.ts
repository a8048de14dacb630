import type { Down } from '../../core/protocol/down.ts'
import type { Up } from '../../core/protocol/up.ts'

/** The server's end of one socket. */
export type End = {
  isOpen: boolean
  hear(up: Up): void
  /** The socket is no more, and nothing of it on its way. */
  leave(): void
}

/** What a console sees of a server, be it the model or the real one. */
export type ServerSeen = {
  connect(userId: string, say: (down: Down) => void): End
  readPage(userId: string, from: string | null): Promise<string>
  /** Remembers that this happened. */
  saw(what: string): void
}
