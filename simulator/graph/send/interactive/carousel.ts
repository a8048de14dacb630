/** Two to ten cards side by side, all built alike. @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-media-carousel-messages */
import { objectAt, objectsOf, textAt, type JsonObject } from '../../../json.ts'
import { listOf, objectOf, requiredText } from '../../call.ts'
import { badParameter, invalid } from '../../errors.ts'
import { counted, within } from '../limits.ts'
import { checkMediaIn, type Sending } from '../media.ts'
import { checkProduct } from './catalog.ts'
import { checkLink, checkReplies } from './choices.ts'

const longestCardText = 160
const mostLineBreaks = 2

export function checkCarousel(action: JsonObject, sending: Sending): void {
  const given = listOf(action, 'cards')
  const cards = objectsOf(given)
  if (cards.length < given.length) throw badParameter('cards', 'must hold objects')
  counted('interactive.action.cards', cards.length, 2, 10)
  const indexes = cards.map((card) => Number(card.card_index)).sort((one, two) => one - two)
  if (indexes.some((index, place) => index !== place)) {
    throw invalid('card_index', 'must number the cards from 0')
  }
  for (const card of cards) checkCard(card, sending)
  const [first = '', ...others] = cards.map(shapeOf)
  if (others.some((shape) => shape !== first)) {
    throw invalid('interactive.action.cards', 'must all have the same kind of header and buttons')
  }
}

function checkCard(card: JsonObject, sending: Sending): void {
  const action = objectOf(card, 'action')
  const type = requiredText(card, 'type')
  if (type === 'product') return checkProduct(action)
  if (type !== 'cta_url') throw invalid('card type', "must be 'cta_url' or 'product'")

  const header = objectOf(card, 'header')
  const kind = requiredText(header, 'type')
  if (kind !== 'image' && kind !== 'video') {
    throw invalid('card header', 'must be an image or a video')
  }
  checkMediaIn(`card header ${kind}`, objectOf(header, kind), sending)
  if (card.body !== undefined) {
    const text = within('card body', requiredText(objectOf(card, 'body'), 'text'), longestCardText)
    if (text.split('\n').length - 1 > mostLineBreaks) {
      throw invalid('card body', `may have ${mostLineBreaks} line breaks`)
    }
  }
  if (action.buttons === undefined) return checkLink(action)
  const buttons = listOf(action, 'buttons')
  counted('card buttons', buttons.length, 1, 2)
  checkReplies(buttons, 'quick_reply')
}

/** What has to be the same on all cards. */
function shapeOf(card: JsonObject): string {
  const action = objectAt(card, 'action')
  const header = textAt(objectAt(card, 'header'), 'type')
  return JSON.stringify([card.type, header, action.name, objectsOf(action.buttons).length])
}
