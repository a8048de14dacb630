import Type from 'typebox'
import { TeamId, UserId } from '../../core/domain/ids.ts'
import { Role, User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { Auth } from '../auth/auth.ts'
import { createSetupToken, setupUrl } from '../auth/links.ts'
import type { AuthParts } from '../auth/sessions.ts'
import type { App } from '../http/types.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { Email, Name, Nothing, Password } from './schemas.ts'

const { sees } = User.properties

const NewUser = Type.Object(
  {
    name: Name,
    email: Email,
    role: Role,
    teamIds: Type.Optional(Type.Array(TeamId, { maxItems: 100 })),
    sees,
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
)
const UserPatch = Type.Object(
  {
    name: Type.Optional(Name),
    email: Type.Optional(Email),
    role: Type.Optional(Role),
    teamIds: Type.Optional(Type.Array(TeamId, { maxItems: 100 })),
    sees,
    isActive: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
/** `setupUrl` is handed to the person, who sets a password with it within 24 hours. */
const Invited = Type.Intersect([User, Type.Object({ setupUrl: Type.Optional(Type.String()) })])
const Params = Type.Object({ id: UserId })

const tags = ['people']
const manage = { access: { verb: 'manage-people' } } as const

type Parts = AuthParts & { auth: Auth; publicUrl: string }

/** Colleagues. */
export function userRoutes(app: App, parts: Parts): void {
  const { auth, db, publicUrl } = parts
  const invite = async (id: UserId) => setupUrl(publicUrl, await createSetupToken(parts, id))

  app.get(
    '/api/v1/users',
    {
      config: { access: { verb: 'read-people' } },
      schema: {
        tags,
        summary: 'Colleagues',
        querystring: PageQuery,
        response: { 200: pageOf(User) },
      },
    },
    async (request) => {
      const { after, limit, ask } = startOfPage(request.query)
      const rows = await db
        .selectFrom('user')
        .select('data')
        .where('deleted_at', 'is', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ask)
        .execute()
      return page(
        rows.map(({ data }) => data),
        limit,
        ({ id }) => id,
      )
    },
  )

  app.get(
    '/api/v1/users/:id',
    {
      config: { access: { verb: 'read-people' } },
      schema: { tags, summary: 'A colleague', params: Params, response: { 200: User } },
    },
    async (request) => {
      const row = await db
        .selectFrom('user')
        .select('data')
        .where('id', '=', request.params.id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
      if (row === undefined) throw new AppError('not-found', 'no such user')
      return row.data
    },
  )

  app.post(
    '/api/v1/users',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Add a colleague; without a password the answer has a set-up link',
        body: NewUser,
        response: { 201: Invited },
      },
    },
    async (request, reply) => {
      const { teamIds, sees, password, ...rest } = request.body
      const user = await auth.people.create({ ...rest, ...present({ teamIds, sees, password }) })
      const link = password === undefined ? { setupUrl: await invite(user.id) } : {}
      return reply.code(201).send({ ...user, ...link })
    },
  )

  app.post(
    '/api/v1/users/:id/invitation',
    {
      config: manage,
      schema: {
        tags,
        summary: 'A new set-up link, for an invitation that got old or a password that was lost',
        params: Params,
        response: { 201: Type.Object({ setupUrl: Type.String() }) },
      },
    },
    async (request, reply) => {
      const user = await auth.people.findActive(request.params.id)
      return reply.code(201).send({ setupUrl: await invite(user.id) })
    },
  )

  app.patch(
    '/api/v1/users/:id',
    {
      config: manage,
      schema: { tags, summary: 'Change', params: Params, body: UserPatch, response: { 200: User } },
    },
    async (request) => auth.people.change(request.params.id, request.body),
  )

  app.delete(
    '/api/v1/users/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Take away all access; what they wrote keeps their name',
        params: Params,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await auth.people.remove(request.params.id)
      return reply.code(204).send(null)
    },
  )
}
