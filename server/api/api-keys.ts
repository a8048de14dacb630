import Type from 'typebox'
import { verbs } from '../../core/domain/can.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Auth } from '../auth/auth.ts'
import type { ApiKey } from '../auth/keys.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { IdParams, Name, Nothing } from './schemas.ts'

const Scopes = Type.Array(Type.Enum(verbs), { minItems: 1, uniqueItems: true })
const At = Type.String({ format: 'date-time' })
const MaybeAt = Type.Union([At, Type.Null()])
const NewKey = Type.Object(
  { name: Name, scopes: Scopes, expiresAt: Type.Optional(MaybeAt) },
  { additionalProperties: false },
)
const KeyView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  prefix: Type.String({ description: 'How the key begins' }),
  scopes: Scopes,
  createdAt: At,
  expiresAt: MaybeAt,
  lastUsedAt: MaybeAt,
})
const Created = Type.Intersect([
  KeyView,
  Type.Object({ key: Type.String({ description: 'Shown this once' }) }),
])
const tags = ['api keys']
const config = { access: { verb: 'manage-keys' } } as const

/** Keys for the firm's own programs. */
export function apiKeyRoutes(app: App, { auth }: { auth: Auth }): void {
  app.get(
    '/api/v1/api-keys',
    {
      config,
      schema: { tags, summary: 'Keys', querystring: PageQuery, response: { 200: pageOf(KeyView) } },
    },
    async (request) => {
      const { after, limit, ask } = startOfPage(request.query)
      const { items, nextCursor } = page(await auth.keys.list(after, ask), limit, ({ id }) => id)
      return { items: items.map(view), nextCursor }
    },
  )

  app.post(
    '/api/v1/api-keys',
    {
      config,
      schema: {
        tags,
        summary: 'Make a key; the answer is the only time it is shown',
        body: NewKey,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt = null } = request.body
      const actor = actorOf(request)
      // A key that makes keys must not make a stronger one.
      if (actor.kind === 'key' && !scopes.every((scope) => actor.scopes.includes(scope))) {
        throw new AppError('forbidden', 'a key cannot give what it does not have')
      }
      const { row, key } = await auth.keys.create({
        name: name.trim(),
        scopes,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        createdBy: actor.id,
      })
      return reply.code(201).send({ ...view(row), key })
    },
  )

  app.patch(
    '/api/v1/api-keys/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Rename',
        params: IdParams,
        body: Type.Object({ name: Name }, { additionalProperties: false }),
        response: { 200: KeyView },
      },
    },
    async (request) => view(await auth.keys.rename(request.params.id, request.body.name.trim())),
  )

  app.delete(
    '/api/v1/api-keys/:id',
    {
      config,
      schema: { tags, summary: 'Revoke', params: IdParams, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await auth.keys.revoke(request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function view(row: ApiKey) {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
