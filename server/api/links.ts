import Type from 'typebox'
import { LinkList, LinkText, mostLinks, QrFormat, ShortLink } from '../../core/domain/short-link.ts'
import { AppError } from '../../core/lib/errors.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { NumberChange } from '../presence/change.ts'
import { connected, ourNumber } from '../presence/our-number.ts'
import { drawQr } from '../presence/qr.ts'
import { keepReading, lastReading, readThrough } from '../presence/readings.ts'
import type { PresenceOptions } from './profile.ts'
import { IdParams, Nothing } from './schemas.ts'

const Links = Type.Array(ShortLink)
const Body = Type.Object({ text: LinkText }, { additionalProperties: false })
const Params = Type.Object({ ...IdParams.properties, code: ShortLink.properties.code })
const mimes = { svg: 'image/svg+xml', png: 'image/png' } as const

/** Short links that open a chat with a number, and their QR codes, over HTTP. A Fastify plugin. */
export async function links(app: App, options: PresenceOptions): Promise<void> {
  const { db, client, keepChange } = options
  const read = { access: { verb: 'read-numbers' as const } }
  const manage = { access: { verb: 'manage-numbers' as const } }
  const aboutOf = (numberId: string) => ({ numberId, kind: 'links' as const, schema: Links })

  /** What is kept of a number's links is brought up to what was just done. */
  async function keep(
    numberId: string,
    change: (links: ShortLink[]) => ShortLink[],
  ): Promise<void> {
    const kept = await lastReading(db, aboutOf(numberId))
    await keepReading(options, aboutOf(numberId), change(kept?.value ?? []))
  }

  app.get(
    '/api/v1/numbers/:id/links',
    {
      config: read,
      schema: {
        summary: 'Short links that open a chat with the number',
        description: 'While WhatsApp cannot be asked, the last it said; `trouble` says why.',
        params: IdParams,
        response: { 200: LinkList },
      },
    },
    async ({ params }) => {
      const { phoneNumberId } = await ourNumber(db, params.id)
      const { value, ...reading } = await readThrough(options, aboutOf(params.id), () =>
        connected(client).listLinks(phoneNumberId),
      )
      return { items: value, ...reading }
    },
  )

  app.post(
    '/api/v1/numbers/:id/links',
    {
      config: manage,
      schema: {
        summary: 'Make a link; `text` is what the contact finds written',
        params: IdParams,
        body: Body,
        response: { 201: ShortLink },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const kept = await lastReading(db, aboutOf(params.id))
      if ((kept?.value.length ?? 0) >= mostLinks) {
        throw new AppError('conflict', `a number has ${mostLinks} links at most`, {
          details: { reason: 'too-many' },
        })
      }
      const made = await connected(client).createLink(phoneNumberId, body.text)
      await keep(params.id, (links) => [...links, made])
      await tell(request, 'link-added', null, made.text)
      return reply.code(201).send(made)
    },
  )

  app.patch(
    '/api/v1/numbers/:id/links/:code',
    {
      config: manage,
      schema: {
        summary: 'Change what the contact finds written; address and QR code stay',
        params: Params,
        body: Body,
        response: { 200: ShortLink },
      },
    },
    async (request) => {
      const { params, body } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const before = await findLink(params.id, params.code)
      const link = await connected(client).changeLink(phoneNumberId, params.code, body.text)
      await keep(params.id, (links) => links.map((one) => (one.code === link.code ? link : one)))
      await tell(request, 'link-changed', before?.text ?? null, link.text)
      return link
    },
  )

  app.delete(
    '/api/v1/numbers/:id/links/:code',
    {
      config: manage,
      schema: {
        summary: 'Delete a link; whoever follows it then reaches nobody',
        params: Params,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { params } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const before = await findLink(params.id, params.code)
      await connected(client).deleteLink(phoneNumberId, params.code)
      await keep(params.id, (links) => links.filter(({ code }) => code !== params.code))
      await tell(request, 'link-deleted', before?.text ?? null, null)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/v1/numbers/:id/links/:code/qr',
    {
      config: read,
      schema: {
        summary: 'The link as a QR code, drawn here: SVG for print, PNG 1200 pixels wide',
        params: Params,
        querystring: Type.Object({ format: Type.Optional(QrFormat) }),
      },
    },
    async ({ params, query: { format = 'svg' } }, reply) => {
      await ourNumber(db, params.id)
      const link = await findLink(params.id, params.code)
      if (link === undefined) throw new AppError('not-found', 'no such link')
      return reply.type(mimes[format]).send(await drawQr(link.url, format))
    },
  )

  async function findLink(numberId: string, code: string): Promise<ShortLink | undefined> {
    const kept = await lastReading(db, aboutOf(numberId))
    return kept?.value.find((link) => link.code === code)
  }

  function tell(
    request: Parameters<typeof actorOf>[0] & { params: { id: string } },
    deed: NumberChange['deed'],
    before: string | null,
    after: string | null,
  ): Promise<void> {
    const userId = actorOf(request).user.id
    return keepChange([{ numberId: request.params.id, deed, before, after, userId }])
  }
}
