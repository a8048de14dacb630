import { storable } from '../../core/lib/text.ts'

type Maybe<T> = T | undefined

/** A string or a number as text; undefined when there is nothing in it. */
export function textOf(value: unknown): Maybe<string> {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Unix seconds, as text or number, in milliseconds. Undefined when it is no time. */
export function timeOf(value: unknown): Maybe<number> {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  if (typeof value === 'string' && !/^\d{1,13}(\.\d+)?$/.test(value)) return undefined
  const number = Number(value)
  // A few bodies carry milliseconds; read as seconds they would lie beyond the year 5000.
  const atMs = Math.round(number > 1e11 ? number : number * 1000)
  return Number.isSafeInteger(atMs) && atMs > 0 ? atMs : undefined
}

/** E.164 with the plus from however WhatsApp or a person wrote it. Undefined when it is no phone number. */
export function phoneOf(value: unknown): Maybe<string> {
  const digits = textOf(value)?.replace(/\D/g, '') ?? ''
  return digits.length >= 5 && digits.length <= 20 ? `+${digits}` : undefined
}

/** The object without the members that are undefined, for types that know absence but no `undefined`. */
export function compact<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const rest: Partial<T> = {}
  for (const key in object) if (object[key] !== undefined) rest[key] = object[key]
  // Exactly the members that are not undefined are left.
  return rest as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** A user name without the `@` that Meta's examples put before it. */
export function usernameOf(value: unknown): Maybe<string> {
  const name = textOf(value)?.replace(/^@/, '')
  return name === undefined || name === '' ? undefined : storable(name)
}

/** The text or number at that place inside, as text; undefined when nothing is there. */
export function textAt(value: unknown, ...path: readonly string[]): Maybe<string> {
  let found: unknown = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = Reflect.get(found, key)
  }
  return textOf(Array.isArray(found) ? found[0] : found)
}
