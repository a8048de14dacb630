/** What a template must be before it is reviewed. @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components */
import { isObject, objectAt, objectsOf, textAt, type JsonObject } from '../../json.ts'
import { GraphError } from '../errors.ts'
import { variablesIn } from '../send/template-texts.ts'

const longest: Record<string, number> = { BODY: 1024, FOOTER: 60, HEADER: 60 }
const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT']

/** Refusals of a definition carry code 100 and say what is wrong in their subcode and user message. */
export function refusal(subcode: number, title: string, message: string): GraphError {
  return new GraphError(100, undefined, {
    message: 'Invalid parameter',
    subcode,
    userTitle: title,
    userMessage: message,
  })
}

/** @throws GraphError for the first rule broken; the components with their enums in upper case otherwise */
export function checkComponents(
  given: unknown[],
  category: string,
  format: 'POSITIONAL' | 'NAMED',
): JsonObject[] {
  const components = given.map((one) => {
    if (!isObject(one) || typeof one.type !== 'string') {
      throw refusal(2388047, 'Format incorrect', 'Every component needs a type.')
    }
    return { ...one, type: one.type.toUpperCase() }
  })
  const bodies = components.filter(({ type }) => type === 'BODY')
  if (bodies.length !== 1)
    throw refusal(2388072, 'Body missing', 'A template has exactly one body.')
  for (const type of ['HEADER', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER']) {
    if (components.filter((one) => one.type === type).length > 1) {
      throw refusal(2388047, 'Format incorrect', `A template has at most one ${type}.`)
    }
  }
  for (const component of components) checkOne(component, category, format)
  return components
}

type Component = JsonObject & { type: string }

function checkOne(component: Component, category: string, format: 'POSITIONAL' | 'NAMED'): void {
  const text = textAt(component, 'text') ?? ''
  const limit = longest[component.type]
  if (limit !== undefined && text.length > limit) {
    throw refusal(2388040, 'Text too long', `${component.type} may have ${limit} characters.`)
  }
  if (component.type === 'BODY' && category !== 'AUTHENTICATION') checkBody(component, text, format)
  if (component.type === 'HEADER') checkHeader(component, text)
  if (component.type === 'FOOTER' && (text === '' || variablesIn(text).length > 0)) {
    throw refusal(2388073, 'Footer format incorrect', 'A footer is text without variables.')
  }
  if (component.type === 'BUTTONS') checkButtons(objectsOf(component.buttons))
}

function checkBody(component: Component, text: string, format: 'POSITIONAL' | 'NAMED'): void {
  if (text === '') throw refusal(2388072, 'Body format incorrect', 'The body has no text.')
  const variables = variablesIn(text)
  if (/^\s*\{\{|\}\}\s*$/.test(text)) {
    throw refusal(
      2388299,
      'Variable at the edge',
      'Variables cannot be at the start or end of the body.',
    )
  }
  if (/\}\}\s*\{\{/.test(text)) {
    throw refusal(2388072, 'Body format incorrect', 'Two variables may not stand side by side.')
  }
  const isInOrder = variables.every((name, index) => name === String(index + 1))
  if (format === 'POSITIONAL' && !isInOrder) {
    throw refusal(
      2388072,
      'Body format incorrect',
      'Variables are numbered {{1}}, {{2}} and so on.',
    )
  }
  if (format === 'NAMED' && !variables.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) {
    throw refusal(2388072, 'Body format incorrect', 'Variable names are lower case.')
  }
  const words = text.split(/\s+/).length
  if (variables.length > 0 && words < variables.length * 3) {
    throw refusal(2388293, 'Too many variables', 'The body has too many variables for its length.')
  }
  const example = objectAt(component, 'example')
  const isShown = example.body_text !== undefined || example.body_text_named_params !== undefined
  if (variables.length > 0 && !isShown) {
    throw refusal(2388072, 'Example missing', 'A body with variables needs an example.')
  }
}

function checkHeader(component: Component, text: string): void {
  const format = textAt(component, 'format')?.toUpperCase() ?? ''
  component.format = format
  if (!headerFormats.includes(format)) {
    throw refusal(2388047, 'Header format incorrect', `'${format}' is no header format.`)
  }
  if (format === 'TEXT' && (text === '' || variablesIn(text).length > 1)) {
    throw refusal(
      2388047,
      'Header format incorrect',
      'A text header has text and at most one variable.',
    )
  }
}

function checkButtons(buttons: JsonObject[]): void {
  if (buttons.length < 1 || buttons.length > 10) {
    throw refusal(2388047, 'Buttons incorrect', 'A template has one to ten buttons.')
  }
  for (const button of buttons) {
    button.type = textAt(button, 'type')?.toUpperCase()
    if ((textAt(button, 'text') ?? '').length > 25) {
      throw refusal(2388040, 'Text too long', 'A button may have 25 characters.')
    }
  }
  const kinds = buttons.map(({ type }) => (type === 'QUICK_REPLY' ? 'reply' : 'other'))
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length
  if (changes > 1) {
    throw refusal(2388047, 'Buttons incorrect', 'Quick replies must stand together.')
  }
}
