/** A template as the Graph lists it → our own words. Pure and lenient; facts 4.1, 4.2. */
import Type, { type Static, type TSchema } from 'typebox'
import Value from 'typebox/value'
import type {
  Template,
  TemplateButtonDefinition,
  TemplateCardDefinition,
  TemplateHeaderDefinition,
} from '../../core/domain/template.ts'
import { present } from '../../core/lib/present.ts'
import { storableJson } from '../../core/lib/text.ts'

const maybe = Type.Optional
const Loose = maybe(Type.Unknown())

export const TemplateNode = Type.Object({
  id: Type.String(),
  name: Type.String(),
  language: Type.String(),
  status: Type.String(),
  category: Type.String(),
  components: Loose,
  parameter_format: Loose,
  quality_score: Loose,
  rejected_reason: Loose,
  correct_category: Loose,
})
export type TemplateNode = Static<typeof TemplateNode>

/** What to ask for; without it the Graph leaves out what is below. */
export const templateFields = Object.keys(TemplateNode.properties).join(',')

/** What WhatsApp says of a template; the rest of the row is ours. */
export type SeenTemplate = Omit<Template, 'id' | 'accountId' | 'updatedAtMs' | 'isGone'>

const Component = Type.Object({
  type: Type.String(),
  format: maybe(Type.String()),
  text: maybe(Type.String()),
  buttons: maybe(Type.Array(Type.Unknown())),
  cards: maybe(Type.Array(Type.Unknown())),
  example: Loose,
})
type Component = Static<typeof Component>
const Card = Type.Object({ components: Type.Array(Type.Unknown()) })
const Button = Type.Object({
  type: Type.String(),
  text: maybe(Type.String()),
  url: maybe(Type.String()),
  phone_number: maybe(Type.String()),
  example: Loose,
})
const Quality = Type.Object({ score: Type.String() })
const ByPlace = Type.Object({ body_text: Type.Array(Type.Array(Type.String()), { minItems: 1 }) })
const ByName = Type.Object({
  body_text_named_params: Type.Array(
    Type.Object({ param_name: Type.String(), example: Type.String() }),
  ),
})

export function readTemplate(node: TemplateNode): SeenTemplate {
  const components = understood(Component, node.components)
  const isCode = node.category.toUpperCase() === 'AUTHENTICATION'
  const body = ofType(components, 'BODY')
  const cards = (ofType(components, 'CAROUSEL')?.cards ?? []).map(readCard)
  const buttons = readButtons(ofType(components, 'BUTTONS'))
  const header = readHeader(ofType(components, 'HEADER'))
  const correct = textIn(node.correct_category)
  const seen: SeenTemplate = {
    metaId: node.id,
    name: node.name,
    language: node.language,
    status: node.status.toUpperCase(),
    category: node.category.toUpperCase(),
    quality: Value.Check(Quality, node.quality_score) ? node.quality_score.score : 'UNKNOWN',
    format: node.parameter_format === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    // The text of a code is Meta's own, and not always told: its one value is the code.
    body: body?.text ?? (isCode ? '{{1}}' : ''),
    buttons,
    examples: readExamples(body?.example),
    ...present({
      header,
      footer: ofType(components, 'FOOTER')?.text,
      cards: cards.length === 0 ? undefined : cards,
      hasUnknownParts: isUnderstood(node, components, [header], buttons, cards) ? undefined : true,
      rejectedReason: node.rejected_reason === 'NONE' ? undefined : textIn(node.rejected_reason),
      coming:
        correct === undefined || correct === node.category ? undefined : { category: correct },
    }),
  }
  return storableJson(seen)
}

const knownParts = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL']
const knownHeaders = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION']
/** Those that can be sent with one value or none. */
const knownButtons = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'OTP',
  'CATALOG',
  'VOICE_CALL',
  'CALL_PERMISSION_REQUEST',
  'REQUEST_CONTACT_INFO',
]

/** Whether everything in it is something that a message can be made of here. */
function isUnderstood(
  node: TemplateNode,
  components: readonly Component[],
  headers: readonly (TemplateHeaderDefinition | undefined)[],
  buttons: readonly TemplateButtonDefinition[],
  cards: readonly TemplateCardDefinition[],
): boolean {
  const isWhole = Array.isArray(node.components) && node.components.length === components.length
  const allHeaders = [...headers, ...cards.map(({ header }) => header)]
  const allButtons = [...buttons, ...cards.flatMap((card) => card.buttons)]
  return (
    isWhole &&
    components.every(({ type }) => knownParts.includes(type.toUpperCase())) &&
    allHeaders.every((one) => one === undefined || knownHeaders.includes(one.format)) &&
    allButtons.every(({ type }) => knownButtons.includes(type))
  )
}

function readHeader(component: Component | undefined): TemplateHeaderDefinition | undefined {
  if (component === undefined) return undefined
  const format = component.format?.toUpperCase() ?? 'TEXT'
  return { format, ...present({ text: component.text }) }
}

/** What stands in the place of something that cannot be read, so that the places of the others stay right. */
const unreadable: TemplateButtonDefinition = { type: 'UNREADABLE' }

function readButtons(component: Component | undefined): TemplateButtonDefinition[] {
  return (component?.buttons ?? []).map((button) => {
    if (!Value.Check(Button, button)) return unreadable
    const { type, text, url, phone_number: phone, example } = button
    return { type: type.toUpperCase(), ...present({ text, url, phone, example: textsIn(example) }) }
  })
}

function readCard(card: unknown): TemplateCardDefinition {
  const components = Value.Check(Card, card) ? card.components : [undefined]
  const parts = understood(Component, components)
  const buttons = readButtons(ofType(parts, 'BUTTONS'))
  if (parts.length < components.length) buttons.push(unreadable)
  const header = readHeader(ofType(parts, 'HEADER'))
  return { buttons, ...present({ header, body: ofType(parts, 'BODY')?.text }) }
}

/** By name or, for positional ones, by number from 1. */
function readExamples(example: unknown): Record<string, string> {
  if (Value.Check(ByName, example)) {
    const named = example.body_text_named_params
    return Object.fromEntries(named.map((one) => [one.param_name, one.example]))
  }
  const [first = []] = Value.Check(ByPlace, example) ? example.body_text : []
  return Object.fromEntries(first.map((value, index) => [String(index + 1), value]))
}

function ofType(components: readonly Component[], type: string): Component | undefined {
  return components.find((one) => one.type.toUpperCase() === type)
}

function understood<S extends TSchema>(schema: S, items: unknown): Static<S>[] {
  const list: unknown[] = Array.isArray(items) ? items : []
  return list.filter((item): item is Static<S> => Value.Check(schema, item))
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsIn(value: unknown): string[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  return texts.length === 0 ? undefined : texts
}
