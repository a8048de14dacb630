import type { TSchema } from 'typebox'
import Value from 'typebox/value'

/** The first member of a value that its schema does not allow; `at` is a JSON pointer, '' for the whole. */
export type Fault = { at: string; reason: string }

/** What of a schema is looked at here; the rest is left to the checker's own words. */
type Looked = {
  anyOf?: readonly TSchema[]
  type?: unknown
  const?: unknown
  enum?: readonly unknown[]
  properties?: Readonly<Record<string, TSchema>>
  required?: readonly string[]
  additionalProperties?: unknown
  items?: unknown
}

/**
 * Names the member at fault. A checker alone says of several allowed shapes only that none fits; here the one that is
 * meant is found first, by its `type` or else by what it needs.
 */
export function firstFault(schema: TSchema, value: unknown, at = ''): Fault | undefined {
  if (Value.Check(schema, value)) return undefined
  const looked = schema as Looked // every schema is such an object, and all members are optional
  return (
    (looked.anyOf === undefined ? undefined : inVariants(looked.anyOf, value, at)) ??
    (looked.properties !== undefined && isObject(value)
      ? inObject(looked, value, at)
      : undefined) ??
    (Array.isArray(value) ? inItems(looked.items, value, at) : undefined) ??
    inOwnWords(schema, value, at)
  )
}

function inVariants(variants: readonly TSchema[], value: unknown, at: string): Fault | undefined {
  if (!isObject(value)) return undefined
  const types = variants.flatMap(typesOf)
  if (types.length === 0) {
    const fitting = variants.find((one) =>
      neededOf(one).every((name) => Object.hasOwn(value, name)),
    )
    return fitting && firstFault(fitting, value, at)
  }
  const meant = variants.find((one) => typesOf(one).includes(value.type))
  if (meant !== undefined) return firstFault(meant, value, at)
  return { at: `${at}/type`, reason: `must be one of ${types.join(', ')}` }
}

function inObject(
  { properties = {}, required = [], additionalProperties }: Looked,
  value: Record<string, unknown>,
  at: string,
): Fault | undefined {
  for (const [name, schema] of Object.entries(properties)) {
    const isThere = Object.hasOwn(value, name) && value[name] !== undefined
    if (!isThere && required.includes(name)) return { at: `${at}/${name}`, reason: 'is needed' }
    const fault = isThere ? firstFault(schema, value[name], `${at}/${name}`) : undefined
    if (fault !== undefined) return fault
  }
  if (additionalProperties !== false) return undefined
  const extra = Object.keys(value).find((name) => !Object.hasOwn(properties, name))
  return extra === undefined ? undefined : { at: `${at}/${extra}`, reason: 'does not belong here' }
}

function inItems(items: unknown, value: readonly unknown[], at: string): Fault | undefined {
  if (!isObject(items)) return undefined
  for (const [index, item] of value.entries()) {
    const fault = firstFault(items, item, `${at}/${index}`) // an array's items are a schema
    if (fault !== undefined) return fault
  }
  return undefined
}

function inOwnWords(schema: TSchema, value: unknown, at: string): Fault {
  const [first] = Value.Errors(schema, value)
  return { at: `${at}${first?.instancePath ?? ''}`, reason: first?.message ?? 'is not allowed' }
}

function typesOf(schema: TSchema): readonly unknown[] {
  const type = (schema as Looked).properties?.type as Looked | undefined // as above
  if (type === undefined) return []
  return type.enum ?? (type.const === undefined ? [] : [type.const])
}

function neededOf(schema: TSchema): readonly string[] {
  return (schema as Looked).required ?? [] // as above
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
