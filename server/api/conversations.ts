import { sql } from 'kysely'
import Type, { type Static } from 'typebox'
import { ConversationStatus, Priority } from '../../core/domain/conversation.ts'
import type { Contact, ReadMark } from '../../core/domain/people.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import { readMarkId } from '../../core/domain/people.ts'
import type { ConversationId, LabelId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import { actorOf, mayUse } from '../http/access.ts'
import type { Actor } from '../auth/auth.ts'
import type { App } from '../http/types.ts'
import { labelNamed, labelsIn } from '../labels/find.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import { containing } from '../store/like.ts'
import { doDeed } from './deeds.ts'
import { page, pageOf, PageQuery, startOfPage } from './page.ts'
import { dayOf, isBehind, placeOf } from './place.ts'
import { IdParams } from './schemas.ts'
import { checkSeen, isSeenBy, seeingAll } from '../http/sees.ts'
import { snoozeIn } from './snooze-in.ts'
import { ConversationShape, Id, showConversation, Time } from './shapes.ts'

export type ConversationsOptions = {
  db: Database
  log: Log
  newId: () => string
  nowMs: () => number
}

const IdOrNone = Type.Union([Id, Type.Literal('none')])
const Filters = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(ConversationStatus),
  assignee: Type.Optional(IdOrNone),
  team: Type.Optional(IdOrNone),
  number: Type.Optional(Id),
  label: Type.Optional(Type.String({ maxLength: 200, description: 'A label’s id or name' })),
  window: Type.Optional(Type.Enum(['open', 'closed'])),
  q: Type.Optional(Type.String({ maxLength: 200 })),
})

const Patch = Type.Object(
  {
    status: Type.Optional(ConversationStatus),
    assigneeId: Type.Optional(Type.Union([Id, Type.Null()])),
    teamId: Type.Optional(Type.Union([Id, Type.Null()])),
    labels: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), {
        maxItems: 100,
        description: 'All it shall have, by id or name; the others are taken off',
      }),
    ),
    priority: Type.Optional(Priority),
    /** With a time, `status` may be left out; null with the status `snoozed`: until the contact writes. */
    snoozedUntil: Type.Optional(Type.Union([Time, Type.Null()])),
    /** Newest message the sender had seen: resolving and snoozing are refused when the contact wrote after it. */
    basedOn: Type.Optional(Id),
  },
  { additionalProperties: false, minProperties: 1 },
)

/** Conversations over HTTP: list, one, and what may be changed about one. A Fastify plugin. */
export async function conversations(app: App, options: ConversationsOptions): Promise<void> {
  const { db, log, newId } = options
  const read = { access: { verb: 'read-conversations' as const } }

  app.get(
    '/api/v1/conversations',
    {
      config: read,
      schema: { querystring: Filters, response: { 200: pageOf(ConversationShape) } },
    },
    async (request) => {
      const { query } = request
      const { after, limit, ask } = startOfPage(query)
      const rows = await listRows(db, actorOf(request), query, { after, ask }, options.nowMs())
      const found = page(rows, limit, ({ conversation: { updatedAtMs, id } }) =>
        placeOf(updatedAtMs, id),
      )
      const items = found.items.map(({ conversation, contact, labels, read: mark }) =>
        showConversation(conversation, contact, labels, mark),
      )
      return { ...found, items }
    },
  )

  app.get(
    '/api/v1/conversations/:id',
    { config: read, schema: { params: IdParams, response: { 200: ConversationShape } } },
    async (request) => readOne(db, actorOf(request), request.params.id),
  )

  app.patch(
    '/api/v1/conversations/:id',
    {
      config: { access: 'anyone' },
      schema: { params: IdParams, body: Patch, response: { 200: ConversationShape } },
    },
    async (request) => {
      const actor = actorOf(request)
      const { params, body } = request
      checkMay(actor, body)
      await log.write((tx) => applyPatch(tx, actor, params.id, body, newId))
      return readOne(db, seeingAll(actor), params.id)
    },
  )
}

type Row = {
  conversation: Conversation
  contact: Contact
  labels: LabelId[]
  read: ReadMark | null
}

async function listRows(
  db: Database,
  actor: Actor,
  query: Static<typeof Filters>,
  { after, ask }: { after: string; ask: number },
  nowMs: number,
): Promise<Row[]> {
  const { status, assignee, team, number, label, window, q } = query
  const labelId = label === undefined ? '' : await labelNamed(db, label)
  if (labelId === undefined) return []
  const opens = sql<boolean>`coalesce((c.data->>'windowExpiresAtMs')::bigint, 0) > ${nowMs}`
  return rowsOf(db, actor)
    .where(isSeenBy(actor, sql`c.scope`))
    .where(sql<boolean>`c.data->>'mergedInto' is null`)
    .$if(status !== undefined, (rows) => rows.where('c.status', '=', status ?? ''))
    .$if(number !== undefined, (rows) => rows.where('c.number_id', '=', number ?? ''))
    .$if(assignee === 'none', (rows) => rows.where('c.assignee_id', 'is', null))
    .$if(assignee !== undefined && assignee !== 'none', (rows) =>
      rows.where('c.assignee_id', '=', assignee ?? ''),
    )
    .$if(team === 'none', (rows) => rows.where('c.team_id', 'is', null))
    .$if(team !== undefined && team !== 'none', (rows) => rows.where('c.team_id', '=', team ?? ''))
    .$if(label !== undefined, (rows) => rows.where(sql<boolean>`c.labels ? ${labelId}`))
    .$if(window === 'open', (rows) => rows.where(opens))
    .$if(window === 'closed', (rows) => rows.where(sql<boolean>`not ${opens}`))
    .$if(q !== undefined && q.trim() !== '', (rows) => rows.where(named(q ?? '')))
    .$if(after !== '', (rows) =>
      rows
        .where('c.updated_day', '<=', dayOf(after))
        .where(isBehind(after, sql`c.updated_at_ms`, sql`c.id`)),
    )
    .orderBy('c.updated_day', 'desc') // what there is an index for
    .orderBy('c.updated_at_ms', 'desc')
    .orderBy('c.id', 'desc')
    .limit(ask)
    .execute()
}

function rowsOf(db: Database, actor: Actor) {
  const mark = sql<string>`${readMarkId(actor.user.id, '' as ConversationId)} || c.id` // what joins both ids
  return db
    .selectFrom('conversation as c')
    .innerJoin('contact as p', 'p.id', 'c.contact_id')
    .leftJoin('read as r', (join) => join.on('r.id', '=', mark))
    .where('c.deleted_at', 'is', null)
    .select(['c.data as conversation', 'p.data as contact', 'r.data as read'])
    .select(labelsShown.as('labels'))
}

/** Ids of the labels in use that a conversation has, by name. */
const labelsShown = sql<LabelId[]>`array(
  select l.id from label l where c.labels ? l.id and l.data->>'deletedAtMs' is null
  order by lower(l.data->>'name'))`

function named(q: string) {
  const pattern = containing(q.trim().replace(/^@/, ''))
  const digits = q.replace(/\D/g, '')
  const phone = digits.length < 3 ? sql`` : sql` or p.data->>'phone' like ${containing(digits)}`
  return sql<boolean>`(p.data->>'name' ilike ${pattern} or p.data->>'username' ilike ${pattern}${phone})`
}

export async function readOne(db: Database, actor: Actor, id: string) {
  const row = await rowsOf(db, actor)
    .where('c.id', '=', id)
    .where(isSeenBy(actor, sql`c.scope`))
    .executeTakeFirst()
  if (row === undefined) throw new AppError('not-found', 'no such conversation')
  const { conversation, contact, labels, read } = row
  return showConversation(conversation, contact, labels, read)
}

function checkMay(actor: Actor, body: Static<typeof Patch>): void {
  const assigns = body.assigneeId !== undefined || body.teamId !== undefined
  const resolves = ['status', 'snoozedUntil', 'priority', 'labels'].some((name) =>
    Object.hasOwn(body, name),
  )
  const may =
    (!assigns || mayUse(actor, { verb: 'assign' })) &&
    (!resolves || mayUse(actor, { verb: 'resolve' }))
  if (!may) throw new AppError('forbidden', 'your role or key does not allow it')
}

/** All of it or nothing. */
async function applyPatch(
  tx: LogTx,
  actor: Actor,
  id: string,
  body: Static<typeof Patch>,
  newId: () => string,
): Promise<void> {
  const conversation = checkSeen(actor, await tx.get('conversation', id))
  const all = seeingAll(actor)
  const deed = (name: string, args: object) =>
    doDeed(tx, all, name, { conversationId: id, activityId: newId(), ...args })
  if (body.teamId !== undefined) await deed('conversation.move', { teamId: body.teamId })
  if (body.assigneeId !== undefined) {
    const { assignVersion: baseVersion } = conversation
    await deed('conversation.assign', { toUserId: body.assigneeId, baseVersion })
  }
  if (body.labels !== undefined) {
    const wanted = await labelsIn(tx, body.labels)
    for (const labelId of wanted) await deed('label.add', { labelId })
    const others = conversation.labels.filter((labelId) => !wanted.includes(labelId))
    for (const labelId of others) await deed('label.remove', { labelId })
  }
  if (body.status === 'open') await deed('conversation.reopen', {})
  if (body.status === 'resolved') {
    const basedOn = body.basedOn ?? conversation.lastInbound?.messageId ?? null
    await deed('conversation.resolve', { basedOn })
  }
  if (body.priority !== undefined) {
    const { priority: baseValue } = conversation
    await deed('conversation.set-priority', { priority: body.priority, baseValue })
  }
  const until = snoozeIn(body)
  if (until !== null) {
    const basedOn = body.basedOn ?? conversation.lastInbound?.messageId ?? null
    await deed('conversation.snooze', { until, basedOn })
  }
}
