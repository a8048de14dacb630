/**
 * Messages with buttons, lists and other things to tap, in the shape WhatsApp takes them. The schema holds the limits
 * of each member; `flawOf` the ones between members. @see facts 2.4
 */
import Type, { type Static, type TSchema } from 'typebox'
import { MediaId } from './ids.ts'

const text = (most: number) => Type.String({ minLength: 1, maxLength: most })
const maybe = Type.Optional
const Body = (most: number) => Type.Object({ text: text(most) })
const Footer = Type.Object({ text: text(60) })

/** The firm's own file by its id here, or a public address that WhatsApp fetches. */
const File = Type.Union([
  Type.Object({ id: MediaId, filename: maybe(text(240)) }),
  Type.Object({
    link: Type.String({ pattern: '^https?://', maxLength: 2048 }),
    filename: maybe(text(240)),
  }),
])
const TextHeader = Type.Object({ type: Type.Literal('text'), text: text(60) })
const AnyHeader = Type.Union([
  TextHeader,
  Type.Object({ type: Type.Literal('image'), image: File }),
  Type.Object({ type: Type.Literal('video'), video: File }),
  Type.Object({ type: Type.Literal('document'), document: File }),
])
export type InteractiveHeader = Static<typeof AnyHeader>

const of = <Name extends string, Members extends Record<string, TSchema>>(
  name: Name,
  members: Members,
) => Type.Object({ type: Type.Literal(name), ...members })

/** Up to three buttons that answer with their title. */
const Buttons = of('button', {
  header: maybe(AnyHeader),
  body: Body(1024),
  footer: maybe(Footer),
  action: Type.Object({
    buttons: Type.Array(
      Type.Object({
        type: Type.Literal('reply'),
        reply: Type.Object({ id: text(256), title: text(20) }),
      }),
      { minItems: 1, maxItems: 3 },
    ),
  }),
})
/** A list that opens at a tap: at most ten rows in all. */
const List = of('list', {
  header: maybe(TextHeader),
  body: Body(4096),
  footer: maybe(Footer),
  action: Type.Object({
    button: text(20),
    sections: Type.Array(
      Type.Object({
        title: maybe(text(24)),
        rows: Type.Array(
          Type.Object({ id: text(200), title: text(24), description: maybe(text(72)) }),
          { minItems: 1, maxItems: 10 },
        ),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
})
/** One button that opens an address. */
const LinkButton = of('cta_url', {
  header: maybe(AnyHeader),
  body: Body(1024),
  footer: maybe(Footer),
  action: Type.Object({
    name: Type.Literal('cta_url'),
    parameters: Type.Object({
      display_text: text(20),
      url: Type.String({ pattern: '^https?://', maxLength: 2000 }),
    }),
  }),
})
const LocationRequest = of('location_request_message', {
  body: Body(1024),
  action: Type.Object({ name: Type.Literal('send_location') }),
})
/** Asks for the phone number of somebody who shows none. */
const ContactRequest = of('contact_request', {
  body: Body(1024),
  action: Type.Object({ name: Type.Literal('request_contact_info') }),
})
const Flow = of('flow', {
  header: maybe(AnyHeader),
  body: Body(1024),
  footer: maybe(Footer),
  action: Type.Object({
    name: Type.Literal('flow'),
    parameters: Type.Object({
      flow_message_version: Type.Literal('3'),
      flow_id: maybe(text(64)),
      flow_name: maybe(text(200)),
      flow_cta: text(30),
      mode: maybe(Type.Enum(['draft', 'published'])),
      flow_token: maybe(text(512)),
      flow_action: maybe(Type.Enum(['navigate', 'data_exchange'])),
      flow_action_payload: maybe(Type.Object({ screen: text(200), data: maybe(Type.Object({})) })),
    }),
  }),
})
const Product = of('product', {
  body: maybe(Body(1024)),
  footer: maybe(Footer),
  action: Type.Object({ catalog_id: text(64), product_retailer_id: text(200) }),
})
const ProductList = of('product_list', {
  header: TextHeader,
  body: Body(1024),
  footer: maybe(Footer),
  action: Type.Object({
    catalog_id: text(64),
    sections: Type.Array(
      Type.Object({
        title: maybe(text(24)),
        product_items: Type.Array(Type.Object({ product_retailer_id: text(200) }), {
          minItems: 1,
          maxItems: 30,
        }),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
})

export const Interactive = Type.Union([
  Buttons,
  List,
  LinkButton,
  LocationRequest,
  ContactRequest,
  Flow,
  Product,
  ProductList,
])
export type Interactive = Static<typeof Interactive>

/** What is wrong with a member, named by its path from the interactive object. */
export type Flaw = { at: string; reason: string }

/** The first rule between members that does not hold; undefined when WhatsApp will take it. */
export function flawOf(interactive: Interactive): Flaw | undefined {
  if (interactive.type === 'button') {
    const replies = interactive.action.buttons.map(({ reply }) => reply)
    return (
      repeated(
        replies.map(({ id }) => id),
        '/action/buttons',
        'ids must differ',
      ) ??
      repeated(
        replies.map(({ title }) => title),
        '/action/buttons',
        'titles must differ',
      )
    )
  }
  if (interactive.type === 'list') return flawOfList(interactive.action.sections)
  if (interactive.type === 'product_list') {
    const { sections } = interactive.action
    const count = sections.reduce((sum, { product_items }) => sum + product_items.length, 0)
    if (count > 30) return { at: '/action/sections', reason: 'at most 30 products in all' }
    return untitled(sections)
  }
  if (interactive.type === 'flow') {
    const { flow_id, flow_name } = interactive.action.parameters
    if ((flow_id === undefined) === (flow_name === undefined)) {
      return { at: '/action/parameters', reason: 'exactly one of flow_id and flow_name' }
    }
  }
  return undefined
}

type Sections = Static<typeof List>['action']['sections']

function flawOfList(sections: Sections): Flaw | undefined {
  const rows = sections.flatMap((section) => section.rows)
  if (rows.length > 10) return { at: '/action/sections', reason: 'at most 10 rows in all' }
  return (
    untitled(sections) ??
    repeated(
      rows.map(({ id }) => id),
      '/action/sections',
      'row ids must differ',
    )
  )
}

function untitled(sections: readonly { title?: string | undefined }[]): Flaw | undefined {
  if (sections.length < 2) return undefined
  const index = sections.findIndex(({ title }) => title === undefined)
  return index < 0
    ? undefined
    : { at: `/action/sections/${index}/title`, reason: 'needed when there are several sections' }
}

function repeated(values: readonly string[], at: string, reason: string): Flaw | undefined {
  return new Set(values).size === values.length ? undefined : { at, reason }
}
