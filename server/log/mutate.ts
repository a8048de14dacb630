import Value from 'typebox/value'
import type { Entity } from '../../core/domain/entities.ts'
import type { User } from '../../core/domain/people.ts'
import { mutatorNamed } from '../../core/mutators/all.ts'
import { refuse, type Outcome } from '../../core/mutators/mutator.ts'
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
  if (!Value.Check(mutator.args, args)) {
    const [first] = Value.Errors(mutator.args, args)
    return refuse('bad-request', { at: first?.instancePath, reason: first?.message })
  }
  if (!user.isActive || (mutator.roles !== undefined && !mutator.roles.includes(user.role))) {
    return refuse('forbidden')
  }
  for (const [entity, ids] of grouped(mutator.needs(args, user))) await tx.load(entity, ids)
  const conversationsOf = await loadConversationsOf(tx, mutator.contacts?.(args) ?? [])
  const reads = { get: tx.peek.bind(tx), conversationsOf }
  const outcome = mutator.run(reads, args, { user, nowMs: tx.nowMs })
  if (outcome.ok) for (const change of outcome.changes) tx.put(change)
  return outcome
}

function grouped(needs: readonly (readonly [Entity, string])[]): Map<Entity, string[]> {
  const groups = new Map<Entity, string[]>()
  for (const [entity, id] of needs) groups.set(entity, [...(groups.get(entity) ?? []), id])
  return groups
}
