import type { Conversation } from '../../core/domain/conversation.ts'
import type { MessageId } from '../../core/domain/ids.ts'

/** What is to be chosen for a conversation, as the screen shows it, and beside what. */
export type Choosing = {
  kind: 'snooze' | 'priority'
  conversation: Conversation
  /** Whom it is with. */
  name: string
  /** Newest message the screen had shown of it. */
  basedOn: MessageId | null
  anchor: Element
}

let current = $state.raw<Choosing | null>(null)

/** What is being chosen now; what reads it follows. */
export function choosing(): Choosing | null {
  return current
}

/** Opens the choice; null closes it. */
export function choose(next: Choosing | null): void {
  current = next
}
