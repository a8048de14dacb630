/** The shape of each kind of message. @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages */
import { isObject, type JsonObject } from '../../json.ts'
import { mediaKinds } from '../../media/kinds.ts'
import type { BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { listOf, objectOf, optionalText, requiredText } from '../call.ts'
import { badParameter, invalid, missing } from '../errors.ts'
import { checkInteractive } from './interactive.ts'

const longestText = 4096
const longestCaption = 1024
const mostContacts = 257

export function checkContent(
  world: World,
  number: BusinessNumber,
  type: string,
  values: JsonObject,
): void {
  if (type === 'contacts') return checkContacts(listOf(values, 'contacts'))
  const content = objectOf(values, type)
  if (type === 'text') return checkText(content)
  if (type === 'location') return checkLocation(content)
  if (type === 'reaction') return checkReaction(content)
  if (type === 'interactive') return checkInteractive(content)
  if (mediaKinds.some((kind) => kind === type)) checkMedia(world, number, type, content)
}

function checkText(text: JsonObject): void {
  const body = requiredText(text, 'body')
  if (body.trim() === '') throw invalid('text.body', 'must not be empty')
  if (body.length > longestText) {
    throw invalid('text.body', `must be at most ${longestText} characters long`)
  }
}

/** A file by its id or a public address; exactly one of them. */
function checkMedia(world: World, number: BusinessNumber, kind: string, content: JsonObject): void {
  const id = optionalText(content, 'id')
  const link = optionalText(content, 'link')
  if (id === undefined && link === undefined) throw missing(`${kind}.id or ${kind}.link`)
  if (id !== undefined && link !== undefined) {
    throw badParameter(kind, 'may have an id or a link, not both')
  }
  const media = id === undefined ? undefined : world.media.get(id, world.clock.nowMs())
  if (id !== undefined && media?.numberId !== number.id) {
    throw invalid(`${kind}.id`, 'is no media of this phone number')
  }
  if (link !== undefined && !(URL.canParse(link) && /^https?:/.test(link))) {
    throw invalid(`${kind}.link`, 'is not an http(s) address')
  }
  const caption = optionalText(content, 'caption')
  if (caption === undefined) return
  if (kind === 'audio' || kind === 'sticker')
    throw badParameter(`${kind}.caption`, 'is not allowed')
  if (caption.length > longestCaption) {
    throw invalid(`${kind}.caption`, `must be at most ${longestCaption} characters long`)
  }
}

function checkLocation(location: JsonObject): void {
  for (const [name, limit] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    const degrees = Number(requiredText(location, name))
    if (!(Math.abs(degrees) <= limit)) throw invalid(`location.${name}`, 'is not on earth')
  }
}

function checkReaction(reaction: JsonObject): void {
  requiredText(reaction, 'message_id')
  const emoji = optionalText(reaction, 'emoji')
  if (emoji === undefined) throw missing('reaction.emoji')
  const signs = [...new Intl.Segmenter().segment(emoji)]
  const isEmoji = signs.length === 1 && /\p{Emoji}/u.test(emoji)
  if (emoji !== '' && !isEmoji) throw invalid('reaction.emoji', 'must be one emoji')
}

function checkContacts(contacts: unknown[]): void {
  if (contacts.length === 0) throw missing('contacts')
  if (contacts.length > mostContacts) throw invalid('contacts', `may hold ${mostContacts} cards`)
  for (const card of contacts) {
    if (!isObject(card)) throw badParameter('contacts', 'must hold objects')
    const name = objectOf(card, 'name')
    requiredText(name, 'formatted_name')
    const parts = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix']
    if (!parts.some((part) => optionalText(name, part) !== undefined)) {
      throw missing('one more part of contacts.name')
    }
  }
}
