/** The deed that a message body of the HTTP interface stands for: names become rows of ours. */
import { headerFile } from '../../core/domain/interactive.ts'
import type { Template } from '../../core/domain/template.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { Body } from '../../core/mutators/body.ts'
import type { Database } from '../store/database.ts'
import { fileOf, voiceOf, type Library } from './file-of.ts'
import type { MessageBody, TemplateBody, TemplateHeaderBody } from './message-body.ts'

export type Deed = { name: string; args: object }
type Sent = Exclude<MessageBody, { type: 'note' | 'reaction' }>

/**
 * @throws AppError `not-found` or `unsupported-media` when it names a file that cannot be sent so,
 * `template-unavailable` for a template that the conversation's account does not have
 */
export async function deedFor(
  library: Library,
  conversationId: string,
  body: MessageBody,
): Promise<Deed> {
  if (body.type === 'note') return { name: 'note.add', args: { text: body.text } }
  if (body.type === 'reaction') {
    const { messageId, emoji } = body
    return { name: 'message.react', args: { messageId, emoji } }
  }
  const { replyTo, basedOn, sendAt } = body
  const sendAtMs = sendAt === undefined ? undefined : Date.parse(sendAt)
  return {
    name: 'message.send',
    args: {
      body: await contentOf(library, conversationId, body),
      basedOn: basedOn ?? null,
      ...present({ replyTo, sendAtMs }),
      ...(basedOn === undefined ? { isAnyway: true } : {}),
    },
  }
}

async function contentOf(library: Library, conversationId: string, body: Sent): Promise<Body> {
  const { db } = library
  switch (body.type) {
    case 'text':
      return { type: body.type, text: body.text, ...present({ hasPreview: body.hasPreview }) }
    case 'location':
      return { type: body.type, location: placeOf(body) }
    case 'contacts':
      return { type: body.type, cards: body.contacts }
    case 'interactive': {
      const shown = headerFile(body.interactive)
      const kind = 'header' in body.interactive ? body.interactive.header?.type : undefined
      if (shown !== undefined && 'id' in shown) await fileOf(db, shown.id, kind ?? '')
      return { type: body.type, interactive: body.interactive }
    }
    case 'template':
      return templateOf(db, conversationId, body)
    case 'audio': {
      const { type, mediaId, isVoice } = body
      return {
        type,
        media: await (isVoice === true ? voiceOf(library, mediaId) : fileOf(db, mediaId, type)),
      }
    }
    case 'sticker':
      return { type: body.type, media: await fileOf(db, body.mediaId, body.type) }
    default: {
      const media = await fileOf(db, body.mediaId, body.type, body.fileName)
      return { type: body.type, media, ...present({ text: body.caption }) }
    }
  }
}

async function templateOf(db: Database, conversationId: string, body: TemplateBody): Promise<Body> {
  const { name, language, params = [], header, buttons, cards } = body
  const { id } = await findTemplate(db, conversationId, name, language)
  return {
    type: 'template',
    templateId: id,
    params,
    ...present({ buttons }),
    ...(header === undefined ? {} : { header: await headerOf(db, header) }),
    ...(cards === undefined
      ? {}
      : {
          cards: await Promise.all(
            cards.map(async ({ header: above, ...card }) => ({
              ...present(card),
              ...(above === undefined ? {} : { header: await headerOf(db, above) }),
            })),
          ),
        }),
  }
}

async function headerOf(db: Database, header: TemplateHeaderBody) {
  if (header.type === 'text') return header
  if (header.type === 'location') return { type: header.type, location: placeOf(header) }
  const { type, mediaId, fileName } = header
  return { type, media: await fileOf(db, mediaId, type, fileName) }
}

/** The one of the conversation's account, if it can be told; of those that are gone only when there is no other. */
async function findTemplate(
  db: Database,
  conversationId: string,
  name: string,
  language: string,
): Promise<Template> {
  const conversation = await db
    .selectFrom('conversation as c')
    .innerJoin('number as n', 'n.id', 'c.number_id')
    .select('n.data as number')
    .where('c.id', '=', conversationId)
    .executeTakeFirst()
  if (conversation === undefined) throw new AppError('not-found', 'no such conversation')
  const { accountId } = conversation.number
  const rows = await db
    .selectFrom('template')
    .select('data')
    .where((eb) => eb(eb.ref('data', '->>').key('name'), '=', name))
    .where((eb) => eb(eb.ref('data', '->>').key('language'), '=', language))
    .where('deleted_at', 'is', null)
    .$if(accountId !== undefined, (found) => found.where('account_id', '=', accountId ?? ''))
    .execute()
  const found = rows.find(({ data }) => data.isGone !== true) ?? rows[0]
  if (found !== undefined) return found.data
  throw new AppError('template-unavailable', `no template ${name} in ${language}`, {
    details: { reason: 'unknown', at: '/body/name' },
  })
}

function placeOf(body: {
  latitude: number
  longitude: number
  name?: string | undefined
  address?: string | undefined
}) {
  const { latitude, longitude, name, address } = body
  return { latitude, longitude, ...present({ name, address }) }
}
