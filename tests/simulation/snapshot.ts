import { AppError } from '../../core/lib/errors.ts'
import type { Log, Version } from './log.ts'

/** So few that every snapshot is several pages, with room for trouble between them. */
const pageItems = 4
/** As many messages of each conversation as come with it, at least. */
const windowMessages = 3

type Place = { epoch: number; scopes: string[]; after: string }

/** A page of a snapshot, as server/sync/snapshot.ts makes it: read now, rows by their ids and then the windows. */
export function readPage(log: Log, user: string, from: string | null): string {
  const { epoch, head } = log.stored
  const now = log.scopesOf(user)
  const place: Place =
    from === null ? { epoch, scopes: [...now], after: '' } : (JSON.parse(from) as Place) // made below
  if (place.epoch !== epoch) throw new AppError('conflict', 'the history began anew')
  const scopes = place.scopes.filter((scope) => now.has(scope))
  const items = itemsOf(log.snapshot(head, new Set(scopes)))
    .filter(([key]) => key > place.after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const page = items.slice(0, pageItems)
  const lines = page.flatMap(([, some]) => some)
  const after = items.length > pageItems ? page.at(-1)?.[0] : undefined
  const next = after === undefined ? null : JSON.stringify({ ...place, scopes, after })
  const begun = { epoch: String(epoch), seq: head, scopes, rows: items.length }
  const all = [begun, ...lines, { count: lines.length, next }]
  return all.map((line) => `${JSON.stringify(line)}\n`).join('')
}

function itemsOf(rows: ReadonlyMap<string, Version>): [key: string, lines: unknown[]][] {
  const items: [string, unknown[]][] = []
  for (const [key, { change, seq }] of rows) {
    if (change.entity === 'message') continue
    items.push([`0 ${key}`, [[change.entity, seq, change.row]]])
    if (change.entity !== 'conversation') continue
    items.push([`1 ${change.row.id}`, windowOf(change.row.id, rows)])
  }
  return items
}

/** The newest messages of a conversation, whole seconds of them, and when they begin; 0 when that is all. */
function windowOf(id: string, rows: ReadonlyMap<string, Version>): unknown[] {
  const messages = [...rows.values()].flatMap(({ change, seq }) =>
    change.entity === 'message' && change.row.conversationId === id
      ? [{ row: change.row, seq }]
      : [],
  )
  const newestFirst = messages.sort((a, b) => b.row.sentAtMs - a.row.sentAtMs)
  const oldest = newestFirst[windowMessages - 1]
  const fromMs = oldest === undefined ? 0 : Math.floor(oldest.row.sentAtMs / 1000) * 1000
  const held = newestFirst.filter(({ row }) => row.sentAtMs >= fromMs)
  return [['window', id, fromMs], ...held.map(({ row, seq }) => ['message', seq, row])]
}
