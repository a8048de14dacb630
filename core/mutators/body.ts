import Type, { type Static } from 'typebox'
import { ContactCard, mostCards } from '../domain/card.ts'
import type { Flaw } from '../domain/flaw.ts'
import { TemplateId } from '../domain/ids.ts'
import { flawOf, Interactive } from '../domain/interactive.ts'
import { Location, Media, TemplateValues, type Message } from '../domain/message.ts'
import { flawOfValues } from '../domain/template-flaws.ts'
import { useTemplate } from '../domain/template-use.ts'
import type { Template } from '../domain/template.ts'
import { present } from '../lib/present.ts'

/** WhatsApp's longest text and caption. @see facts 2.3 */
export const maxTextLength = 4096
export const maxCaptionLength = 1024

const Place = Type.Object({
  ...Location.properties,
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
})

/** What a person can write to a contact. */
export const Body = Type.Union([
  Type.Object({
    type: Type.Literal('text'),
    text: Type.String({ minLength: 1, maxLength: maxTextLength, pattern: '\\S' }),
    /** False: without a preview of its first address. */
    hasPreview: Type.Optional(Type.Boolean()),
  }),
  Type.Object({
    type: Type.Enum(['image', 'video', 'audio', 'document', 'sticker']),
    media: Media,
    text: Type.Optional(Type.String({ maxLength: maxCaptionLength })),
  }),
  Type.Object({ type: Type.Literal('location'), location: Place }),
  Type.Object({
    type: Type.Literal('contacts'),
    cards: Type.Array(ContactCard, { minItems: 1, maxItems: mostCards }),
  }),
  Type.Object({ type: Type.Literal('interactive'), interactive: Interactive }),
  Type.Object({
    type: Type.Literal('template'),
    templateId: TemplateId,
    ...TemplateValues.properties,
  }),
])
export type Body = Static<typeof Body>

/**
 * What WhatsApp would not take although each member alone is right; `at` begins at the body.
 *
 * @param template the one a template body names
 */
export function flawOfBody(body: Body, template: Template | undefined): Flaw | undefined {
  if (body.type === 'interactive') {
    const flaw = flawOf(body.interactive)
    return flaw && { ...flaw, at: `/interactive${flaw.at}` }
  }
  if (body.type === 'template') return template && flawOfValues(template, body)
  if (body.type !== 'audio' && body.type !== 'sticker') return undefined
  if (body.text !== undefined && body.text !== '') {
    return { at: '/text', rule: 'unexpected', reason: `WhatsApp shows no text with ${body.type}` }
  }
  const { isVoice, mime, channels = 1 } = body.media
  const isFit = isVoice !== true || (/^audio\/ogg\b/i.test(mime) && channels === 1)
  return isFit
    ? undefined
    : { at: '/media', rule: 'malformed', reason: 'a voice note is Opus in an Ogg file, mono' }
}

type Content = Pick<Message, 'type'> &
  Partial<
    Pick<
      Message,
      'text' | 'hasPreview' | 'media' | 'location' | 'cards' | 'interactive' | 'template'
    >
  >

/** The body as the message keeps it, and nothing else that came along. Of a template not at hand only its type is known. */
export function contentOf(body: Body, template: Template | undefined): Content {
  switch (body.type) {
    case 'text':
      return { type: body.type, text: body.text, ...present({ hasPreview: body.hasPreview }) }
    case 'location':
      return { type: body.type, location: body.location }
    case 'contacts':
      return { type: body.type, cards: body.cards }
    case 'interactive': {
      const { type, interactive } = body
      return { type, interactive, ...present({ text: interactive.body?.text }) }
    }
    case 'template':
      return { type: body.type, ...(template === undefined ? {} : useTemplate(template, body)) }
    default:
      return { type: body.type, media: body.media, ...present({ text: body.text }) }
  }
}
