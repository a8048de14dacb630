/** The message body of the HTTP interface. */
import Type, { type Static } from 'typebox'
import { ContactCard, mostCards } from '../../core/domain/card.ts'
import type { Verb } from '../../core/domain/can.ts'
import { Interactive } from '../../core/domain/interactive.ts'
import { ButtonValue, TemplateParams } from '../../core/domain/message.ts'
import { maxCaptionLength, maxTextLength } from '../../core/mutators/body.ts'
import { Id, Time } from './shapes.ts'

const strict = { additionalProperties: false }
const shared = {
  replyTo: Type.Optional(Id),
  /** Newest message the sender's screen had shown; without it nobody's answer stands in the way. */
  basedOn: Type.Optional(Type.Union([Id, Type.Null()])),
  /** Leaves then; at once without it. */
  sendAt: Type.Optional(Time),
}
const text = Type.String({ minLength: 1, maxLength: maxTextLength, pattern: '\\S' })
const caption = Type.Optional(Type.String({ maxLength: maxCaptionLength }))
const mediaId = Id
const fileName = Type.Optional(Type.String({ maxLength: 240 }))
const place = {
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  name: Type.Optional(Type.String({ maxLength: 1000 })),
  address: Type.Optional(Type.String({ maxLength: 1000 })),
}

const TemplateHeader = Type.Union([
  Type.Object({ type: Type.Literal('text'), params: TemplateParams }, strict),
  Type.Object({ type: Type.Enum(['image', 'video', 'document']), mediaId, fileName }, strict),
  Type.Object({ type: Type.Literal('location'), ...place }, strict),
])
export type TemplateHeaderBody = Static<typeof TemplateHeader>

const TemplateBody = Type.Object(
  {
    type: Type.Literal('template'),
    name: Type.String({ minLength: 1, maxLength: 512 }),
    language: Type.String({ minLength: 2, maxLength: 20 }),
    params: Type.Optional(TemplateParams),
    header: Type.Optional(TemplateHeader),
    buttons: Type.Optional(Type.Array(ButtonValue, { maxItems: 10 })),
    /** One for each card of a carousel, in its order. */
    cards: Type.Optional(
      Type.Array(
        Type.Object(
          {
            header: Type.Optional(TemplateHeader),
            params: Type.Optional(TemplateParams),
            buttons: Type.Optional(Type.Array(ButtonValue, { maxItems: 2 })),
          },
          strict,
        ),
        { maxItems: 10 },
      ),
    ),
    ...shared,
  },
  strict,
)
export type TemplateBody = Static<typeof TemplateBody>

export const MessageBody = Type.Union([
  Type.Object(
    {
      type: Type.Literal('text'),
      text,
      /** False: without a preview of its first address. */
      hasPreview: Type.Optional(Type.Boolean()),
      ...shared,
    },
    strict,
  ),
  Type.Object(
    { type: Type.Enum(['image', 'video', 'document']), mediaId, caption, fileName, ...shared },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('audio'),
      mediaId,
      /** Opus in an Ogg file, mono; shown as a voice message. */
      isVoice: Type.Optional(Type.Boolean()),
      ...shared,
    },
    strict,
  ),
  Type.Object({ type: Type.Literal('sticker'), mediaId, ...shared }, strict),
  Type.Object({ type: Type.Literal('location'), ...place, ...shared }, strict),
  Type.Object(
    {
      type: Type.Literal('contacts'),
      contacts: Type.Array(ContactCard, { minItems: 1, maxItems: mostCards }),
      ...shared,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('interactive'),
      /** WhatsApp's own object; a file above it by its id here, or a link. */
      interactive: Interactive,
      ...shared,
    },
    strict,
  ),
  TemplateBody,
  Type.Object(
    {
      type: Type.Literal('reaction'),
      messageId: Id,
      /** Empty takes it back. */
      emoji: Type.String({ maxLength: 64 }),
    },
    strict,
  ),
  Type.Object({ type: Type.Literal('note'), text }, strict),
])
export type MessageBody = Static<typeof MessageBody>

export function verbFor({ type }: MessageBody): Verb {
  return type === 'note' ? 'write-notes' : 'reply'
}
