/** What a person can tap on: reply buttons, a list, a link. */
import { isObject, objectsOf, type JsonObject } from '../../../json.ts'
import { listOf, objectOf, optionalText, requiredText } from '../../call.ts'
import { badParameter, invalid, missing } from '../../errors.ts'
import { counted, unlike, within } from '../limits.ts'

export function checkButtons(action: JsonObject): void {
  const buttons = listOf(action, 'buttons')
  counted('interactive.action.buttons', buttons.length, 1, 3)
  checkReplies(buttons, 'reply')
}

/** @param kind what a button's type and its member are called; carousels say `quick_reply` */
export function checkReplies(buttons: unknown[], kind: 'reply' | 'quick_reply'): void {
  const replies = buttons.map((button) => {
    if (!isObject(button)) throw badParameter('interactive.action.buttons', 'must hold objects')
    if (button.type !== kind) throw invalid('button.type', `must be '${kind}'`)
    return objectOf(button, kind)
  })
  const ids = replies.map((reply) => within('button id', requiredText(reply, 'id'), 256))
  const titles = replies.map((reply) => within('button title', requiredText(reply, 'title'), 20))
  unlike('button id', ids)
  unlike('button title', titles)
}

export function checkList(action: JsonObject): void {
  within('interactive.action.button', requiredText(action, 'button'), 20)
  const sections = objectsOf(listOf(action, 'sections'))
  counted('interactive.action.sections', sections.length, 1, 10)
  for (const section of sections) {
    const title = optionalText(section, 'title')
    if (title !== undefined) within('section title', title, 24)
    else if (sections.length > 1) throw missing('section title')
  }
  const rows = sections.flatMap((section) => objectsOf(listOf(section, 'rows')))
  counted('rows in all sections', rows.length, 1, 10)
  unlike(
    'row id',
    rows.map((row) => within('row id', requiredText(row, 'id'), 200)),
  )
  for (const row of rows) {
    within('row title', requiredText(row, 'title'), 24)
    within('row description', optionalText(row, 'description') ?? '', 72)
  }
}

export function checkLink(action: JsonObject): void {
  if (action.name !== 'cta_url') throw invalid('interactive.action.name', "must be 'cta_url'")
  const parameters = objectOf(action, 'parameters')
  within('display_text', requiredText(parameters, 'display_text'), 20)
  if (!URL.canParse(requiredText(parameters, 'url'))) throw invalid('url', 'is not an address')
}
