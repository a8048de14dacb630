import { objectAt, textAt, type JsonObject } from '../../../json.ts'
import type { Template } from '../../../world/template.ts'
import { GraphError } from '../../errors.ts'

/** The names between double braces, each once, in order of appearance. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? ''))]
}

/** @param part the template's body; without one there is nothing to fill in */
export function checkBody(
  format: Template['parameter_format'],
  part: JsonObject | undefined,
  parameters: JsonObject[],
  longest: number,
): void {
  checkTexts('body', format, textAt(part, 'text') ?? '', parameters, longest)
}

/** The values for a text's variables: as many as there are, of the right kind, and not too long together. */
export function checkTexts(
  where: 'header' | 'body',
  format: Template['parameter_format'],
  text: string,
  parameters: JsonObject[],
  longest: number,
): void {
  const variables = variablesIn(text)
  if (parameters.length !== variables.length) {
    throw new GraphError(
      132000,
      `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    )
  }
  const values = new Map<string, string>()
  for (const [index, parameter] of parameters.entries()) {
    values.set(nameOf(where, format, variables, parameter, index), valueOf(where, parameter))
  }
  if (values.size < parameters.length) {
    throw new GraphError(132012, `${where}: a parameter_name is given twice`)
  }
  const whole = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values.get(name) ?? '')
  if (whole.length > longest) {
    throw new GraphError(
      132005,
      `${where}: the text with its values is longer than ${longest} characters`,
    )
  }
}

function nameOf(
  where: string,
  format: Template['parameter_format'],
  variables: string[],
  parameter: JsonObject,
  index: number,
): string {
  const name = textAt(parameter, 'parameter_name')
  if (format === 'POSITIONAL') {
    if (name === undefined) return String(index + 1)
    throw new GraphError(
      132012,
      `${where}: parameter_name is not expected in a positional template`,
    )
  }
  if (name === undefined) throw new GraphError(132012, `${where}: parameter_name is missing`)
  if (!variables.includes(name))
    throw new GraphError(132012, `${where}: there is no parameter '${name}'`)
  return name
}

function valueOf(where: string, parameter: JsonObject): string {
  const type = textAt(parameter, 'type')
  const value =
    type === 'text'
      ? textAt(parameter, 'text')
      : type === 'currency' || type === 'date_time'
        ? textAt(objectAt(parameter, type), 'fallback_value')
        : undefined
  if (value === undefined || value === '') {
    throw new GraphError(
      132012,
      `${where}: Format mismatch, expected TEXT, received ${(type ?? 'unknown').toUpperCase()}`,
    )
  }
  if (/[\n\r\t]| {5}/.test(value)) {
    throw new GraphError(
      132012,
      `${where}: a value may not contain new lines, tabs or more than four spaces in a row`,
    )
  }
  return value
}
