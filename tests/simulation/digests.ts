import { scopesOf, type Scope } from '../../core/domain/scopes.ts'
import type { Digests, HeldWindow } from '../../core/protocol/digest.ts'
import { Tally } from '../../core/protocol/tally.ts'
import type { Version } from './log.ts'

/** What server/sync/digests.ts makes of these rows, by going through them. */
export function digestsOf(
  rows: Iterable<Version>,
  scopes: Iterable<Scope>,
  windows: readonly HeldWindow[],
): Omit<Digests, 'cursor'> {
  const all = [...rows]
  const counted = (isWanted: (version: Version) => boolean) => {
    const tally = new Tally()
    for (const version of all) {
      if (isWanted(version)) tally.add(version.change.row.id, version.seq)
    }
    return tally.digest
  }
  const isSeen = (id: string) => all.some(({ change }) => change.row.id === id)
  return {
    scopes: [...scopes].map((scope) => [
      scope,
      counted(({ change }) => scopesOf(change)?.includes(scope) === true),
    ]),
    messages: windows.flatMap(([id, fromMs]): Digests['messages'] => {
      if (!isSeen(id)) return []
      const digest = counted(
        ({ change }) =>
          change.entity === 'message' &&
          change.row.conversationId === id &&
          change.row.sentAtMs >= fromMs,
      )
      return [[id, fromMs, digest]]
    }),
  }
}
