import { entityNames } from '../domain/entities.ts'
import { compareShown } from '../domain/message.ts'
/** What the server said, and nothing else: the rows of the last frame applied, with the messages of each conversation at hand. */
export class Base {
  #rows = new Map(entityNames.map((name) => [name, new Map()]))
  #messages = new Map()
  #sorted = new Map()
  get(entity, id) {
    return this.#of(entity).get(id)?.row // each entity has its own map
  }
  revOf(entity, id) {
    return this.#of(entity).get(id)?.rev ?? 0
  }
  *all(entity) {
    for (const { row } of this.#of(entity).values()) yield row // each entity has its own map
  }
  *held(entity) {
    for (const { rev, row } of this.#of(entity).values()) yield [rev, row]
  }
  /** Messages of a conversation as shown, oldest first. Not to be changed. */
  messages(id) {
    const sorted = this.#sorted.get(id)
    if (sorted !== undefined) return sorted
    const fresh = [...(this.#messages.get(id)?.values() ?? [])].sort(compareShown)
    this.#sorted.set(id, fresh)
    return fresh
  }
  put({ entity, row }, rev) {
    this.#of(entity).set(row.id, { rev, row })
    if (entity !== 'message') return
    const siblings = this.#messages.get(row.conversationId) ?? new Map()
    siblings.set(row.id, row)
    this.#messages.set(row.conversationId, siblings)
    this.#sorted.delete(row.conversationId)
  }
  remove(entity, id) {
    const message = entity === 'message' ? this.get('message', id) : undefined
    this.#of(entity).delete(id)
    if (message === undefined) return
    this.#messages.get(message.conversationId)?.delete(id)
    this.#sorted.delete(message.conversationId)
  }
  clear() {
    for (const rows of this.#rows.values()) rows.clear()
    this.#messages.clear()
    this.#sorted.clear()
  }
  #of(entity) {
    const rows = this.#rows.get(entity)
    if (rows === undefined) throw new Error(`bug: no entity ${entity}`)
    return rows
  }
}
