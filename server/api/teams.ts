import { sql } from 'kysely'
import Type from 'typebox'
import { TeamId } from '../../core/domain/ids.ts'
import { Team } from '../../core/domain/people.ts'
import type { AuthParts } from '../auth/sessions.ts'
import { archiveTeam, createTeam, renameTeam } from '../auth/teams.ts'
import type { App } from '../http/types.ts'
import type { Log } from '../log/log.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { Name, Nothing } from './schemas.ts'

const Body = Type.Object({ name: Name }, { additionalProperties: false })
const Params = Type.Object({ id: TeamId })
const tags = ['people']
const manage = { access: { verb: 'manage-people' } } as const

/** Teams, whose queues conversations wait in. */
export function teamRoutes(app: App, { db, log, newId }: AuthParts & { log: Log }): void {
  app.get(
    '/api/v1/teams',
    {
      config: { access: { verb: 'read-people' } },
      schema: { tags, summary: 'Teams', querystring: PageQuery, response: { 200: pageOf(Team) } },
    },
    async (request) => {
      const { after, limit, ask } = startOfPage(request.query)
      const rows = await db
        .selectFrom('team')
        .select('data')
        .where('deleted_at', 'is', null)
        .where(sql<boolean>`data->>'isArchived' is distinct from 'true'`)
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

  app.post(
    '/api/v1/teams',
    {
      config: manage,
      schema: { tags, summary: 'Add a team', body: Body, response: { 201: Team } },
    },
    async (request, reply) =>
      reply.code(201).send(await createTeam(log, newId() as TeamId, request.body.name)), // newId makes UUIDs
  )

  app.patch(
    '/api/v1/teams/:id',
    {
      config: manage,
      schema: { tags, summary: 'Rename', params: Params, body: Body, response: { 200: Team } },
    },
    async (request) => renameTeam(log, request.params.id, request.body.name),
  )

  app.delete(
    '/api/v1/teams/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Take out of use; its conversations wait unassigned',
        params: Params,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await archiveTeam(log, request.params.id)
      return reply.code(204).send(null)
    },
  )
}
