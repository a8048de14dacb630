import type { Entity } from '../../core/domain/entities.ts'
import type { User } from '../../core/domain/people.ts'
import { firstFault } from '../../core/lib/fault.ts'
import { mutatorNamed } from '../../core/mutators/all.ts'
import { refuse, type Need, type Outcome, type Reads } from '../../core/mutators/mutator.ts'
import { loadConversationsOf } from './conversations.ts'
import type { LogTx } from './transaction.ts'

/**
 * Runs a deed with authority: name, arguments and role are checked, the rows it declares are loaded, and its changes
 * are put. The same for consoles (sync/push.ts) and the HTTP interface.
 *
 * @returns what the mutator said; a refusal put nothing
 */
export async function mutate(tx: LogTx, user: User, name: string, args: unknown): Promise<Outcome> {
  const mutator = mutatorNamed(name)
  if (mutator === undefined) return refuse('bad-request', { reason: `no deed ${name}` })
  const fault = firstFault(mutator.args, args)
  if (fault !== undefined) return refuse('bad-request', fault)
  if (!user.isActive || (mutator.roles !== undefined && !mutator.roles.includes(user.role))) {
    return refuse('forbidden')
  }
  const peek: Reads['get'] = (entity, id) => tx.peek(entity, id)
  await load(tx, mutator.needs(args, user))
  const conversationsOf = await loadConversationsOf(tx, mutator.contacts?.(args) ?? [])
  const reads: Reads = { get: peek, conversationsOf }
  await load(tx, mutator.alsoNeeds?.(reads, args) ?? [])
  const outcome = mutator.run(reads, args, { user, nowMs: tx.nowMs })
  if (outcome.ok) for (const change of outcome.changes) tx.put(change)
  return outcome
}

async function load(tx: LogTx, needs: readonly Need[]): Promise<void> {
  const groups = new Map<Entity, string[]>()
  for (const [entity, id] of needs) groups.set(entity, [...(groups.get(entity) ?? []), id])
  for (const [entity, ids] of groups) await tx.load(entity, ids)
}
