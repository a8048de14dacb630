/** Our message → the body of `POST /{number}/messages`. Pure; facts 2.1 to 2.5. */
import type { MediaId } from '../../core/domain/ids.ts'
import { headerFile, type Interactive } from '../../core/domain/interactive.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Contact } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import { templateBody } from './outgoing-template.ts'
import { uploadedAs, type Uploads } from './uploads.ts'

/** A message and what the Graph needs to know beside it. */
export type Outgoing = {
  message: Message
  contact: Contact
  /** Meta's id of the quoted message, or of the one a reaction is for. */
  aboutWamid?: string | undefined
  /** Meta's ids of the files (`filesOf`), uploaded for this number. */
  uploads?: Uploads | undefined
}
export type GraphBody = Record<string, unknown>

/**
 * The body to post. It carries our message id as `biz_opaque_callback_data`, which every status of the message
 * repeats: the only way back to it when the answer is lost.
 *
 * @throws AppError `bad-request` when the message cannot be put into words WhatsApp knows
 */
export function graphBody(outgoing: Outgoing): GraphBody {
  const { message, contact, aboutWamid } = outgoing
  const type = graphType(message)
  const quotes = aboutWamid !== undefined && type !== 'reaction'
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient(contact, message),
    type,
    [type]: contentOf(type, outgoing),
    ...(quotes ? { context: { message_id: aboutWamid } } : {}),
    biz_opaque_callback_data: message.id,
  }
}

/** The blue ticks for a message of the contact's and all before it. @see facts 2.6 */
export function readReceiptBody(wamid: string): GraphBody {
  return { messaging_product: 'whatsapp', status: 'read', message_id: wamid }
}

/** The same, and that somebody writes: shown until the reply, for 25 seconds at most. @see facts 2.6 */
export function typingBody(wamid: string): GraphBody {
  return { ...readReceiptBody(wamid), typing_indicator: { type: 'text' } }
}

/** Every file of ours that has to be at WhatsApp before the message can leave, each once. */
export function filesOf(message: Message): MediaId[] {
  const { media, interactive, template } = message
  const files: MediaId[] = isMediaType(message.type) && media !== undefined ? [media.id] : []
  const shown = interactive && headerFile(interactive)
  if (shown !== undefined && 'id' in shown) files.push(shown.id)
  for (const part of [template, ...(template?.cards ?? [])]) {
    if (part?.header !== undefined && 'media' in part.header) files.push(part.header.media.id)
  }
  return [...new Set(files)]
}

const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const
type MediaType = (typeof mediaTypes)[number]
const otherTypes = ['text', 'location', 'contacts', 'interactive', 'template', 'reaction'] as const
type GraphType = (typeof otherTypes)[number] | MediaType

/** Whether the message is a file, with or without a caption. */
export function isMediaType(type: Message['type']): type is MediaType {
  return mediaTypes.some((one) => one === type)
}

function graphType({ type }: Message): GraphType {
  const known = isMediaType(type) ? type : otherTypes.find((one) => one === type)
  if (known !== undefined) return known
  throw new AppError('bad-request', `a message of type ${type} cannot be sent`)
}

/** The phone where we have one; E.164 with the plus, or WhatsApp would put our own country before it. */
function recipient(
  { phone, userId }: Contact,
  { template }: Message,
): { to: string } | { recipient: string } {
  if (phone !== undefined) return { to: `+${phone.replace(/\D/g, '')}` }
  // WhatsApp answers 131062.
  if (template?.category === 'AUTHENTICATION') {
    throw new AppError('bad-request', 'a code goes to phone numbers only')
  }
  if (userId !== undefined) return { recipient: userId }
  throw new AppError('bad-request', 'the contact has neither a phone number nor a user id')
}

function contentOf(type: GraphType, { message, aboutWamid, uploads }: Outgoing): unknown {
  const { location, cards, interactive, template, media } = message
  switch (type) {
    case 'text':
      return textBody(message)
    case 'location':
      return { ...must(location, 'location of a location message') }
    case 'contacts':
      return must(cards, 'cards of a contacts message')
    case 'interactive':
      return interactiveBody(must(interactive, 'interactive of an interactive message'), uploads)
    case 'template':
      return templateBody(must(template, 'template of a template message'), uploads)
    case 'reaction':
      if (aboutWamid === undefined) throw new AppError('bad-request', 'nothing to react to')
      return { message_id: aboutWamid, emoji: message.reaction?.emoji ?? '' }
    default:
      return file(type, message, uploadedAs(must(media, 'file of a media message').id, uploads))
  }
}

function textBody({ text, hasPreview }: Message): GraphBody {
  const body = must(text, 'text of a text message')
  const hasLink = /https?:\/\/\S/.test(body)
  return { body, ...(hasLink && hasPreview !== false ? { preview_url: true } : {}) }
}

function file(type: MediaType, { media, text }: Message, id: string): GraphBody {
  const hasCaption = text !== undefined && text !== '' && type !== 'audio' && type !== 'sticker'
  const fileName = type === 'document' ? media?.fileName : undefined
  return {
    id,
    ...(hasCaption ? { caption: text } : {}),
    ...(fileName === undefined ? {} : { filename: fileName }),
    ...(type === 'audio' && media?.isVoice === true ? { voice: true } : {}),
  }
}

/** As it was written, but for the file above it: that one WhatsApp knows by another id, and names only documents. */
function interactiveBody(interactive: Interactive, uploads: Uploads | undefined): GraphBody {
  const shown = headerFile(interactive)
  const type = 'header' in interactive ? interactive.header?.type : undefined
  if (shown === undefined || type === undefined) return interactive
  const source = 'id' in shown ? { id: uploadedAs(shown.id, uploads) } : { link: shown.link }
  const isNamed = type === 'document' && shown.filename !== undefined
  const header = { ...source, ...(isNamed ? { filename: shown.filename } : {}) }
  return { ...interactive, header: { type, [type]: header } }
}
