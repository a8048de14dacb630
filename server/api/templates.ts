import { sql } from 'kysely'
import Type, { type Static } from 'typebox'
import type { Template } from '../../core/domain/template.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import type { TemplateMirror } from '../templates/mirror.ts'
import type { Client } from '../whatsapp/client.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { Nothing } from './schemas.ts'
import { showTemplate, TemplateShape } from './template-shape.ts'

export type TemplatesOptions = {
  db: Database
  templates: Pick<TemplateMirror, 'check' | 'look'>
  /** Undefined while there is no token. */
  client: () => Client | undefined
  /** The account that new ones belong to when none is named. */
  accountId: () => string | undefined
}

const Filters = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(Type.String({ maxLength: 40 })),
  category: Type.Optional(Type.String({ maxLength: 40 })),
  language: Type.Optional(Type.String({ maxLength: 20 })),
  name: Type.Optional(Type.String({ maxLength: 512 })),
  offered: Type.Optional(
    Type.Boolean({
      description: 'Only those that messages can be made of now, or only the others',
    }),
  ),
})

const Definition = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9_]{1,512}$' }),
    language: Type.String({ pattern: '^[a-z]{2,3}(_[A-Z]{2})?$' }),
    category: Type.Enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
    /** WhatsApp's own objects. */
    components: Type.Array(Type.Object({ type: Type.String() }), { minItems: 1, maxItems: 10 }),
    parameterFormat: Type.Optional(Type.Enum(['NAMED', 'POSITIONAL'])),
    /** How long WhatsApp tries to deliver; -1 for 30 days. */
    ttlSeconds: Type.Optional(Type.Integer({ minimum: -1, maximum: 2_592_000 })),
    accountId: Type.Optional(Type.String({ pattern: '^\\d{1,20}$' })),
  },
  { additionalProperties: false },
)

/** Message templates over HTTP: as WhatsApp has them, submitted for review, deleted. A Fastify plugin. */
export async function templates(app: App, options: TemplatesOptions): Promise<void> {
  const { db } = options
  const manage = { access: { verb: 'manage-templates' as const } }

  app.get(
    '/api/v1/templates',
    {
      config: { access: { verb: 'read-templates' } },
      schema: { querystring: Filters, response: { 200: pageOf(TemplateShape) } },
    },
    async ({ query }) => {
      const { after, limit, ask } = startOfPage(query)
      const rows = await listRows(db, query, { after, ask })
      const found = page(rows, limit, placeIn)
      return { ...found, items: found.items.map(showTemplate) }
    },
  )

  app.post(
    '/api/v1/templates/refresh',
    {
      config: manage,
      schema: {
        description: 'Looks at WhatsApp’s list now, instead of within a quarter of an hour',
        response: { 204: Nothing },
      },
    },
    async (_request, reply) => {
      await options.templates.check()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/v1/templates',
    { config: manage, schema: { body: Definition, response: { 201: TemplateShape } } },
    async ({ body }, reply) => {
      const { accountId = options.accountId(), name, language } = body
      if (accountId === undefined) throw noAccount('/body/accountId')
      if ((await rowsOf(db, accountId, name, language)).length > 0) {
        throw new AppError('already-exists', `there is ${name} in ${language}`, {
          details: { at: '/body/name' },
        })
      }
      await clientOf(options).createTemplate(accountId, definitionOf(body))
      await options.templates.look(accountId, name)
      const [made] = await rowsOf(db, accountId, name, language)
      if (made === undefined) throw new AppError('unavailable', 'WhatsApp does not list it yet')
      return reply.code(201).send(showTemplate(made))
    },
  )

  app.delete(
    '/api/v1/templates/:name',
    {
      config: manage,
      schema: {
        params: Type.Object({ name: Type.String({ maxLength: 512 }) }),
        querystring: Type.Object({
          language: Type.Optional(Type.String({ maxLength: 20, description: 'Only this one' })),
          accountId: Type.Optional(Type.String({ maxLength: 20 })),
        }),
        response: { 204: Nothing },
      },
    },
    async ({ params: { name }, query }, reply) => {
      const { accountId = options.accountId(), language } = query
      if (accountId === undefined) throw noAccount('/querystring/accountId')
      const [row] = await rowsOf(db, accountId, name, language)
      if (row === undefined) throw new AppError('not-found', 'no such template')
      const metaId = language === undefined ? undefined : row.metaId
      await clientOf(options).deleteTemplate(accountId, name, metaId)
      await options.templates.look(accountId, name)
      return reply.code(204).send(null)
    },
  )
}

/** Graph's own names for what was submitted. */
function definitionOf(body: Static<typeof Definition>): object {
  const { name, language, category, components, parameterFormat, ttlSeconds } = body
  return {
    ...{ name, language, category, components },
    ...present({ parameter_format: parameterFormat, message_send_ttl_seconds: ttlSeconds }),
  }
}

function clientOf({ client }: TemplatesOptions): Client {
  const found = client()
  if (found === undefined) throw new AppError('unavailable', 'no WhatsApp token is set')
  return found
}

function noAccount(at: string): AppError {
  return new AppError('bad-request', 'which account? none is set', { details: { at } })
}

/** Those WhatsApp still has. */
async function rowsOf(
  db: Database,
  accountId: string,
  name: string,
  language?: string,
): Promise<Template[]> {
  const rows = await existing(db)
    .where('account_id', '=', accountId)
    .where(named('name'), '=', name)
    .$if(language !== undefined, (found) => found.where(named('language'), '=', language ?? ''))
    .execute()
  return rows.map(({ data }) => data)
}

async function listRows(
  db: Database,
  query: Static<typeof Filters>,
  { after, ask }: { after: string; ask: number },
): Promise<Template[]> {
  const { status, category, language, name, offered } = query
  const place = sql<string>`${named('name')} || ' ' || ${named('language')} || ' ' || id`
  const isOffered = sql<boolean>`(data->>'status' = 'APPROVED' and data->>'hasUnknownParts' is null)`
  const rows = await existing(db)
    .$if(status !== undefined, (found) => found.where(named('status'), '=', upper(status)))
    .$if(category !== undefined, (found) => found.where(named('category'), '=', upper(category)))
    .$if(language !== undefined, (found) => found.where(named('language'), '=', language ?? ''))
    .$if(name !== undefined, (found) => found.where(named('name'), '=', name ?? ''))
    .$if(offered !== undefined, (found) => found.where(isOffered, '=', offered ?? true))
    .$if(after !== '', (found) => found.where(sql<boolean>`${place} collate "C" > ${after}`))
    .orderBy(sql`${place} collate "C"`)
    .limit(ask)
    .execute()
  return rows.map(({ data }) => data)
}

function placeIn({ name, language, id }: Template): string {
  return `${name} ${language} ${id}`
}

function existing(db: Database) {
  return db
    .selectFrom('template')
    .select('data')
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`data->>'isGone' is null`)
}

function named(member: 'name' | 'language' | 'status' | 'category') {
  return sql<string>`(data->>${sql.lit(member)})`
}

function upper(text: string | undefined): string {
  return (text ?? '').toUpperCase()
}
