/** Two contacts that are one person: what each row becomes when they are merged, and when that is taken back. */
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { Conversation, Mark, Priority } from './conversation.ts'
import type { Changed, Contact } from './people.ts'

const Side = Type.Enum(['from', 'into'])

/** Which contact's word is kept, for each thing both may have. What is not named is kept of `into`, where it has it. */
export const Keep = Type.Partial(
  Type.Object({ name: Side, phone: Side, userId: Side, username: Side, language: Side }),
)
export type Keep = Static<typeof Keep>

const chosen = ['name', 'phone', 'userId', 'username', 'language'] as const

/** `into` as it stands for both. A wish to hear no marketing of either counts for both. */
export function joinedContact(from: Contact, into: Contact, keep: Keep): Contact {
  const next: Contact = { ...into, includes: [...(into.includes ?? []), from.id] }
  for (const key of chosen) {
    const value = keep[key] === 'from' ? (from[key] ?? into[key]) : (into[key] ?? from[key])
    if (value !== undefined) next[key] = value
  }
  if (keep.name !== undefined) next.namedBy = 'colleague'
  if (from.marketing !== undefined && into.marketing?.value !== 'stop') {
    const isNews = from.marketing.value === 'stop' || into.marketing === undefined
    if (isNews) next.marketing = from.marketing
  }
  return withoutConflict(next, from.id)
}

/** The contact without the doubt whether it is `other`. */
export function withoutConflict(contact: Contact, other: Contact['id']): Contact {
  const { conflicts, ...rest } = contact
  const others = (conflicts ?? []).filter(({ contactId }) => contactId !== other)
  return others.length === 0 ? rest : { ...rest, conflicts: others }
}

/** Whether messages to `joined` reach what was known as `one`: only then its reply window counts. */
export function isReachedBy(joined: Contact, one: Contact): boolean {
  const isPhone = joined.phone !== undefined && joined.phone === one.phone
  return isPhone || (joined.userId !== undefined && joined.userId === one.userId)
}

/**
 * `into` as it stands for both conversations. What happened in the hidden one counts as seen only by who sees the
 * line that tells of the merge, whose place will be `ord`.
 */
export function joinedConversation(
  from: Conversation,
  into: Conversation,
  reached: { from: boolean; into: boolean },
  ord: number,
): Conversation {
  const ends = [
    ...(reached.into ? [endsOf(into)] : []),
    ...(reached.from ? [endsOf(from)] : []),
  ].reduce(later, {})
  const { adEntryAtMs: _entry, freeUntilMs: _free, ...rest } = into
  const { windowExpiresAtMs = null, ...free } = ends
  return {
    ...rest,
    ...(into.status !== 'open' && from.status === 'open'
      ? {
          status: 'open' as const,
          snoozedUntilMs: null,
          resolvedAtMs: null,
          openedAtMs: from.openedAtMs,
        }
      : {}),
    ...(into.assigneeId === null && from.assigneeId !== null
      ? { assigneeId: from.assigneeId, assignVersion: into.assignVersion + 1 }
      : {}),
    teamId: into.teamId ?? from.teamId,
    labels: [...new Set([...into.labels, ...from.labels])],
    priority: higher(into.priority, from.priority),
    lastMessage: newer(from.lastMessage, into.lastMessage) ? from.lastMessage : into.lastMessage,
    lastInbound: newestMark(from.lastInbound, into.lastInbound, ord),
    lastReply: newestMark(from.lastReply, into.lastReply, ord),
    waitingSinceMs: earliest(from.waitingSinceMs, into.waitingSinceMs),
    windowExpiresAtMs,
    ...free,
    includes: [...(into.includes ?? []), from.id, ...(from.includes ?? [])],
  }
}

/** What differs between two states of a row, leaving out the members that have their own way back. */
export function changedBetween<Row extends object>(
  before: Row,
  after: Row,
  except: readonly (keyof Row)[],
): Changed {
  const changed: Changed = { before: {}, after: {} }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [Reflect.get(before, key), Reflect.get(after, key)]
    if ((except as readonly string[]).includes(key) || Value.Equal(was, is)) continue
    if (was !== undefined) changed.before[key] = was
    if (is !== undefined) changed.after[key] = is
  }
  return changed
}

/** The row with what a change did to it undone, but for members that have become something else since. */
export function restored<Row extends object>(row: Row, { before, after }: Changed): Row {
  const next = { ...row }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!Value.Equal(Reflect.get(row, key), after[key])) continue
    if (key in before) Reflect.set(next, key, before[key])
    else Reflect.deleteProperty(next, key)
  }
  return next
}

/** A conversation with what a merge did to it undone. How it was settled meanwhile stays, as one thing. */
export function restoredConversation(row: Conversation, changed: Changed): Conversation {
  const isSettled = 'status' in changed.after && changed.after.status !== row.status
  const next = restored(row, isSettled ? withoutKeys(changed, settling) : changed)
  const isReassigned = next.assigneeId !== row.assigneeId
  return isReassigned ? { ...next, assignVersion: row.assignVersion + 1 } : next
}

const settling = ['status', 'snoozedUntilMs', 'openedAtMs', 'resolvedAtMs']

function withoutKeys({ before, after }: Changed, keys: readonly string[]): Changed {
  const rest = (members: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(members).filter(([key]) => !keys.includes(key)))
  return { before: rest(before), after: rest(after) }
}

/** The row with `ids` gone from the end of what it includes. */
export function withoutIncluded<Row extends { includes?: string[] }>(
  row: Row,
  ids: readonly string[],
): Row {
  const { includes = [], ...rest } = row
  const others = includes.filter((id) => !ids.includes(id))
  // The same row, with fewer of the ids it had.
  return (others.length === 0 ? rest : { ...rest, includes: others }) as Row
}

type Ends = { [K in 'windowExpiresAtMs' | 'adEntryAtMs' | 'freeUntilMs']?: number }

function endsOf({ windowExpiresAtMs, adEntryAtMs, freeUntilMs }: Conversation): Ends {
  return {
    ...(windowExpiresAtMs === null ? {} : { windowExpiresAtMs }),
    ...(adEntryAtMs === undefined ? {} : { adEntryAtMs }),
    ...(freeUntilMs === undefined ? {} : { freeUntilMs }),
  }
}

function later(a: Ends, b: Ends): Ends {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Ends)[] // both are Ends
  return Object.fromEntries(keys.map((key) => [key, Math.max(a[key] ?? 0, b[key] ?? 0)]))
}

function newer(a: { atMs: number } | null, b: { atMs: number } | null): boolean {
  return a !== null && (b === null || a.atMs > b.atMs)
}

function newestMark(from: Mark | null, into: Mark | null, ord: number): Mark | null {
  return from !== null && newer(from, into) ? { ...from, ord } : into
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent']

function higher(a: Priority, b: Priority): Priority {
  return priorities.indexOf(a) >= priorities.indexOf(b) ? a : b
}
