/** The message body of the HTTP interface and the deed it stands for. */
import Type, { type Static } from 'typebox'
import type { Media } from '../../core/domain/message.ts'
import type { MediaId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Verb } from '../../core/domain/can.ts'
import { maxCaptionLength, maxTextLength } from '../../core/mutators/body.ts'
import { kindOf } from '../media/kinds.ts'
import type { Database } from '../store/database.ts'
import { Id } from './shapes.ts'

const strict = { additionalProperties: false }
const shared = {
  replyTo: Type.Optional(Id),
  /** Newest message the sender's screen had shown; without it nobody's answer stands in the way. */
  basedOn: Type.Optional(Type.Union([Id, Type.Null()])),
}
const text = Type.String({ minLength: 1, maxLength: maxTextLength, pattern: '\\S' })
const caption = Type.Optional(Type.String({ maxLength: maxCaptionLength }))
const mediaId = Id

export const MessageBody = Type.Union([
  Type.Object({ type: Type.Literal('text'), text, ...shared }, strict),
  Type.Object(
    {
      type: Type.Enum(['image', 'video', 'document']),
      mediaId,
      caption,
      fileName: Type.Optional(Type.String({ maxLength: 240 })),
      ...shared,
    },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('audio'), mediaId, isVoice: Type.Optional(Type.Boolean()), ...shared },
    strict,
  ),
  Type.Object({ type: Type.Literal('sticker'), mediaId, ...shared }, strict),
  Type.Object(
    {
      type: Type.Literal('location'),
      latitude: Type.Number({ minimum: -90, maximum: 90 }),
      longitude: Type.Number({ minimum: -180, maximum: 180 }),
      name: Type.Optional(Type.String({ maxLength: 1000 })),
      address: Type.Optional(Type.String({ maxLength: 1000 })),
      ...shared,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('template'),
      name: Type.String({ minLength: 1, maxLength: 512 }),
      language: Type.String({ minLength: 2, maxLength: 20 }),
      params: Type.Optional(
        Type.Union([Type.Record(Type.String(), Type.String()), Type.Array(Type.String())]),
      ),
      ...shared,
    },
    strict,
  ),
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

export type Deed = { name: string; args: object }

/** @throws AppError `not-found` or `unsupported-media` when it names a file that cannot be sent so */
export async function deedFor(db: Database, body: MessageBody): Promise<Deed> {
  if (body.type === 'note') return { name: 'note.add', args: { text: body.text } }
  if (body.type === 'reaction') {
    const { messageId, emoji } = body
    return { name: 'message.react', args: { messageId, emoji } }
  }
  const { replyTo, basedOn } = body
  return {
    name: 'message.send',
    args: {
      body: await contentOf(db, body),
      basedOn: basedOn ?? null,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(basedOn === undefined ? { isAnyway: true } : {}),
    },
  }
}

async function contentOf(
  db: Database,
  body: Exclude<MessageBody, { type: 'note' | 'reaction' }>,
): Promise<object> {
  if (body.type === 'text') return { type: 'text', text: body.text }
  if (body.type === 'location') {
    const { latitude, longitude, name, address } = body
    const named = {
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    }
    return { type: 'location', location: { latitude, longitude, ...named } }
  }
  if (body.type === 'template') {
    const { name, language, params = [] } = body
    return { type: 'template', template: { name, language, params } }
  }
  const media = await fileOf(db, body.mediaId, body.type)
  if (body.type === 'sticker') return { type: 'sticker', media }
  if (body.type === 'audio') {
    return { type: 'audio', media: body.isVoice === true ? { ...media, isVoice: true } : media }
  }
  const fileName = body.fileName ?? media.fileName
  return {
    type: body.type,
    media: { ...media, ...(fileName === undefined ? {} : { fileName }) },
    ...(body.caption === undefined ? {} : { text: body.caption }),
  }
}

async function fileOf(db: Database, id: string, type: string): Promise<Media> {
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such file')
  if (kindOf(row.mime) !== type) {
    throw new AppError('unsupported-media', `WhatsApp does not take this file as ${type}`)
  }
  return {
    id: row.id as MediaId, // the table's key is a media id
    mime: row.mime,
    state: 'ready',
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    ...(row.file_name === null ? {} : { fileName: row.file_name }),
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
  }
}
