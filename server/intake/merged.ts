import type { Conversation } from '../../core/domain/conversation.ts'
import type { ContactId } from '../../core/domain/ids.ts'
import { loadConversationsOf } from '../log/conversations.ts'
import type { LogTx } from '../log/transaction.ts'

/**
 * Follows contacts that were merged to those that stand for them, and holds these with their conversations. Asks
 * nothing where nobody was merged.
 *
 * @returns the conversations found
 */
export async function loadMerged(
  tx: LogTx,
  contactIds: readonly ContactId[],
): Promise<Conversation[]> {
  await tx.load('contact', contactIds)
  const into = [...new Set(contactIds)].flatMap((id) => tx.peek('contact', id)?.mergedInto ?? [])
  const missing = into.filter((id) => !contactIds.includes(id))
  if (missing.length === 0) return []
  const of = await loadConversationsOf(tx, missing)
  return [...missing.flatMap(of), ...(await loadMerged(tx, missing))]
}
