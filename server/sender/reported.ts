import { sql } from 'kysely'
import type { Message } from '../../core/domain/message.ts'
import { reached } from '../../core/domain/status.ts'
import type { BeforeCommit } from '../log/log.ts'
import type { OutboxState } from './tables.ts'

/**
 * What others write about a message goes for its row too. Whatever WhatsApp reports of it proves that it has it, so it
 * is through and what waits behind it may go: a status webhook may know before the answer to the call does, or instead
 * of it. What failed, or what a person has done with, does not leave any more.
 */
export const settleReported: BeforeCommit = async (tx, written) => {
  const news = written.flatMap(({ change, before }) => {
    if (change.entity !== 'message' || change.row.direction !== 'out' || before === undefined) {
      return []
    }
    const state = newState(change.row, before as Message) // the row before has the same entity
    return state === undefined ? [] : [{ message: change.row, state }]
  })
  if (news.length === 0) return
  await sql`
    update outbox o set state = n.state, moved_at = ${new Date(tx.nowMs)},
      wamid = coalesce(n.wamid, o.wamid), last_error = coalesce(n.error, o.last_error)
    from unnest(
      ${news.map(({ message }) => message.id)}::text[],
      ${news.map(({ state }) => state)}::text[],
      ${news.map(({ message }) => message.wamid ?? null)}::text[],
      ${news.map(({ message, state }) => (state === 'accepted' || message.error === undefined ? null : JSON.stringify(message.error)))}::jsonb[]
    ) as n (id, state, wamid, error)
    where o.id = n.id and o.state <> n.state and (n.state = 'accepted' or o.state <> 'sending')
  `.execute(tx.sql)
}

function newState(now: Message, was: Message): OutboxState | undefined {
  if (now.status === 'failed') {
    if (was.status === 'failed') return undefined
    return isByPerson(now, was) ? 'dismissed' : 'failed'
  }
  return isReported(now) && !isReported(was) ? 'accepted' : undefined
}

function isReported({ status, wamid }: Message): boolean {
  return reached(status, 'accepted') || (wamid !== undefined && status !== 'failed')
}

/** Done with by `message.dismiss`, which leaves an error that was there as it is. */
function isByPerson({ error }: Message, was: Message): boolean {
  if (error?.code === 'dismissed' || error?.code === 'taken-back') return true
  const couldBe = was.status === 'held' || was.status === 'uncertain'
  return couldBe && error !== undefined && error.code === was.error?.code
}
