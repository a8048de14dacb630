import type { Change, Entity } from '../domain/entities.ts'
import { isSeenWith, scopesOf, type Scope } from '../domain/scopes.ts'
import { Tally } from '../protocol/tally.ts'

/** Rows of one noun that are seen by the same people. */
type Kind = { entity: Entity; scopes: readonly Scope[]; tally: Tally }

/**
 * What is held, counted by noun and by who sees it, so that it can be compared with what the server has without going
 * through it: a row that comes or goes costs one hash. There are as many kinds as a firm has teams and people.
 *
 * Messages are left out. How many of them a console holds differs from console to console (core/domain/window.ts),
 * so no number of the server's could be equal to theirs. They are compared conversation by conversation instead, from
 * the time on from which each is held whole, and counted then (`Base.tallyMessages`).
 */
export class Tallies {
  readonly #kinds = new Map<string, Kind>()

  add(change: Change, rev: number): void {
    const scopes = scopesOf(change)
    if (scopes !== null) this.#kindOf(change.entity, scopes).tally.add(change.row.id, rev)
  }

  remove(change: Change, rev: number): void {
    const scopes = scopesOf(change)
    if (scopes !== null) this.#kindOf(change.entity, scopes).tally.remove(change.row.id, rev)
  }

  /** Rows of these nouns seen under a scope. */
  under(scope: Scope, nouns: ReadonlySet<Entity>): Tally {
    return this.#sum(({ entity, scopes }) => nouns.has(entity) && scopes.includes(scope))
  }

  /** Rows of these nouns that nobody with these scopes may see. */
  unseenWith(seen: ReadonlySet<Scope>, nouns: ReadonlySet<Entity>): Tally {
    return this.#sum(({ entity, scopes }) => nouns.has(entity) && !isSeenWith(seen, scopes))
  }

  clear(): void {
    this.#kinds.clear()
  }

  #kindOf(entity: Entity, scopes: readonly Scope[]): Kind {
    const key = `${entity} ${scopes.join(' ')}`
    const known = this.#kinds.get(key)
    if (known !== undefined) return known
    const kind = { entity, scopes, tally: new Tally() }
    this.#kinds.set(key, kind)
    return kind
  }

  #sum(isWanted: (kind: Kind) => boolean): Tally {
    const sum = new Tally()
    for (const kind of this.#kinds.values()) if (isWanted(kind)) sum.join(kind.tally)
    return sum
  }
}
