/** The shape of each kind of message. @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages */
import type { JsonObject } from '../../json.ts'
import { mediaKinds } from '../../media/kinds.ts'
import { listOf, objectOf, optionalFlag, optionalText, requiredText } from '../call.ts'
import { invalid, missing } from '../errors.ts'
import { checkCards } from './cards.ts'
import { checkInteractive } from './interactive/check.ts'
import { within } from './limits.ts'
import { checkMedia, type Sending } from './media.ts'

const longestText = 4096

export function checkContent(type: string, values: JsonObject, sending: Sending): void {
  if (type === 'contacts') return checkCards(listOf(values, 'contacts'))
  const content = objectOf(values, type)
  if (type === 'text') return checkText(content)
  if (type === 'location') return checkLocation(content)
  if (type === 'reaction') return checkReaction(content)
  if (type === 'interactive') return checkInteractive(content, sending)
  if (mediaKinds.some((kind) => kind === type)) checkMedia(type, content, sending)
}

function checkText(text: JsonObject): void {
  const body = requiredText(text, 'body')
  if (body.trim() === '') throw invalid('text.body', 'must not be empty')
  within('text.body', body, longestText)
  optionalFlag(text, 'preview_url')
}

function checkLocation(location: JsonObject): void {
  for (const [name, limit] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const degrees = Number(requiredText(location, name))
    if (!(Math.abs(degrees) <= limit)) throw invalid(`location.${name}`, 'is not on earth')
  }
  optionalText(location, 'name')
  optionalText(location, 'address')
}

function checkReaction(reaction: JsonObject): void {
  requiredText(reaction, 'message_id')
  const emoji = optionalText(reaction, 'emoji')
  if (emoji === undefined) throw missing('reaction.emoji')
  const signs = [...new Intl.Segmenter().segment(emoji)]
  const isEmoji = signs.length === 1 && /\p{Emoji}/u.test(emoji)
  if (emoji !== '' && !isEmoji) throw invalid('reaction.emoji', 'must be one emoji')
}
