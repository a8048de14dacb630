import { textOf } from './values.ts'
import { read, Value } from './wire.ts'

/**
 * Meta's id of the number of ours that a part is about, also of parts that say nothing to Kontor. `path` is the
 * part's own; undefined where the change names no number.
 */
export function numberAt(body: unknown, path: string): string | undefined {
  const [, entry, change] = /^entry\.(\d+)\.changes\.(\d+)/.exec(path) ?? []
  if (entry === undefined || change === undefined) return undefined
  const value = ['entry', entry, 'changes', change, 'value'].reduce(memberOf, body)
  return textOf(read(Value, value)?.metadata?.phone_number_id)
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
