import { sql } from 'kysely'
import Type from 'typebox'
import { LabelId } from '../../core/domain/ids.ts'
import { Label, LabelName, LabelTone, LabelUse } from '../../core/domain/label.ts'
import { present } from '../../core/lib/present.ts'
import type { Actor } from '../auth/auth.ts'
import { actorOf } from '../http/access.ts'
import { isSeenBy } from '../http/sees.ts'
import type { App } from '../http/types.ts'
import { changeLabel, createLabel, deleteLabel } from '../labels/change.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { Nothing } from './schemas.ts'

const NewLabel = Type.Object(
  { name: LabelName, tone: Type.Optional(LabelTone) },
  { additionalProperties: false },
)
const Patch = Type.Object(
  { name: Type.Optional(LabelName), tone: Type.Optional(LabelTone) },
  { additionalProperties: false, minProperties: 1 },
)
const Params = Type.Object({ id: LabelId })
const tags = ['labels']
const manage = { access: { verb: 'manage-labels' } } as const

/** What conversations are about, over HTTP. To label one: PATCH /api/v1/conversations/:id. A Fastify plugin. */
export async function labels(
  app: App,
  { db, log, newId }: { db: Database; log: Log; newId: () => string },
): Promise<void> {
  app.get(
    '/api/v1/labels',
    {
      config: { access: { verb: 'read-conversations' } },
      schema: {
        tags,
        summary: 'Labels in use, each with how many conversations have it',
        querystring: PageQuery,
        response: { 200: pageOf(LabelUse) },
      },
    },
    async (request) => {
      const { after, limit, ask } = startOfPage(request.query)
      const rows = await db
        .selectFrom('label')
        .select('data')
        .where('deleted_at', 'is', null)
        .where(sql<boolean>`data->>'deletedAtMs' is null`)
        .where('id', '>', after)
        .orderBy('id')
        .limit(ask)
        .execute()
      const found = page(rows, limit, ({ data }) => data.id)
      const uses = await countUses(db, actorOf(request))
      const items = found.items.map(({ data }) => ({
        ...data,
        conversations: uses.get(data.id) ?? 0,
      }))
      return { ...found, items }
    },
  )

  app.post(
    '/api/v1/labels',
    {
      config: manage,
      schema: { tags, summary: 'Add a label', body: NewLabel, response: { 201: Label } },
    },
    async (request, reply) => {
      const { name, tone = 'grey' } = request.body
      const id = newId() as LabelId // newId makes UUIDs
      return reply.code(201).send(await createLabel(log, { id, name, tone }))
    },
  )

  app.patch(
    '/api/v1/labels/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Rename, or give another tone',
        params: Params,
        body: Patch,
        response: { 200: Label },
      },
    },
    async (request) => changeLabel(log, request.params.id, present(request.body)),
  )

  app.delete(
    '/api/v1/labels/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Take off every conversation and out of use',
        params: Params,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await deleteLabel(log, request.params.id)
      return reply.code(204).send(null)
    },
  )
}

/** By label: how many conversations have it, of those the person may see. */
async function countUses(db: Database, actor: Actor): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('conversation as c')
    .innerJoin(
      sql<{ id: string }>`jsonb_array_elements_text(c.labels)`.as<'one'>(sql`one(id)`),
      (join) => join.onTrue(),
    )
    .select(['one.id', sql<number>`count(*)::int`.as('count')])
    .where('c.deleted_at', 'is', null)
    .where(sql<boolean>`c.labels <> '[]'`)
    .where(sql<boolean>`c.data->>'mergedInto' is null`)
    .where(isSeenBy(actor, sql`c.scope`))
    .groupBy('one.id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id, count]))
}
