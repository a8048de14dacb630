/** What a person sends by using what a message offers: its buttons, its list, its form. */
import { objectAt, objectsOf, present, textAt, type JsonObject } from '../json.ts'
import type { Arrived, Customer } from '../world/customer.ts'
import type { Template } from '../world/template.ts'

export type AnswerWish = {
  /** Which button or row: its place from 0, its id or its title; the first when absent. */
  choice?: number | string
  /** What was filled in, of a form; the place, of a location. */
  values?: JsonObject
}

type Choice = { id: string; title: string; description?: string }

/** @returns undefined when the message offers nothing, or not what was chosen */
export function answerTo(
  customer: Customer,
  arrived: Arrived,
  template: Template | undefined,
  wish: AnswerWish,
): JsonObject | undefined {
  const content =
    arrived.type === 'template'
      ? buttonOf(arrived.body, template, wish)
      : interactionOf(customer, objectAt(arrived.body, 'interactive'), wish)
  return content && { ...content, numberId: arrived.numberId, context: { id: arrived.wamid } }
}

/** A quick reply of a template carries the payload it was sent with, or else its text. */
function buttonOf(body: JsonObject, template: Template | undefined, wish: AnswerWish) {
  const buttons = objectsOf(template?.components).find(({ type }) => type === 'BUTTONS')
  const given = objectsOf(objectAt(body, 'template').components)
  const choices = objectsOf(buttons?.buttons).flatMap((button, index): Choice[] => {
    if (button.type !== 'QUICK_REPLY') return []
    const title = textAt(button, 'text') ?? ''
    const sent = given.find(
      (one) => /quick_reply/i.test(textAt(one, 'sub_type') ?? '') && Number(one.index) === index,
    )
    return [{ id: textAt(objectsOf(sent?.parameters)[0], 'payload') ?? title, title }]
  })
  const chosen = pick(choices, wish.choice)
  return chosen && { type: 'button', button: { payload: chosen.id, text: chosen.title } }
}

function interactionOf(customer: Customer, interactive: JsonObject, wish: AnswerWish) {
  const action = objectAt(interactive, 'action')
  switch (interactive.type) {
    case 'button':
    case 'carousel':
      return replyOf('button_reply', pick(repliesIn(action), wish.choice))
    case 'list':
      return replyOf('list_reply', pick(rowsIn(action), wish.choice))
    case 'flow': {
      const token = textAt(objectAt(action, 'parameters'), 'flow_token') ?? 'unused'
      return formOf('flow', { flow_token: token, ...wish.values })
    }
    case 'address_message':
      return formOf('address_message', { saved_address_id: 'address1', values: wish.values ?? {} })
    case 'location_request_message': {
      const place = { latitude: 53.5459, longitude: 10.0234, ...wish.values }
      return { type: 'location', location: place }
    }
    case 'contact_request':
      return { type: 'contacts', contacts: [ownCard(customer)] }
    case 'call_permission_request':
      return permissionOf(wish)
    case 'product':
    case 'product_list':
      return orderOf(action, wish)
    default:
      return undefined
  }
}

/** Those of the message itself, or of its cards one after the other. */
function repliesIn(action: JsonObject): Choice[] {
  const cards = objectsOf(action.cards).map((card) => objectAt(card, 'action'))
  return [action, ...cards].flatMap(({ buttons }) =>
    objectsOf(buttons).map((button) => {
      const reply = { ...objectAt(button, 'reply'), ...objectAt(button, 'quick_reply') }
      return { id: textAt(reply, 'id') ?? '', title: textAt(reply, 'title') ?? '' }
    }),
  )
}

function rowsIn(action: JsonObject): Choice[] {
  return objectsOf(action.sections)
    .flatMap(({ rows }) => objectsOf(rows))
    .map((row) => ({ ...row, id: textAt(row, 'id') ?? '', title: textAt(row, 'title') ?? '' }))
}

function replyOf(kind: 'button_reply' | 'list_reply', chosen: Choice | undefined) {
  return chosen && { type: 'interactive', interactive: { type: kind, [kind]: chosen } }
}

function formOf(name: string, response: JsonObject) {
  const reply = { name, body: 'Sent', response_json: JSON.stringify(response) }
  return { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } }
}

/** Who is asked for a phone number gives their own, whether a username hides it or not. */
function ownCard({ phone }: Customer): JsonObject {
  const phones = phone === undefined ? [] : [{ phone: `+${phone}`, wa_id: phone, type: 'CELL' }]
  return { origin: 'contact_request', phones }
}

function permissionOf({ choice, values }: AnswerWish) {
  const response = choice === 'reject' ? 'reject' : 'accept'
  const reply = { response, is_permanent: false, response_source: 'user_action', ...values }
  return {
    type: 'interactive',
    interactive: { type: 'call_permission_reply', call_permission_reply: reply },
  }
}

/** One of a product, at a price of the desk's: a catalogue is the firm's own. */
function orderOf(action: JsonObject, { choice, values }: AnswerWish) {
  const sections = objectsOf(action.sections).flatMap((one) => objectsOf(one.product_items))
  const ids = [action, ...sections].flatMap((one) => textAt(one, 'product_retailer_id') ?? [])
  const chosen = pick(
    ids.map((id) => ({ id, title: id })),
    choice,
  )
  if (!chosen) return undefined
  const item = { product_retailer_id: chosen.id, quantity: 1, item_price: 7.99, currency: 'EUR' }
  const order = { catalog_id: action.catalog_id, product_items: [{ ...item, ...values }] }
  return { type: 'order', order: present(order) }
}

function pick(choices: Choice[], wanted: number | string = 0): Choice | undefined {
  if (typeof wanted === 'number') return choices[wanted]
  return choices.find(({ id, title }) => id === wanted || title === wanted)
}
