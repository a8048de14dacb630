import type { Conversation } from '../domain/conversation.ts'
import type { ConversationId } from '../domain/ids.ts'
import type { MutatorArgs, MutatorName } from '../mutators/all.ts'
import type { Deed } from './records.ts'

type Again = { name: MutatorName; args: MutatorArgs<MutatorName> }

/**
 * The same deed with a fresh id and what is known by now; a message goes out although a colleague answered.
 *
 * @param find a conversation as it is now. @throws AppError not-found
 */
export function again(deed: Deed, id: string, find: (id: ConversationId) => Conversation): Again {
  const name = deed.name as MutatorName // it was performed here under this name
  const old = deed.args as Record<string, unknown>
  const conversation =
    typeof old.conversationId === 'string' ? find(old.conversationId as ConversationId) : null // ids in deeds were checked when they were done
  const fresh: Record<string, unknown> = { ...old }
  if ('id' in old && name !== 'message.dismiss') fresh.id = id
  if ('activityId' in old) fresh.activityId = id
  if ('baseVersion' in old) fresh.baseVersion = conversation?.assignVersion
  if ('basedOn' in old) fresh.basedOn = conversation?.lastInbound?.messageId ?? null
  if (name === 'message.send') fresh.isAnyway = true
  return { name, args: fresh as MutatorArgs<MutatorName> } // the same shape as before with other values
}
