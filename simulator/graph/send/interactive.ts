import { isObject, objectsOf, type JsonObject } from '../../json.ts'
import { listOf, objectOf, optionalText, requiredText } from '../call.ts'
import { badParameter, invalid, missing } from '../errors.ts'

const withoutBody = ['product']
const shapeOnly = [
  'location_request_message',
  'flow',
  'product',
  'product_list',
  'catalog_message',
  'carousel',
  'contact_request',
  'address_message',
  'call_permission_request',
  'voice_call',
  'order_details',
  'order_status',
]

/** Buttons, lists and links in full; of the rarer kinds only that they have a body and an action. */
export function checkInteractive(interactive: JsonObject): void {
  const type = requiredText(interactive, 'type')
  const action = objectOf(interactive, 'action')
  if (!withoutBody.includes(type)) {
    const body = requiredText(objectOf(interactive, 'body'), 'text')
    within('interactive.body.text', body, type === 'list' ? 4096 : 1024)
  }
  if (interactive.footer !== undefined) {
    within('interactive.footer.text', requiredText(objectOf(interactive, 'footer'), 'text'), 60)
  }
  if (interactive.header !== undefined) checkHeader(type, objectOf(interactive, 'header'))

  if (type === 'button') return checkButtons(listOf(action, 'buttons'))
  if (type === 'list') return checkList(action)
  if (type === 'cta_url') return checkLink(action)
  if (!shapeOnly.includes(type)) throw invalid('interactive.type', `'${type}' is unknown`)
}

function checkHeader(type: string, header: JsonObject): void {
  const kind = requiredText(header, 'type')
  if (kind === 'text') {
    within('interactive.header.text', requiredText(header, 'text'), 60)
    return
  }
  if (type === 'list') throw invalid('interactive.header.type', 'must be text for a list')
  if (!['image', 'video', 'document'].includes(kind)) {
    throw invalid('interactive.header.type', `'${kind}' is unknown`)
  }
  objectOf(header, kind)
}

function checkButtons(buttons: unknown[]): void {
  if (buttons.length < 1 || buttons.length > 3) {
    throw invalid('interactive.action.buttons', 'must be one to three')
  }
  const replies = buttons.map((button) => {
    if (!isObject(button)) throw badParameter('interactive.action.buttons', 'must hold objects')
    if (button.type !== 'reply') throw invalid('button.type', "must be 'reply'")
    return objectOf(button, 'reply')
  })
  unlike(
    'button id',
    replies.map((reply) => within('button id', requiredText(reply, 'id'), 256)),
  )
  unlike(
    'button title',
    replies.map((reply) => within('button title', requiredText(reply, 'title'), 20)),
  )
}

function checkList(action: JsonObject): void {
  within('interactive.action.button', requiredText(action, 'button'), 20)
  const sections = objectsOf(listOf(action, 'sections'))
  if (sections.length < 1 || sections.length > 10) {
    throw invalid('interactive.action.sections', 'must be one to ten')
  }
  for (const section of sections) {
    const title = optionalText(section, 'title')
    if (title !== undefined) within('section title', title, 24)
    else if (sections.length > 1) throw missing('section title')
  }
  const rows = sections.flatMap((section) => objectsOf(listOf(section, 'rows')))
  if (rows.length < 1 || rows.length > 10) throw invalid('rows', 'must be one to ten in total')
  unlike(
    'row id',
    rows.map((row) => within('row id', requiredText(row, 'id'), 200)),
  )
  for (const row of rows) {
    within('row title', requiredText(row, 'title'), 24)
    within('row description', optionalText(row, 'description') ?? ' ', 72)
  }
}

function checkLink(action: JsonObject): void {
  if (action.name !== 'cta_url') throw invalid('interactive.action.name', "must be 'cta_url'")
  const parameters = objectOf(action, 'parameters')
  within('display_text', requiredText(parameters, 'display_text'), 20)
  if (!URL.canParse(requiredText(parameters, 'url'))) throw invalid('url', 'is not an address')
}

function within(name: string, text: string, limit: number): string {
  if (text.length > limit) throw invalid(name, `must be at most ${limit} characters long`)
  return text
}

function unlike(name: string, texts: string[]): void {
  if (new Set(texts).size < texts.length) throw invalid(name, 'must not repeat')
}
