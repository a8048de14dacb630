import { present, type JsonObject } from '../json.ts'
import { optionalText } from './call.ts'
import { GraphError } from './errors.ts'

/**
 * One page of a list with its cursors. A cursor is the place after or before which to go on.
 *
 * @param address the request's own, without query; `next` and `previous` lead back to it
 * @throws GraphError 131059 for a cursor that is none of ours
 */
export function pageOf<T>(
  items: readonly T[],
  values: JsonObject,
  address: string,
  usualLimit = 25,
) {
  const limit = limitOf(values, usualLimit)
  const after = cursorOf(values, 'after')
  const before = cursorOf(values, 'before')
  const end = before ?? Math.min(items.length, (after === undefined ? 0 : after + 1) + limit)
  const start =
    before === undefined ? (after === undefined ? 0 : after + 1) : Math.max(0, before - limit)
  const data = items.slice(start, end)
  if (data.length === 0) return { data: [] }

  const link = (name: string, cursor: string) => {
    const { access_token: _, after: _a, before: _b, ...rest } = values
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(rest)) {
      query.set(key, typeof value === 'string' ? value : JSON.stringify(value))
    }
    query.set('limit', String(limit))
    query.set(name, cursor)
    return `${address}?${query.toString()}`
  }
  const cursors = { before: cursorAt(start), after: cursorAt(end - 1) }
  return {
    data,
    paging: present({
      cursors,
      next: end < items.length ? link('after', cursors.after) : undefined,
      previous: start > 0 ? link('before', cursors.before) : undefined,
    }),
  }
}

function limitOf(values: JsonObject, usual: number): number {
  const text = optionalText(values, 'limit')
  if (text === undefined) return usual
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) {
    throw new GraphError(100, "Parameter 'limit' must be a positive number.")
  }
  return Math.min(limit, 1000)
}

function cursorAt(index: number): string {
  return Buffer.from(`at:${index}`).toString('base64url')
}

function cursorOf(values: JsonObject, name: string): number | undefined {
  const text = optionalText(values, name)
  if (text === undefined || text === '') return undefined
  const [, index] = /^at:(\d+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (index === undefined) throw new GraphError(131059, `The cursor '${name}' is not valid.`)
  return Number(index)
}
