/** A filled template → the `template` object of a message. Pure; facts 2.5. */
import type {
  TemplateButton,
  TemplateHeader,
  TemplateParams,
  TemplateUse,
} from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import { uploadedAs, type Uploads } from './uploads.ts'

type Part = Pick<TemplateUse, 'header' | 'buttons'> & { params?: TemplateParams | undefined }
type Component = Record<string, unknown>

export function templateBody(use: TemplateUse, uploads: Uploads | undefined) {
  const { name, language, cards = [] } = use
  const components = componentsOf(use, uploads)
  if (cards.length > 0) {
    const filled = cards.map((card, index) => ({
      card_index: index,
      components: componentsOf(card, uploads),
    }))
    components.push({ type: 'carousel', cards: filled })
  }
  return {
    name,
    language: { code: language },
    ...(components.length === 0 ? {} : { components }),
  }
}

/** What a template or one of its cards is filled with; what takes no value is left out. */
function componentsOf({ header, params, buttons = [] }: Part, uploads?: Uploads): Component[] {
  const components: Component[] = []
  const above = header === undefined ? [] : headerParameters(header, uploads)
  const inside = texts(params ?? [])
  if (above.length > 0) components.push({ type: 'header', parameters: above })
  if (inside.length > 0) components.push({ type: 'body', parameters: inside })
  return [...components, ...buttons.map(buttonComponent)]
}

function headerParameters(header: TemplateHeader, uploads: Uploads | undefined): object[] {
  const { type } = header
  if (type === 'text') return texts(header.params)
  if (type === 'location') return [{ type, location: header.location }]
  const { id, fileName } = header.media
  const isNamed = type === 'document' && fileName !== undefined
  const file = { id: uploadedAs(id, uploads), ...(isNamed ? { filename: fileName } : {}) }
  return [{ type, [type]: file }]
}

function texts(params: TemplateParams): object[] {
  return Array.isArray(params)
    ? params.map((text) => ({ type: 'text', text }))
    : Object.entries(params).map(([name, text]) => ({ type: 'text', parameter_name: name, text }))
}

function buttonComponent({ index, type, value }: TemplateButton): Component {
  const { subType, parameter } = must(said[type], `words for a ${type} button with a value`)(value)
  return { type: 'button', sub_type: subType, index: String(index), parameters: [parameter] }
}

type Said = { subType: string; parameter: object }

const linkEnd = (text: string): Said => ({ subType: 'url', parameter: { type: 'text', text } })

/** How each kind of button that takes a value is spoken of in a message. An authentication's counts as a link. */
const said: Readonly<Record<string, (value: string) => Said>> = {
  URL: linkEnd,
  OTP: linkEnd,
  QUICK_REPLY: (payload) => ({
    subType: 'quick_reply',
    parameter: { type: 'payload', payload },
  }),
  COPY_CODE: (code) => ({
    subType: 'copy_code',
    parameter: { type: 'coupon_code', coupon_code: code },
  }),
  FLOW: (token) => ({
    subType: 'flow',
    parameter: { type: 'action', action: { flow_token: token } },
  }),
}
