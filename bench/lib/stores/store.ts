import type { Conversation } from '../../../core/domain/conversation.ts'
import type { Message } from '../../../core/domain/message.ts'
import type { Contact } from '../../../core/domain/people.ts'
import type { Held } from '../held.ts'

/** Where rows are kept on this machine, as a console would use it. `open` makes one usable; all of it is the real thing. */
export type Store = {
  fill(rows: Held): Promise<void>
  /** What a console shows first. */
  inbox(limit: number): Inbox
  /** Resolves when nothing more is brought into memory behind what is shown. */
  loaded(): Promise<void>
  /** The newest messages of a conversation, oldest first. */
  thread(id: Conversation['id'], limit: number): Message[] | Promise<Message[]>
  /** A message came, and what its conversation is now. Resolves when the next process would find both. */
  arrive(message: Message, conversation: Conversation): Promise<void>
  /** What it does from time to time and not at each message; the name of it, null when there is none. */
  tidyUp: { name: string; run: () => Promise<void> } | null
  close(): Promise<void>
}

/** The first page of open conversations, newest first, and how many conversations each view has, how many of them unread. */
export type Inbox = {
  rows: { conversation: Conversation; contact: Contact; unread: number }[]
  views: Record<string, { count: number; unread: number }>
}

export type OpenStore = (folder: string) => Promise<Store>
