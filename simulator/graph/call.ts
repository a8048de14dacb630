import { isObject, type JsonObject } from '../json.ts'
import type { Account } from '../world/account.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { Template } from '../world/template.ts'
import type { World } from '../world/world.ts'
import type { Media } from '../media/store.ts'
import type { UploadedFile } from './body.ts'
import { badParameter, missing } from './errors.ts'

/** What an id in a path stands for. */
export type Node =
  | { kind: 'number'; number: BusinessNumber }
  | { kind: 'account'; account: Account }
  | { kind: 'business'; account: Account }
  | { kind: 'app'; account: Account }
  | { kind: 'media'; media: Media }
  | { kind: 'template'; template: Template }

/** One request to the Graph API, its parameters gathered from wherever the client put them. */
export type Call<K extends Node['kind'] = Node['kind']> = {
  world: World
  node: Extract<Node, { kind: K }>
  values: JsonObject
  file?: UploadedFile
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

/** Several values as a JSON list, as `a,b`, or one alone; upper case, as Graph's enums are. */
export function enumsOf(values: JsonObject, name: string): string[] | undefined {
  const value = unfolded(values[name])
  if (value === undefined || value === '') return undefined
  const many = Array.isArray(value) ? value.map(String) : optionalText(values, name)?.split(',')
  return many?.map((one) => one.trim().toUpperCase())
}

/** JSON that came as text, opened. */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
