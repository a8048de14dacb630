import { sql } from 'kysely'
import type { Message } from '../../core/domain/message.ts'
import type { BeforeCommit } from '../log/log.ts'
import type { LogTx, Written } from '../log/transaction.ts'
import { apply } from './apply.ts'
import type { Fold } from './fold.ts'
import type { Happening } from './happening.ts'
import { saveAliases } from './ledger.ts'
import { loadFold } from './load.ts'
import { showReactions } from './reactions.ts'
import type { Result } from './result.ts'
import type { ParkedKind } from './tables.ts'

type Row = {
  id: number
  kind: ParkedKind
  happening: Happening
  call_id: number
  part_index: number
  at: Date
}

/**
 * Folds what waited for a message as soon as that message is stored or the sender learns its wamid, in the same
 * transaction. Statuses overtake the answer to the call they belong to, reactions the message they point at.
 */
export const drainParked: BeforeCommit = async (tx, written) => {
  const arrived = written.flatMap(newlyNamed)
  if (arrived.length === 0) return
  const rows = await take(tx, arrived)
  if (rows.length === 0) return
  const fold = await loadFold(
    tx,
    rows.map(({ happening }) => happening),
    () => {
      throw new Error('bug: what was parked made a new row')
    },
  )
  const settled = rows.map((row) => ({ row, result: fold1(fold, row) }))
  await saveAliases(tx, fold)
  await note(tx, settled)
}

function fold1(fold: Fold, { kind, happening, at }: Row): Result {
  fold.receivedAtMs = at.getTime()
  return kind === 'reaction' ? pointReaction(fold, happening) : apply(fold, happening)
}

/** The reaction message is stored already; now it is known what it points at. */
function pointReaction(fold: Fold, happening: Happening): Result {
  if (happening.kind !== 'reaction-given') throw new Error('bug: parked as a reaction')
  const number = fold.number(happening.on)
  const target = fold.messageByWamid(number.id, happening.target)
  const given = fold.messageByWamid(number.id, happening.wamid)
  if (target === undefined || given?.reaction === undefined) return { outcome: 'ignored' }
  fold.putMessage({ ...given, reaction: { ...given.reaction, messageId: target.id } })
  showReactions(fold, target)
  return { outcome: 'stored', messageId: given.id, conversationId: given.conversationId }
}

function newlyNamed({ change, before }: Written): { numberId: string; wamid: string }[] {
  if (change.entity !== 'message') return []
  const { numberId, wamid } = change.row
  const was = before as Message | undefined // the row before has the same entity
  return wamid === undefined || was?.wamid === wamid ? [] : [{ numberId, wamid }]
}

async function take(
  tx: LogTx,
  arrived: readonly { numberId: string; wamid: string }[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    delete from parked using unnest(
      ${arrived.map(({ numberId }) => numberId)}::text[], ${arrived.map(({ wamid }) => wamid)}::text[]
    ) as arrived (number_id, wamid)
    where parked.number_id = arrived.number_id and parked.wamid = arrived.wamid
    returning parked.id, kind, happening, call_id, part_index, at
  `.execute(tx.sql)
  return rows.sort((a, b) => a.id - b.id)
}

async function note(tx: LogTx, settled: readonly { row: Row; result: Result }[]): Promise<void> {
  const results = settled.map(({ result }) => result)
  await sql`
    update webhook_part set outcome = settled.outcome, reason = settled.reason,
      message_id = settled.message_id, conversation_id = settled.conversation_id
    from unnest(
      ${settled.map(({ row }) => row.call_id)}::bigint[], ${settled.map(({ row }) => row.part_index)}::int[],
      ${results.map(({ outcome }) => outcome)}::text[], ${results.map(({ reason }) => reason ?? null)}::text[],
      ${results.map(({ messageId }) => messageId ?? null)}::text[],
      ${results.map(({ conversationId }) => conversationId ?? null)}::text[]
    ) as settled (call_id, index, outcome, reason, message_id, conversation_id)
    where webhook_part.call_id = settled.call_id and webhook_part.index = settled.index
      and webhook_part.outcome = 'parked'
  `.execute(tx.sql)
}
