import { objectAt, type JsonObject } from '../../json.ts'
import { variablesIn } from '../send/template/texts.ts'
import { refusal } from './refusal.ts'

const wrong = (why: string) => refusal(2388072, 'Body format incorrect', why)

export function checkBody(
  component: JsonObject,
  text: string,
  format: 'POSITIONAL' | 'NAMED',
  longest: number,
): void {
  if (text === '') throw wrong('The body has no text.')
  if (text.length > longest) {
    throw refusal(2388040, 'Text too long', `The body may have ${longest} characters.`)
  }
  const variables = variablesIn(text)
  if (variables.length === 0) return
  checkPlaces(text, variables)
  checkNames(variables, format)
  const example = objectAt(component, 'example')
  if (example.body_text === undefined && example.body_text_named_params === undefined) {
    throw wrong('A body with variables needs an example.')
  }
}

function checkPlaces(text: string, variables: string[]): void {
  if (/^\s*\{\{|\}\}\s*$/.test(text)) {
    throw refusal(
      2388299,
      'Variable at the edge',
      'Variables cannot be at the start or end of the body.',
    )
  }
  if (/\}\}\s*\{\{/.test(text)) throw wrong('Two variables may not stand side by side.')
  if (text.split(/\s+/).length < variables.length * 3) {
    throw refusal(2388293, 'Too many variables', 'The body has too many variables for its length.')
  }
}

function checkNames(variables: string[], format: 'POSITIONAL' | 'NAMED'): void {
  if (format === 'NAMED') {
    if (variables.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) return
    throw wrong('Variable names are lower case.')
  }
  const isInOrder = variables.every((name, index) => name === String(index + 1))
  if (!isInOrder) throw wrong('Variables are numbered {{1}}, {{2}} and so on.')
}
