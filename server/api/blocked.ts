import Type from 'typebox'
import { BlockedPage, BlockedUser } from '../../core/domain/blocked.ts'
import type { Contact, User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import {
  addBlocked,
  blockKeyOf,
  countBlocked,
  readBlocked,
  removeBlocked,
  replaceList,
} from '../presence/block-list.ts'
import type { NumberChange } from '../presence/change.ts'
import { connected, ourNumber } from '../presence/our-number.ts'
import { lastReading, readThrough } from '../presence/readings.ts'
import type { Blocked } from '../whatsapp/block-calls.ts'
import { page, PageQuery, startOfPage } from './page.ts'
import type { PresenceOptions } from './profile.ts'
import { IdParams, Nothing } from './schemas.ts'

/** WhatsApp's list may have 64,000 entries and comes whole: what was read in the last minute is not read again. */
const freshMs = 60_000
const Count = Type.Object({ count: Type.Integer() })
const Key = Type.String({ pattern: '^(\\+\\d{5,20}|[A-Z]{2}\\.[A-Za-z0-9.]{1,140})$' })

/** Whom a number has blocked, over HTTP. A Fastify plugin. */
export async function blocked(app: App, options: PresenceOptions): Promise<void> {
  const { db, nowMs, client, keepChange } = options
  const manage = { access: { verb: 'block-contacts' as const } }

  /** Brings the kept list up to WhatsApp's, unless that was just done. */
  async function refresh(numberId: string, phoneNumberId: string) {
    const about = { numberId, kind: 'blocked' as const, schema: Count }
    const last = await lastReading(db, about)
    if (last !== undefined && nowMs() - Date.parse(last.readAt) < freshMs) {
      return { readAt: last.readAt, trouble: null }
    }
    const { readAt, trouble } = await readThrough(options, about, async () => {
      const users: Blocked[] = []
      for await (const some of connected(client).listBlocked(phoneNumberId)) users.push(...some)
      await replaceList(db, numberId, users)
      return { count: users.length }
    })
    return { readAt, trouble }
  }

  app.get(
    '/api/v1/numbers/:id/blocked',
    {
      config: { access: { verb: 'read-blocked' } },
      schema: {
        summary: 'Whom the number has blocked',
        description: 'While WhatsApp cannot be asked, as it last was; `trouble` says why.',
        params: IdParams,
        querystring: Type.Object({
          ...PageQuery.properties,
          q: Type.Optional(Type.String({ maxLength: 200, description: 'Name, number or user id' })),
          contact: Type.Optional(Type.String({ maxLength: 64, description: 'Only this contact' })),
        }),
        response: { 200: BlockedPage },
      },
    },
    async ({ params, query }) => {
      const { phoneNumberId } = await ourNumber(db, params.id)
      const reading = await refresh(params.id, phoneNumberId)
      const { after, limit, ask } = startOfPage(query)
      const wish = { q: query.q, contactId: query.contact, after, ask }
      const rows = await readBlocked(db, params.id, wish)
      const total = await countBlocked(db, params.id)
      return { ...page(rows, limit, ({ key }) => key), total, ...reading }
    },
  )

  app.post(
    '/api/v1/numbers/:id/blocked',
    {
      config: manage,
      schema: {
        summary: 'Block a contact who wrote to the number in the last 24 hours',
        params: IdParams,
        body: Type.Object(
          { contactId: Type.String({ maxLength: 64 }) },
          { additionalProperties: false },
        ),
        response: { 201: BlockedUser },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const contact = await contactWith(body.contactId)
      const { phone, userId } = contact
      if (phone === undefined && userId === undefined) {
        throw new AppError('bad-request', 'WhatsApp knows this contact by nothing', {
          details: { at: '/body/contactId' },
        })
      }
      const user: Blocked = {
        phone: phone ?? null,
        userId: phone === undefined ? (userId ?? null) : null,
      }
      await connected(client).block(phoneNumberId, blockKeyOf(user))
      const by = actorOf(request).user
      await addBlocked(db, params.id, user, { name: by.name, atMs: nowMs() })
      await tell(params.id, 'contact-blocked', by)
      const [made] = await readBlocked(db, params.id, { contactId: contact.id, after: '', ask: 1 })
      return reply.code(201).send(must(made, 'the user just blocked'))
    },
  )

  app.delete(
    '/api/v1/numbers/:id/blocked/:key',
    {
      config: manage,
      schema: {
        summary: 'Let somebody write again',
        params: Type.Object({ ...IdParams.properties, key: Key }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { params } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const isPhone = params.key.startsWith('+')
      const user = isPhone
        ? { phone: params.key, userId: null }
        : { phone: null, userId: params.key }
      await connected(client).unblock(phoneNumberId, blockKeyOf(user))
      await removeBlocked(db, params.id, params.key)
      const by = actorOf(request).user
      await tell(params.id, 'contact-unblocked', by)
      return reply.code(204).send(null)
    },
  )

  /** The history does not name whom: it outlives what is known of a contact. */
  function tell(numberId: string, deed: NumberChange['deed'], by: User): Promise<void> {
    return keepChange([{ numberId, deed, before: null, after: null, userId: by.id }])
  }

  async function contactWith(id: string): Promise<Contact> {
    const row = await db
      .selectFrom('contact')
      .select('data')
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (row === undefined) throw new AppError('not-found', 'no such contact')
    return row.data
  }
}
