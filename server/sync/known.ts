import { entityNames, type Entity } from '../../core/domain/entities.ts'
import { knownSince } from '../../core/protocol/version.ts'

/** Whether a console of this version has a word for the noun. */
export function isKnownTo(proto: number, entity: Entity): boolean {
  return (knownSince[entity] ?? 1) <= proto
}

/** Of these puts the rows a console of this version has a word for; one that hears of another noun hangs up. */
export function knownTo(proto: number, puts: readonly string[]): readonly string[] {
  const unknown = entityNames.filter((name) => !isKnownTo(proto, name))
  if (unknown.length === 0) return puts
  const beginnings = unknown.map((name) => `["${name}",`)
  return puts.filter((put) => !beginnings.some((beginning) => put.startsWith(beginning)))
}
