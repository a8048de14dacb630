import type { ConversationId } from '../../core/domain/ids.ts'

/** What is open about labels: those of one conversation, or all there are. App shows it. */
type Labelling =
  | {
      kind: 'pick'
      conversationId: ConversationId
      /** Whom it is with. */
      name: string
      /** What the choice stands beside. */
      anchor: Element | null
    }
  | { kind: 'manage' }

let open = $state.raw<Labelling | null>(null)

export function labelling(): Labelling | null {
  return open
}

export function openLabels(
  conversationId: ConversationId,
  name: string,
  anchor: Element | null,
): void {
  open = { kind: 'pick', conversationId, name, anchor }
}

export function manageLabels(): void {
  open = { kind: 'manage' }
}

export function closeLabels(): void {
  open = null
}
