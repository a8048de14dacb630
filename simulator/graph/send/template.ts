/** A template send is held against the definition that the account stores. */
import { objectAt, objectsOf, textAt, type JsonObject } from '../../json.ts'
import type { Recipient } from '../../world/message.ts'
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'
import { listOf, objectOf, requiredText } from '../call.ts'
import { GraphError } from '../errors.ts'
import { checkButtons } from './template-buttons.ts'
import { checkTexts } from './template-texts.ts'

export function checkTemplate(world: World, values: JsonObject, to: Recipient): Template {
  const given = objectOf(values, 'template')
  const name = requiredText(given, 'name')
  const language = requiredText(objectOf(given, 'language'), 'code')
  const template = [...world.templates.values()].find(
    (one) => one.name === name && one.language === language,
  )
  if (!template)
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}`)
  checkStatus(template)
  if (template.category === 'AUTHENTICATION' && to.by === 'user') {
    throw new GraphError(131062, 'Authentication templates can only be sent to a phone number.')
  }

  const components = given.components === undefined ? [] : objectsOf(listOf(given, 'components'))
  const parametersOf = (type: string) =>
    objectsOf(components.find((one) => textAt(one, 'type')?.toLowerCase() === type)?.parameters)
  checkHeader(template, parametersOf('header'))
  checkBody(template, parametersOf('body'))
  checkButtons(
    template,
    components.filter((one) => textAt(one, 'type')?.toLowerCase() === 'button'),
  )
  return template
}

function checkStatus({ status, name }: Template): void {
  if (status === 'PAUSED') throw new GraphError(132015, `Template ${name} is paused.`)
  if (status === 'DISABLED') throw new GraphError(132016, `Template ${name} is disabled.`)
  if (status !== 'APPROVED')
    throw new GraphError(132001, `Template ${name} is not approved: ${status}.`)
}

function checkBody(template: Template, parameters: JsonObject[]): void {
  const body = template.components.find((one) => one.type === 'BODY')
  // The text of an authentication template is Meta's own; its one value is the code.
  const text = template.category === 'AUTHENTICATION' ? '{{1}}' : (textAt(body, 'text') ?? '')
  checkTexts('body', template.parameter_format, text, parameters)
}

function checkHeader(template: Template, parameters: JsonObject[]): void {
  const header = template.components.find((one) => one.type === 'HEADER')
  const format = textAt(header, 'format') ?? 'NONE'
  if (format === 'TEXT' || format === 'NONE') {
    return checkTexts('header', template.parameter_format, textAt(header, 'text') ?? '', parameters)
  }
  const kind = format.toLowerCase()
  const [parameter] = parameters
  const received = textAt(parameter, 'type') ?? 'unknown'
  if (parameters.length !== 1 || received !== kind) {
    throw new GraphError(
      132012,
      `header: Format mismatch, expected ${format}, received ${received.toUpperCase()}`,
    )
  }
  const content = objectAt(parameter, kind)
  const hasFile = typeof content.id === 'string' || typeof content.link === 'string'
  if (kind !== 'location' && !hasFile) {
    throw new GraphError(132012, `header: ${kind} has neither an id nor a link`)
  }
}
