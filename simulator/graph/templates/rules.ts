/** What a template must be before it is reviewed. @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components */
import { isObject, objectAt, objectsOf, textAt, type JsonObject } from '../../json.ts'
import type { World } from '../../world/world.ts'
import { variablesIn } from '../send/template/texts.ts'
import { fixedComponents } from './authentication.ts'
import { checkButtons } from './buttons.ts'
import { checkBody } from './body.ts'
import { refusal } from './refusal.ts'

export type Draft = { category: string; language: string; format: 'POSITIONAL' | 'NAMED' }

const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT']
const fileFormats = ['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF']
const single = ['HEADER', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER']

/** @throws GraphError for the first rule broken; the components with their enums in upper case otherwise */
export function checkComponents(world: World, given: unknown[], draft: Draft): JsonObject[] {
  const components = given.map(upperCased)
  const ofType = (type: string) => components.filter((one) => one.type === type)
  if (ofType('BODY').length !== 1) {
    throw refusal(2388072, 'Body missing', 'A template has exactly one body.')
  }
  for (const type of single) {
    if (ofType(type).length > 1) {
      throw refusal(2388047, 'Format incorrect', `A template has at most one ${type}.`)
    }
  }
  if (draft.category === 'AUTHENTICATION') return fixedComponents(components, draft.language)

  const [offer] = ofType('LIMITED_TIME_OFFER')
  const [header] = ofType('HEADER')
  const longestBody = offer
    ? 600
    : textAt(header, 'format')?.toUpperCase() === 'PRODUCT'
      ? 160
      : 1024
  for (const component of components) checkOne(world, component, draft, longestBody)
  if (offer) checkOffer(offer, components, draft)
  for (const carousel of ofType('CAROUSEL')) checkCarousel(world, carousel, draft)
  return components
}

type Component = JsonObject & { type: string }

function upperCased(one: unknown): Component {
  if (!isObject(one) || typeof one.type !== 'string') {
    throw refusal(2388047, 'Format incorrect', 'Every component needs a type.')
  }
  return { ...one, type: one.type.toUpperCase() }
}

function checkOne(world: World, component: Component, draft: Draft, longestBody: number): void {
  const text = textAt(component, 'text') ?? ''
  if (component.type === 'BODY') checkBody(component, text, draft.format, longestBody)
  if (component.type === 'HEADER') checkHeader(world, component, text)
  if (component.type === 'FOOTER') checkFooter(text)
  if (component.type === 'BUTTONS') checkButtons(objectsOf(component.buttons), 10)
}

function checkFooter(text: string): void {
  if (text === '' || variablesIn(text).length > 0) {
    throw refusal(2388073, 'Footer format incorrect', 'A footer is text without variables.')
  }
  if (text.length > 60) throw refusal(2388040, 'Text too long', 'A footer may have 60 characters.')
}

function checkHeader(world: World, component: Component, text: string): void {
  const format = textAt(component, 'format')?.toUpperCase() ?? ''
  component.format = format
  const wrong = (why: string) => refusal(2388047, 'Header format incorrect', why)
  if (!headerFormats.includes(format)) throw wrong(`'${format}' is no header format.`)
  const example = objectAt(component, 'example')
  if (fileFormats.includes(format)) {
    const [handle] = Array.isArray(example.header_handle)
      ? (example.header_handle as unknown[])
      : []
    const isFile = typeof handle === 'string' && world.uploads.withHandle(handle) !== undefined
    if (!isFile) throw wrong('A header with a file needs the handle of an uploaded example.')
  }
  if (format !== 'TEXT') return
  const variables = variablesIn(text)
  if (text === '' || variables.length > 1) {
    throw wrong('A text header has text and at most one variable.')
  }
  if (text.length > 60) throw refusal(2388040, 'Text too long', 'A header may have 60 characters.')
  const isShown =
    example.header_text !== undefined || example.header_text_named_params !== undefined
  if (variables.length > 0 && !isShown) throw wrong('A header with a variable needs an example.')
}

/** A countdown in a marketing message, with a code to copy and a link to go to. */
function checkOffer(offer: Component, components: Component[], { category }: Draft): void {
  const wrong = (why: string) => refusal(2388047, 'Limited-time offer incorrect', why)
  const text = textAt(objectAt(offer, 'limited_time_offer'), 'text') ?? ''
  if (category !== 'MARKETING') throw wrong('A limited-time offer is marketing.')
  if (text === '' || text.length > 16) throw wrong('Its text has 1 to 16 characters.')
  if (components.some((one) => one.type === 'FOOTER')) throw wrong('It goes without a footer.')
  const header = components.find((one) => one.type === 'HEADER')
  if (header && header.format !== 'IMAGE' && header.format !== 'VIDEO') {
    throw wrong('Its header is an image or a video.')
  }
  const buttons = objectsOf(components.find((one) => one.type === 'BUTTONS')?.buttons)
  const kinds = buttons.map((one) => one.type)
  if (!kinds.includes('COPY_CODE') || !kinds.includes('URL')) {
    throw wrong('It needs a button to copy a code and one with a link.')
  }
}

/** Two to ten cards that are built alike. */
function checkCarousel(world: World, carousel: Component, draft: Draft): void {
  const wrong = (why: string) => refusal(2388047, 'Carousel incorrect', why)
  if (draft.category !== 'MARKETING') throw wrong('A carousel is marketing.')
  const cards = objectsOf(carousel.cards)
  if (cards.length < 2 || cards.length > 10) throw wrong('A carousel has two to ten cards.')
  const shapes = cards.map((card) => {
    const components = objectsOf(card.components).map(upperCased)
    card.components = components
    for (const component of components) {
      if (component.type === 'BUTTONS') checkButtons(objectsOf(component.buttons), 2)
      else checkOne(world, component, draft, 160)
    }
    const header = components.find(({ type }) => type === 'HEADER')
    if (!header || !['IMAGE', 'VIDEO', 'PRODUCT'].includes(String(header.format))) {
      throw wrong('Every card has a header with an image, a video or a product.')
    }
    const buttons = objectsOf(components.find(({ type }) => type === 'BUTTONS')?.buttons)
    return JSON.stringify([
      components.map(({ type }) => type),
      header.format,
      buttons.map((one) => one.type),
    ])
  })
  if (new Set(shapes).size > 1) throw wrong('All cards have the same components.')
}
