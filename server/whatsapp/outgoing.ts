/** Our message → the body of `POST /{number}/messages`. Pure; facts 2.1 to 2.5. */
import type { Message, TemplateUse } from '../../core/domain/message.ts'
import type { Contact } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'

/** A message and what the Graph needs to know beside it. */
export type Outgoing = {
  message: Message
  contact: Contact
  /** Meta's id of the quoted message, or of the one a reaction is for. */
  aboutWamid?: string | undefined
  /** Meta's id of the file, uploaded for this number. */
  uploadedId?: string | undefined
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
    ...recipient(contact),
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

const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const
type MediaType = (typeof mediaTypes)[number]
type GraphType = 'text' | 'location' | 'template' | 'reaction' | MediaType

/** Whether the message carries a file that has to be at WhatsApp before it can leave. */
export function isMediaType(type: Message['type']): type is MediaType {
  return mediaTypes.some((one) => one === type)
}

function graphType({ type }: Message): GraphType {
  if (isMediaType(type)) return type
  if (type === 'text' || type === 'location' || type === 'template' || type === 'reaction') {
    return type
  }
  throw new AppError('bad-request', `a message of type ${type} cannot be sent`)
}

/** The phone where we have one; E.164 with the plus, or WhatsApp would put our own country before it. */
function recipient({ phone, userId }: Contact): { to: string } | { recipient: string } {
  if (phone !== undefined) return { to: `+${phone.replace(/\D/g, '')}` }
  if (userId !== undefined) return { recipient: userId }
  throw new AppError('bad-request', 'the contact has neither a phone number nor a user id')
}

function contentOf(type: GraphType, { message, aboutWamid, uploadedId }: Outgoing): GraphBody {
  if (type === 'text') {
    const body = must(message.text, 'text of a text message')
    return { body, ...(/https?:\/\/\S/.test(body) ? { preview_url: true } : {}) }
  }
  if (type === 'location') return { ...must(message.location, 'location of a location message') }
  if (type === 'template') return template(must(message.template, 'template of a template message'))
  if (type === 'reaction') {
    if (aboutWamid === undefined) throw new AppError('bad-request', 'nothing to react to')
    return { message_id: aboutWamid, emoji: message.reaction?.emoji ?? '' }
  }
  return file(type, message, must(uploadedId, 'uploaded file of a media message'))
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

function template({ name, language, params }: TemplateUse): GraphBody {
  const parameters = Array.isArray(params)
    ? params.map((text) => ({ type: 'text', text }))
    : Object.entries(params).map(([key, text]) => ({ type: 'text', parameter_name: key, text }))
  return {
    name,
    language: { code: language },
    ...(parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] }),
  }
}
