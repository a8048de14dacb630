/**
 * Messages with buttons, lists and other things to tap, in the shape WhatsApp takes them. The schema holds the limits
 * of each member; `flawOf` the ones between members. @see facts 2.4
 */
import Type, { type Static, type TSchema } from 'typebox'
import type { Flaw } from './flaw.ts'
import { MediaId } from './ids.ts'

// A bundle that checks nothing may leave the schemas out: what makes them has no effect but them.
/* @__NO_SIDE_EFFECTS__ */
const text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
/* @__NO_SIDE_EFFECTS__ */
const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)
/** WhatsApp refuses what does not belong, such as the header of a kind that has none. */
/* @__NO_SIDE_EFFECTS__ */
const exactly = <Members extends Record<string, TSchema>>(members: Members) =>
  Type.Object(members, { additionalProperties: false })
/* @__NO_SIDE_EFFECTS__ */
const Body = (most: number) => exactly({ text: text(most) })
const Footer = exactly({ text: text(60) })

/** The firm's own file by its id here, or a public address that WhatsApp fetches. */
const File = Type.Union([
  exactly({ id: MediaId, filename: maybe(text(240)) }),
  exactly({
    link: Type.String({ pattern: '^https?://', maxLength: 2048 }),
    filename: maybe(text(240)),
  }),
])
export type InteractiveFile = Static<typeof File>
const TextHeader = exactly({ type: Type.Literal('text'), text: text(60) })
const AnyHeader = Type.Union([
  TextHeader,
  exactly({ type: Type.Literal('image'), image: File }),
  exactly({ type: Type.Literal('video'), video: File }),
  exactly({ type: Type.Literal('document'), document: File }),
])
export type InteractiveHeader = Static<typeof AnyHeader>

/* @__NO_SIDE_EFFECTS__ */
const of = <Name extends string, Members extends Record<string, TSchema>>(
  name: Name,
  members: Members,
) => exactly({ type: Type.Literal(name), ...members })

/** Up to three buttons that answer with their title. */
const Buttons = of('button', {
  header: maybe(AnyHeader),
  body: Body(1024),
  footer: maybe(Footer),
  action: exactly({
    buttons: Type.Array(
      exactly({
        type: Type.Literal('reply'),
        reply: exactly({ id: text(256), title: text(20) }),
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
  action: exactly({
    button: text(20),
    sections: Type.Array(
      exactly({
        title: maybe(text(24)),
        rows: Type.Array(
          exactly({ id: text(200), title: text(24), description: maybe(text(72)) }),
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
  action: exactly({
    name: Type.Literal('cta_url'),
    parameters: exactly({
      display_text: text(20),
      url: Type.String({ pattern: '^https?://', maxLength: 2000 }),
    }),
  }),
})
const LocationRequest = of('location_request_message', {
  body: Body(1024),
  action: exactly({ name: Type.Literal('send_location') }),
})
/** Asks for the phone number of somebody who shows none. */
const ContactRequest = of('contact_request', {
  body: Body(1024),
  action: exactly({ name: Type.Literal('request_contact_info') }),
})
const Flow = of('flow', {
  header: maybe(AnyHeader),
  body: Body(1024),
  footer: maybe(Footer),
  action: exactly({
    name: Type.Literal('flow'),
    parameters: exactly({
      flow_message_version: Type.Literal('3'),
      flow_id: maybe(text(64)),
      flow_name: maybe(text(200)),
      flow_cta: text(30),
      mode: maybe(Type.Enum(['draft', 'published'])),
      flow_token: maybe(text(512)),
      flow_action: maybe(Type.Enum(['navigate', 'data_exchange'])),
      flow_action_payload: maybe(exactly({ screen: text(200), data: maybe(Type.Object({})) })),
    }),
  }),
})
const Product = of('product', {
  body: maybe(Body(1024)),
  footer: maybe(Footer),
  action: exactly({ catalog_id: text(64), product_retailer_id: text(200) }),
})
const ProductList = of('product_list', {
  header: TextHeader,
  body: Body(1024),
  footer: maybe(Footer),
  action: exactly({
    catalog_id: text(64),
    sections: Type.Array(
      exactly({
        title: maybe(text(24)),
        product_items: Type.Array(exactly({ product_retailer_id: text(200) }), {
          minItems: 1,
          maxItems: 30,
        }),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
})

/** The whole catalogue behind one button. */
const Catalog = of('catalog_message', {
  body: Body(1024),
  footer: maybe(Footer),
  action: exactly({
    name: Type.Literal('catalog_message'),
    parameters: maybe(exactly({ thumbnail_product_retailer_id: text(200) })),
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
  Catalog,
])
export type Interactive = Static<typeof Interactive>

/** The files it shows above its text, each by its member. */
export function headerFile(interactive: Interactive): InteractiveFile | undefined {
  const header = 'header' in interactive ? interactive.header : undefined
  if (header === undefined || header.type === 'text') return undefined
  if (header.type === 'image') return header.image
  return header.type === 'video' ? header.video : header.document
}

/** The first rule between members that does not hold; undefined when WhatsApp will take it. */
export function flawOf(interactive: Interactive): Flaw | undefined {
  if (interactive.type === 'button') return flawOfButtons(interactive.action.buttons)
  if (interactive.type === 'list') return flawOfList(interactive.action.sections)
  if (interactive.type === 'product_list') {
    const { sections } = interactive.action
    const count = sections.reduce((sum, { product_items }) => sum + product_items.length, 0)
    return count > 30 ? tooMany('at most 30 products in all') : untitled(sections)
  }
  return interactive.type === 'flow' ? flawOfFlow(interactive.action.parameters) : undefined
}

function flawOfButtons(buttons: Static<typeof Buttons>['action']['buttons']): Flaw | undefined {
  const members = buttons.map(({ reply }, index) => ({
    at: `/action/buttons/${index}/reply`,
    reply,
  }))
  return (
    repeated(members.map(({ at, reply }) => ({ at: `${at}/id`, value: reply.id }))) ??
    repeated(members.map(({ at, reply }) => ({ at: `${at}/title`, value: reply.title })))
  )
}

type Sections = Static<typeof List>['action']['sections']

function flawOfList(sections: Sections): Flaw | undefined {
  const rows = sections.flatMap((section, index) =>
    section.rows.map(({ id }, row) => ({
      at: `/action/sections/${index}/rows/${row}/id`,
      value: id,
    })),
  )
  if (rows.length > 10) return tooMany('at most 10 rows in all')
  return untitled(sections) ?? repeated(rows)
}

function flawOfFlow(parameters: Static<typeof Flow>['action']['parameters']): Flaw | undefined {
  const { flow_id, flow_name, flow_cta } = parameters
  const at = '/action/parameters'
  if (flow_id !== undefined && flow_name !== undefined) {
    return { at: `${at}/flow_name`, rule: 'unexpected', reason: 'flow_id or flow_name, not both' }
  }
  if (flow_id === undefined && flow_name === undefined) {
    return { at: `${at}/flow_id`, rule: 'missing', reason: 'flow_id or flow_name is needed' }
  }
  return /\p{Extended_Pictographic}/u.test(flow_cta)
    ? { at: `${at}/flow_cta`, rule: 'malformed', reason: 'no emoji' }
    : undefined
}

function tooMany(reason: string): Flaw {
  return { at: '/action/sections', rule: 'too-many', reason }
}

function untitled(sections: readonly { title?: string | undefined }[]): Flaw | undefined {
  const index = sections.findIndex(({ title }) => title === undefined)
  if (sections.length < 2 || index < 0) return undefined
  const reason = 'needed when there are several sections'
  return { at: `/action/sections/${index}/title`, rule: 'missing', reason }
}

function repeated(members: readonly { at: string; value: string }[]): Flaw | undefined {
  const again = members.find(
    ({ value }, index) => members.findIndex((one) => one.value === value) < index,
  )
  return again && { at: again.at, rule: 'repeated', reason: 'must differ from the others' }
}
