/** A template send is held against the definition that the account stores. */
import { objectsOf, textAt, type JsonObject } from '../../../json.ts'
import type { Recipient } from '../../../world/message.ts'
import type { Template } from '../../../world/template.ts'
import { listOf, objectOf, requiredText } from '../../call.ts'
import { GraphError } from '../../errors.ts'
import type { Sending } from '../media.ts'
import { checkButtons } from './buttons.ts'
import { checkCarousel } from './carousel.ts'
import { checkHeader } from './header.ts'
import { checkOffer } from './offer.ts'
import { checkBody } from './texts.ts'

const types = [
  'header',
  'body',
  'button',
  'carousel',
  'limited_time_offer',
  'tap_target_configuration',
  'order_status',
]

export function checkTemplate(values: JsonObject, to: Recipient, sending: Sending): Template {
  const given = objectOf(values, 'template')
  const name = requiredText(given, 'name')
  const language = requiredText(objectOf(given, 'language'), 'code')
  const template = [...sending.world.templates.values()].find(
    (one) => one.name === name && one.language === language,
  )
  if (!template) {
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}`)
  }
  checkStatus(template)
  if (template.category === 'AUTHENTICATION' && to.by === 'user') {
    throw new GraphError(131062, 'Authentication templates can only be sent to a phone number.')
  }
  checkComponents(template, componentsIn(given), sending)
  return template
}

function checkStatus({ status, name }: Template): void {
  if (status === 'PAUSED') throw new GraphError(132015, `Template ${name} is paused.`)
  if (status === 'DISABLED') throw new GraphError(132016, `Template ${name} is disabled.`)
  if (status !== 'APPROVED')
    throw new GraphError(132001, `Template ${name} is not approved: ${status}.`)
}

/** Each with its type in lower case; only buttons may come more than once. */
function componentsIn(given: JsonObject): JsonObject[] {
  if (given.components === undefined) return []
  const listed = listOf(given, 'components')
  const components = objectsOf(listed).map((one) => ({
    ...one,
    type: textAt(one, 'type')?.toLowerCase() ?? '',
  }))
  if (components.length < listed.length) {
    throw new GraphError(132018, 'components: every one must be an object')
  }
  for (const { type } of components) {
    if (!types.includes(type)) throw new GraphError(132018, `components: unknown type '${type}'`)
    const count = components.filter((one) => one.type === type).length
    if (type !== 'button' && count > 1) {
      throw new GraphError(132018, `components: there is more than one ${type}`)
    }
  }
  return components
}

function checkComponents(template: Template, given: JsonObject[], sending: Sending): void {
  const parametersOf = (type: string) =>
    objectsOf(given.find((one) => one.type === type)?.parameters)
  const part = (type: string) => template.components.find((one) => one.type === type)
  const { parameter_format: format } = template
  checkHeader(format, part('HEADER'), parametersOf('header'), sending)
  checkBody(format, part('BODY'), parametersOf('body'), part('LIMITED_TIME_OFFER') ? 600 : 1024)
  checkOffer(part('LIMITED_TIME_OFFER'), parametersOf('limited_time_offer'), sending)
  checkButtons(
    objectsOf(part('BUTTONS')?.buttons),
    given.filter((one) => one.type === 'button'),
  )
  if (template.category === 'AUTHENTICATION') checkCode(given)
  checkCarousel(
    format,
    part('CAROUSEL'),
    given.find((one) => one.type === 'carousel'),
    sending,
  )
}

const longestCode = 15

/** The code stands in the body and on the button, and must be the same in both. */
function checkCode(given: JsonObject[]): void {
  const codes = given.flatMap(({ parameters }) => {
    const [parameter] = objectsOf(parameters)
    return parameter ? [textAt(parameter, 'text')] : []
  })
  const [code = '', ...others] = codes
  if (code.length > longestCode) {
    throw new GraphError(132005, `body: a code may have ${longestCode} characters`)
  }
  if (others.some((one) => one !== code)) {
    throw new GraphError(132018, 'buttons: the code on the button differs from the one in the body')
  }
}
