import type { Conversation } from '../../../core/domain/conversation.ts'
import type { Message } from '../../../core/domain/message.ts'
import type { Held } from '../held.ts'

/** Where rows are kept on this machine, as a console would use it. `open` makes one usable; all of it is the real thing. */
export type Store = {
  fill(rows: Held): Promise<void>
  /** The rows of the inbox's first page, newest first, and how many there are. */
  inbox(limit: number): { conversations: Conversation[]; total: number }
  /** The newest messages of a conversation, oldest first. */
  thread(id: Conversation['id'], limit: number): Message[] | Promise<Message[]>
  /** A message came, and what its conversation is now. Resolves when the next process would find both. */
  arrive(message: Message, conversation: Conversation): Promise<void>
  /** What it does from time to time and not at each message; the name of it, null when there is none. */
  tidyUp: { name: string; run: () => Promise<void> } | null
  close(): Promise<void>
}

export type OpenStore = (folder: string) => Promise<Store>
