import type { Change, Entity, Rows } from '../domain/entities.ts'
import type { User } from '../domain/people.ts'
import { mutators, type MutatorArgs, type MutatorName } from '../mutators/all.ts'
import type { Outcome } from '../mutators/mutator.ts'
import { exampleNowMs } from './examples.ts'

/** The state these rows make, and what a person can do to it. */
export function stateOf(...rows: Change[]) {
  const held = new Map<string, Change>(
    rows.map((change) => [`${change.entity} ${change.row.id}`, change]),
  )
  const get = <E extends Entity>(entity: E, id: string) =>
    held.get(`${entity} ${id}`)?.row as Rows[E] | undefined
  const conversationsOf = (contactId: string) =>
    [...held.values()].flatMap((change) =>
      change.entity === 'conversation' && change.row.contactId === contactId ? [change.row] : [],
    )
  const puts = (...changes: Change[]) => {
    for (const change of changes) held.set(`${change.entity} ${change.row.id}`, change)
  }
  return {
    get,
    /** What is written without anybody's deed. */
    puts,
    does<N extends MutatorName>(
      user: User,
      name: N,
      args: MutatorArgs<N>,
      nowMs = exampleNowMs,
    ): Outcome {
      const outcome = mutators[name].run({ get, conversationsOf }, args as never, { user, nowMs })
      if (outcome.ok) puts(...outcome.changes)
      return outcome
    },
  }
}
