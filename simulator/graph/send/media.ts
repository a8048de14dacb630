import type { JsonObject } from '../../json.ts'
import type { BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { optionalFlag, optionalText } from '../call.ts'
import { badParameter, invalid, missing } from '../errors.ts'
import { within } from './limits.ts'

/** Who sends: files belong to the number that uploaded them, and some kinds depend on its settings. */
export type Sending = { world: World; number: BusinessNumber }

const longestCaption = 1024
const longestFileName = 240

/** A message that is a file. */
export function checkMedia(kind: string, content: JsonObject, sending: Sending): void {
  checkMediaIn(kind, content, sending)
  const caption = optionalText(content, 'caption')
  if (caption !== undefined && (kind === 'audio' || kind === 'sticker')) {
    throw badParameter(`${kind}.caption`, 'is not allowed')
  }
  within(`${kind}.caption`, caption ?? '', longestCaption)
  if (kind === 'document') {
    within('document.filename', optionalText(content, 'filename') ?? '', longestFileName)
  }
  if (kind === 'audio') checkVoice(content, sending)
}

/** A file by its id or a public address; exactly one of them. */
export function checkMediaIn(where: string, content: JsonObject, sending: Sending): void {
  const id = optionalText(content, 'id')
  const link = optionalText(content, 'link')
  if (id === undefined && link === undefined) throw missing(`${where}.id or ${where}.link`)
  if (id !== undefined && link !== undefined) {
    throw badParameter(where, 'may have an id or a link, not both')
  }
  if (id !== undefined && mediaOf(id, sending)?.numberId !== sending.number.id) {
    throw invalid(`${where}.id`, 'is no media of this phone number')
  }
  if (link !== undefined && !(URL.canParse(link) && /^https?:/.test(link))) {
    throw invalid(`${where}.link`, 'is not an http(s) address')
  }
}

/** A voice note is Opus in Ogg. */
function checkVoice(content: JsonObject, sending: Sending): void {
  if (optionalFlag(content, 'voice') !== true) return
  const id = optionalText(content, 'id')
  const mimeType = id === undefined ? undefined : mediaOf(id, sending)?.mimeType
  if (mimeType !== undefined && !mimeType.startsWith('audio/ogg')) {
    throw invalid('audio.voice', 'needs a file of type audio/ogg')
  }
}

function mediaOf(id: string, { world }: Sending) {
  return world.media.get(id, world.clock.nowMs())
}
