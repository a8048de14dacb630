import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../store/database.ts'
import { containing } from '../store/like.ts'
import type { CallState, Outcome } from './tables.ts'

/** What is looked for. Everything about a part has to be true of one and the same part. */
export type Search = {
  /** Only calls before this one. */
  before?: number | undefined
  state?: CallState | undefined
  from?: Date | undefined
  to?: Date | undefined
  outcome?: Outcome | undefined
  kind?: string | undefined
  /** Meta's id of a number of ours. */
  number?: string | undefined
  /** Our id of a message, or WhatsApp's. */
  message?: string | undefined
  conversation?: string | undefined
  /** Words in the reason. */
  reason?: string | undefined
}

type Condition = RawBuilder<unknown>

/** What has to be true of a row of `webhook_call`. */
export async function conditionsOf(db: Database, search: Search): Promise<Condition> {
  const { before, state, from, to } = search
  const conditions: Condition[] = [
    ...(before === undefined ? [] : [sql`webhook_call.id < ${before}`]),
    ...(state === undefined ? [] : [sql`webhook_call.state = ${state}`]),
    ...(from === undefined ? [] : [sql`webhook_call.received_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`webhook_call.received_at < ${to}`]),
  ]
  const ofPart = [...simple(search), ...(await ofMessage(db, search.message))]
  if (ofPart.length > 0) {
    conditions.push(sql`webhook_call.id in (select call_id from webhook_part where ${all(ofPart)})`)
  }
  return all(conditions)
}

function simple({ outcome, kind, number, conversation, reason }: Search): Condition[] {
  return [
    ...(outcome === undefined ? [] : [sql`outcome = ${outcome}`]),
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(number === undefined ? [] : [sql`phone_number_id = ${number}`]),
    ...(conversation === undefined ? [] : [ofConversation(conversation)]),
    ...(reason === undefined ? [] : [sql`reason ilike ${containing(reason)}`]),
  ]
}

/** Found by its messages, because there the index is; a few parts are about the conversation alone. */
function ofConversation(id: string): Condition {
  return sql`(call_id, index) in (
    select about.call_id, about.index from webhook_part about join message on message.id = about.message_id
    where message.conversation_id = ${id}
    union all select call_id, index from webhook_part where message_id is null and conversation_id = ${id})`
}

/** Also what waits for a message that is not here yet: it names WhatsApp's id. */
async function ofMessage(db: Database, message: string | undefined): Promise<Condition[]> {
  if (message === undefined) return []
  const named = await db
    .selectFrom('message')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('id', '=', message),
        eb.and([
          eb('wamid', '=', message),
          eb('number_id', 'in', eb.selectFrom('number').select('id')),
        ]),
      ]),
    )
    .execute()
  const ids = named.map(({ id }) => id)
  return [
    sql`(call_id, index) in (
      select call_id, index from webhook_part where message_id = any(${ids}::text[])
      union all select call_id, part_index from parked
      where number_id in (select id from number) and wamid = ${message})`,
  ]
}

function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}
