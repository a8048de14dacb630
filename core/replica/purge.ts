import { entityNames, type Change, type Entity } from '../domain/entities.ts'
import { isSeenWith, scopesOf, type Scope } from '../domain/scopes.ts'
import type { Base } from './base.ts'

/** A row that is held no more. */
export type Gone = readonly [Entity, string]

/** Rows that nobody with these scopes may see. What hangs on a conversation is not named: it goes with it. */
export function unseenWith(base: Base, scopes: ReadonlySet<Scope>): Gone[] {
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
export function withFollowers(base: Base, gone: readonly Gone[]): Gone[] {
  return gone.flatMap(([entity, id]): Gone[] => {
    if (base.get(entity, id) === undefined) return []
    const conversation = entity === 'conversation' ? base.get(entity, id) : undefined
    const messages = conversation === undefined ? [] : base.messages(conversation.id)
    return [...messages.map((row): Gone => ['message', row.id]), [entity, id]]
  })
}
