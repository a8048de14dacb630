import { isObject, type JsonObject } from '../json.ts'
import type { Account } from '../world/account.ts'
import type { MessageHistory } from '../world/history.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { Template } from '../world/template.ts'
import type { Upload } from '../world/uploads.ts'
import type { World } from '../world/world.ts'
import type { Media } from '../media/store.ts'
import type { UploadedFile } from './body.ts'
import { badParameter, GraphError, missing } from './errors.ts'

/** What an id in a path stands for. */
export type Node =
  | { kind: 'number'; number: BusinessNumber }
  | { kind: 'account'; account: Account }
  | { kind: 'business'; account: Account }
  | { kind: 'app'; account: Account }
  | { kind: 'media'; media: Media }
  | { kind: 'template'; template: Template }
  | { kind: 'upload'; upload: Upload }
  | { kind: 'history'; history: MessageHistory }

/** One request to the Graph API, its parameters gathered from wherever the client put them. */
export type Call<K extends Node['kind'] = Node['kind']> = {
  world: World
  node: Extract<Node, { kind: K }>
  values: JsonObject
  file?: UploadedFile
  /** What follows the edge in the path, such as a QR code's own code. */
  item?: string
  /** The request's address without its query, for `paging.next`. */
  address: string
}

/** A parameter that has to be an object; forms and queries carry it as JSON text. */
export function objectOf(values: JsonObject, name: string): JsonObject {
  const value = unfolded(values[name])
  if (value === undefined || value === null) throw missing(name)
  if (!isObject(value)) throw badParameter(name, 'must be an object')
  return value
}

/** A parameter that has to be a list. */
export function listOf(values: JsonObject, name: string): unknown[] {
  const value = unfolded(values[name])
  if (value === undefined || value === null) throw missing(name)
  if (!Array.isArray(value)) throw badParameter(name, 'must be a list')
  return value
}

/** A parameter that has to be text, if it is there. */
export function optionalText(values: JsonObject, name: string): string | undefined {
  const value = values[name]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') throw badParameter(name, 'must be a string')
  if (value.includes('\0')) throw badParameter(name, 'contains a NUL character')
  return value
}

export function requiredText(values: JsonObject, name: string): string {
  const value = optionalText(values, name)
  if (value === undefined || value === '') throw missing(name)
  return value
}

/** A parameter that has to be a whole number, if it is there. */
export function optionalWhole(values: JsonObject, name: string): number | undefined {
  const text = optionalText(values, name)
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  if (!Number.isInteger(number)) throw badParameter(name, 'must be a whole number')
  return number
}

/** A parameter that has to be true or false, if it is there; queries and forms carry it as text. */
export function optionalFlag(values: JsonObject, name: string): boolean | undefined {
  const value = values[name]
  if (value === undefined || value === null) return undefined
  if (value === true || value === 'true' || value === '1' || value === 1) return true
  if (value === false || value === 'false' || value === '0' || value === 0) return false
  throw badParameter(name, 'must be true or false')
}

/** A parameter that must be one of a few words, if it is there. */
export function optionalChoice<T extends string>(
  values: JsonObject,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = optionalText(values, name)
  if (text === undefined) return undefined
  const choice = choices.find((one) => one === text)
  if (choice === undefined) throw badParameter(name, `must be one of ${choices.join(', ')}`)
  return choice
}

/** Every call that writes says which product it means. */
export function checkProduct(values: JsonObject): void {
  if (values.messaging_product === 'whatsapp') return
  throw new GraphError(100, undefined, {
    message: '(#100) The parameter messaging_product is required.',
  })
}

/** Several values as a JSON list, as `a,b`, or one alone; upper case, as Graph's enums are. */
export function enumsOf(values: JsonObject, name: string): string[] | undefined {
  return textsOf(values, name)?.map((one) => one.toUpperCase())
}

/** Several texts as a JSON list, as `a,b`, or one alone. */
export function textsOf(values: JsonObject, name: string): string[] | undefined {
  const value = unfolded(values[name])
  if (value === undefined || value === '') return undefined
  const many = Array.isArray(value) ? value.map(String) : optionalText(values, name)?.split(',')
  return many?.map((one) => one.trim())
}

/** JSON that came as text, opened. */
export function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
