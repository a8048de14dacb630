import { entityNames } from '../../core/domain/entities.ts'
import type { Replica } from '../../core/replica/replica.ts'

/** Every row a replica holds, as the server sent it, in an order of its own: equal lists are equal replicas. */
export function rowsOf(replica: Replica): string[] {
  return entityNames
    .flatMap((entity) =>
      [...replica.base.held(entity)].map(([rev, row]) => `${entity} ${rev} ${shown(row)}`),
    )
    .sort()
}

/**
 * The rows both hold of what they have in common: one may hold older messages of a conversation than the other does.
 * Equal lists are replicas that agree.
 */
export function sharedRowsOf(replica: Replica, other: Replica): string[] {
  return entityNames
    .flatMap((entity) =>
      [...replica.base.held(entity)].flatMap(([rev, row]) => {
        const isOlder =
          'conversationId' in row &&
          'sentAtMs' in row &&
          row.sentAtMs < other.base.heldFromMs(row.conversationId)
        return isOlder ? [] : [`${entity} ${rev} ${shown(row)}`]
      }),
    )
    .sort()
}

/** Members in one order, whatever way the row came. */
function shown(row: object): string {
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
