import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Console } from './console.ts'
import type { Step } from './steps.ts'

/** Somebody does something in a conversation, if they see it. */
export async function perform(
  console: Console,
  conversationId: ConversationId,
  what: Extract<Step, { kind: 'deed' }>['what'],
): Promise<void> {
  const { desk } = console
  if (desk?.replica.base.get('conversation', conversationId) === undefined) return
  const id = console.machine.newId() as MessageId // fresh ids become what they are for
  const { lastMessage, assignVersion: baseVersion } = desk.conversation(conversationId)
  const basedOn = lastMessage?.messageId ?? null
  if (what === 'send' || what === 'answer') {
    const body = { type: 'text' as const, text: 'Guten Tag' }
    const isAnyway = what === 'send'
    await console.perform('message.send', { id, conversationId, body, basedOn, isAnyway })
  } else if (what === 'draft') {
    const draft = { conversationId, text: 'Entwurf', mode: 'reply', updatedAtMs: 0 } as const
    await desk.replica.putDraft(draft)
  } else if (what === 'note') {
    await console.perform('note.add', { id, conversationId, text: 'Notiz' })
  } else if (what === 'assign') {
    const toUserId = console.user.id
    const deed = { conversationId, toUserId, baseVersion, activityId: id }
    await console.perform('conversation.assign', deed)
  } else {
    await console.perform('conversation.resolve', { conversationId, basedOn, activityId: id })
  }
}
