/** Reading what WhatsApp sent and Kontor keeps as it came: shapes are Meta's, every part may be missing. */

/** The member of that name, when `value` is an object that has it. */
export function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name] // an object with this very member
    : undefined
}

export function textAt(value: unknown, ...path: string[]): string | null {
  const found = path.reduce(part, value)
  return typeof found === 'string' && found.trim() !== '' ? found : null
}

export function numberAt(value: unknown, name: string): number | null {
  const found = Number(part(value, name))
  return Number.isFinite(found) ? found : null
}

export function listAt(value: unknown, name: string): readonly unknown[] {
  const found = part(value, name)
  return Array.isArray(found) ? found : []
}
