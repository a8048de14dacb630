import { isObject, present, type JsonObject } from '../json.ts'
import { GraphError } from './errors.ts'

/** What a field was asked with: `analytics.start(1).end(2)` gives `{ start: '1', end: '2' }`. */
export type Arguments = Readonly<Record<string, string>>

/** Field names, each with its arguments and, where given in braces, the fields inside it. */
type Selection = Map<string, { given: Arguments; inner: Selection }>

/** Reads `id,name,health_status{entities},analytics.start(1).end(2)`. */
export function parseFields(text: string): Selection {
  const reader = { text, at: 0 }
  const selection = readList(reader)
  if (reader.at < text.length)
    throw new GraphError(100, `Syntax error in fields near '${text.slice(reader.at)}'.`)
  return selection
}

type Reader = { text: string; at: number }

function readList(reader: Reader): Selection {
  const selection: Selection = new Map()
  for (;;) {
    const [spoken, name = '', calls = ''] = /^[\s,]*(\w*)((?:\.\w+\([^)]*\))*)\s*/.exec(
      reader.text.slice(reader.at),
    ) ?? ['']
    reader.at += spoken.length
    if (name === '') return selection
    let inner: Selection = new Map()
    if (reader.text[reader.at] === '{') {
      reader.at += 1
      inner = readList(reader)
      if (reader.text[reader.at] !== '}') throw new GraphError(100, 'Unclosed brace in fields.')
      reader.at += 1
    }
    const given = [...calls.matchAll(/\.(\w+)\(([^)]*)\)/g)].map(([, key, value]) => [key, value])
    selection.set(name, { given: Object.fromEntries(given) as Arguments, inner }) // matches are text
  }
}

/** What a node can show: each field's value now, or undefined when it has none. */
export type NodeFields = Record<string, (given: Arguments) => unknown>

/**
 * The fields asked for, `id` always among them.
 *
 * @param usual what is shown when nobody asks for anything
 * @throws GraphError 100 for a field the node does not have
 */
export function project(
  fields: NodeFields,
  asked: string | undefined,
  usual: readonly string[],
  nodeType: string,
): JsonObject {
  const selection = parseFields(asked ? asked : usual.join())
  const shown: JsonObject = {}
  for (const [name, { given, inner }] of selection) {
    const value = fields[name]
    if (!value) {
      throw new GraphError(100, undefined, {
        message: `(#100) Tried accessing nonexisting field (${name}) on node type (${nodeType})`,
      })
    }
    shown[name] = narrowed(value(given), inner)
  }
  return present({ ...shown, id: fields.id?.({}) })
}

/** Only the members named in braces; all of them when none is. */
function narrowed(value: unknown, selection: Selection): unknown {
  if (selection.size === 0) return value
  if (Array.isArray(value)) return value.map((one) => narrowed(one, selection))
  if (!isObject(value)) return value
  return Object.fromEntries(
    [...selection].flatMap(([name, { inner }]) =>
      name in value ? [[name, narrowed(value[name], inner)]] : [],
    ),
  )
}
