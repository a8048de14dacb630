import type { Entity } from '../../core/domain/entities.ts'
import type { ContactId, ConversationId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { maySee } from '../../core/domain/scopes.ts'
import { firstFault } from '../../core/lib/fault.ts'
import { storableJson } from '../../core/lib/text.ts'
import { mutatorNamed } from '../../core/mutators/all.ts'
import { refuse, type Need, type Outcome, type Reads } from '../../core/mutators/mutator.ts'
import { loadConversationsOf } from './conversations.ts'
import type { LogTx } from './transaction.ts'

/**
 * Runs a deed with authority: name, arguments and role are checked, the rows it declares are loaded, its person has to
 * see every conversation among them (`forbidden` else), and its changes are put. The same for consoles
 * (sync/perform.ts) and the HTTP interface. Characters that the database cannot hold are left out.
 *
 * @param ageMs how long ago the person did it, of a console that was without a server
 * @returns what the mutator said; a refusal put nothing
 */
export async function mutate(
  tx: LogTx,
  user: User,
  name: string,
  given: unknown,
  ageMs?: number,
): Promise<Outcome> {
  const mutator = mutatorNamed(name)
  if (mutator === undefined) return refuse('bad-request', { reason: `no deed ${name}` })
  const args = storableJson(given)
  const fault = firstFault(mutator.args, args)
  if (fault !== undefined) return refuse('bad-request', fault)
  if (!user.isActive || (mutator.roles !== undefined && !mutator.roles.includes(user.role))) {
    return refuse('forbidden')
  }
  const peek: Reads['get'] = (entity, id) => tx.peek(entity, id)
  const needs = mutator.needs(args, user)
  await load(tx, needs)
  const contactIds = mutator.contacts?.(args) ?? []
  const conversationsOf = await loadConversationsOf(tx, contactIds)
  const reads: Reads = { get: peek, conversationsOf }
  const alsoNeeds = mutator.alsoNeeds?.(reads, args) ?? []
  await load(tx, alsoNeeds)
  const ids = conversationsAmong(reads, [...needs, ...alsoNeeds], contactIds)
  if (!(await seesAll(tx, user, ids))) return refuse('forbidden')
  const outcome = mutator.run(reads, args, { user, nowMs: tx.nowMs, ageMs })
  if (outcome.ok) for (const change of outcome.changes) tx.put(change)
  return outcome
}

async function load(tx: LogTx, needs: readonly Need[]): Promise<void> {
  const groups = new Map<Entity, string[]>()
  for (const [entity, id] of needs) groups.set(entity, [...(groups.get(entity) ?? []), id])
  for (const [entity, ids] of groups) await tx.load(entity, ids)
}

/** The conversations a deed is about: named themselves, by one of their messages, or by their contact. */
function conversationsAmong(
  reads: Reads,
  needs: readonly Need[],
  contactIds: readonly ContactId[],
): ConversationId[] {
  const named = needs.flatMap(([entity, id]): ConversationId[] => {
    if (entity === 'conversation') return [id as ConversationId] // declared as a conversation's
    const message = entity === 'message' ? reads.get('message', id) : undefined
    return message === undefined ? [] : [message.conversationId]
  })
  const ofContacts = contactIds.flatMap((id) => reads.conversationsOf(id).map((row) => row.id))
  return [...new Set([...named, ...ofContacts])]
}

async function seesAll(tx: LogTx, user: User, ids: readonly ConversationId[]): Promise<boolean> {
  await tx.load('conversation', ids)
  return ids.every((id) => {
    const conversation = tx.peek('conversation', id)
    return conversation === undefined || maySee(user, conversation)
  })
}
