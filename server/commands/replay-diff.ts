import { isDeepStrictEqual } from 'node:util'
import type { Written } from '../log/transaction.ts'

/** `2 messages new, 1 conversation changed` */
export function summarize(written: readonly Written[]): string {
  const counts = new Map<string, number>()
  for (const { change, before } of written) {
    const key = `${change.entity} ${before === undefined ? 'new' : 'changed'}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .map(([key, count]) => {
      const [entity = '', what = ''] = key.split(' ')
      return `${count} ${entity}${count === 1 ? '' : 's'} ${what}`
    })
    .join(', ')
}

/** A line for each row: what would be another. What people wrote and who they are is only said to differ. */
export function describeChanges(written: readonly Written[]): string[] {
  return written.map(({ change, before }) => {
    const { entity, row } = change
    if (before === undefined) return `+ ${entity} ${row.id}`
    const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(row))]
    const members = [...new Set([...was.keys(), ...is.keys()])]
      .filter((name) => !isDeepStrictEqual(was.get(name), is.get(name)))
      .map((name) => `${name} ${shown(name, was.get(name))} → ${shown(name, is.get(name))}`)
    return `~ ${entity} ${row.id}: ${members.join(', ')}`
  })
}

const plain =
  /^(status|statusAt|ord|lastOrd|inboundCount|health|type|direction|price|.*AtMs|.*SinceMs)$/

function shown(name: string, value: unknown): string {
  if (value === undefined) return 'none'
  return plain.test(name) ? JSON.stringify(value) : '…'
}
