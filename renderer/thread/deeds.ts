import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Notes } from './notes.svelte.ts'

/** What can be done with a message on screen. Bubbles ask for it; the thread does it. */
export type Deeds = {
  reply(message: Message): void
  resend(id: MessageId): void
  dismiss(id: MessageId): void
  react(message: Message, emoji: string): void
  readonly notes: Notes
  openMenu(message: Message, anchor: Element): void
  openImage(message: Message): void
  /** Scrolls to a message and marks it for a moment. */
  reveal(id: MessageId): void
  /** Opens the templates, at the one this message was made of when it is given. */
  chooseTemplate(again?: Message): void
  /** Asks the contact for a phone number. */
  askNumber(): void
  /** Absent when the contact has no number. */
  readonly copyNumber: (() => void) | undefined
}
