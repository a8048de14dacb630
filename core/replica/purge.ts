import { entityNames, type Change, type Entity } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import { isSeenWith, scopesOf, type Scope } from '../domain/scopes.ts'
import type { Base } from './base.ts'
import { shardOf } from './folding.ts'
import type { FrameRecord } from './records.ts'

/** A row that is held no more. */
export type Gone = readonly [Entity, string]

/** Whether a frame may take away rows of who had these scopes: then it has to be known what there is. */
export function takesAway({ from, del, scopes }: FrameRecord, had: readonly Scope[]): boolean {
  return (
    from !== null &&
    (del.some(([entity]) => entity !== 'draft') || had.some((scope) => !scopes.includes(scope)))
  )
}

/**
 * Takes out of the base what a frame says is gone, and what nobody with its scopes may see.
 *
 * @param had the scopes before
 * @param dirty takes up the shards that lose something
 */
export function purge(
  base: Base,
  frame: FrameRecord,
  had: readonly Scope[],
  dirty: Set<string>,
): Gone[] {
  const { from, del, scopes } = frame
  const isLess = from !== null && had.some((scope) => !scopes.includes(scope))
  const unseen = isLess ? unseenWith(base, new Set(scopes)) : []
  const gone = withFollowers(base, [...del, ...unseen])
  for (const [entity, id] of gone) {
    const row = base.get(entity, id)
    if (row === undefined) continue // named twice
    dirty.add(shardOf({ entity, row } as Change)) // read from that entity's rows
    base.remove(entity, id)
  }
  return gone
}

/** The conversations that are held, and others of which something is here. */
export function conversationsOf(base: Base, others: Iterable<string>): Gone[] {
  const ids = new Set<string>(others)
  for (const { id } of base.all('conversation')) ids.add(id)
  return [...ids].map((id): Gone => ['conversation', id])
}

/** Rows that nobody with these scopes may see. What hangs on a conversation is not named: it goes with it. */
function unseenWith(base: Base, scopes: ReadonlySet<Scope>): Gone[] {
  const unseen: Gone[] = []
  for (const entity of entityNames) {
    for (const row of base.all(entity)) {
      const own = scopesOf({ entity, row } as Change) // entity names its rows
      if (own !== null && !isSeenWith(scopes, own)) unseen.push([entity, row.id])
    }
  }
  return unseen
}

/** Those of these rows that are held, each after what hangs on it. */
function withFollowers(base: Base, gone: readonly Gone[]): Gone[] {
  return gone.flatMap(([entity, id]): Gone[] => {
    if (base.get(entity, id) === undefined) return []
    const conversation = entity === 'conversation' ? base.get(entity, id) : undefined
    const messages = conversation === undefined ? [] : base.messages(conversation.id)
    const drafts = conversation === undefined ? [] : draftsOf(base, conversation.id)
    return [...messages.map((row): Gone => ['message', row.id]), ...drafts, [entity, id]]
  })
}

/** What the person had begun to write there. */
function draftsOf(base: Base, id: ConversationId): Gone[] {
  const drafts = [...base.all('draft')].filter(({ conversationId }) => conversationId === id)
  return drafts.map((row): Gone => ['draft', row.id])
}
