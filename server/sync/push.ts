import { createHash } from 'node:crypto'
import type { Change } from '../../core/domain/entities.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import type { Outcome } from '../../core/mutators/mutator.ts'
import type { MutationResult, PushedMutation } from '../../core/protocol/shared.ts'
import type { Log } from '../log/log.ts'
import { mutate } from '../log/mutate.ts'
import type { LogTx } from '../log/transaction.ts'

/** What a push came to. `fenced`: a newer connection of the same replica took over. */
export type Pushed = 'done' | 'fenced' | 'fork' | 'order'

class Abort extends Error {
  readonly kind: Pushed
  constructor(kind: Pushed) {
    super(kind)
    this.kind = kind
  }
}

/**
 * Does a batch of deeds in one transaction, in their order, each exactly once: `mid` must go on from the last, `prev`
 * must name the last, a known `muid` keeps the answer it got. A refusal is an answer, not a failure.
 */
export async function push(
  log: Log,
  replica: { id: string; userId: string; fence: number },
  muts: readonly PushedMutation[],
): Promise<Pushed> {
  try {
    await log.write((tx) => pushIn(tx, replica, muts))
    return 'done'
  } catch (error) {
    if (error instanceof Abort) return error.kind
    throw error
  }
}

async function pushIn(
  tx: LogTx,
  replica: { id: string; userId: string; fence: number },
  muts: readonly PushedMutation[],
): Promise<void> {
  const place = await tx.sql
    .selectFrom('replica')
    .innerJoin('lane', (join) => join.on('lane', '=', 0))
    .select(['lmid', 'lmuid', 'fence', 'epoch'])
    .where('id', '=', replica.id)
    .executeTakeFirstOrThrow()
  if (place.fence !== replica.fence) throw new Abort('fenced')
  const user = await tx.get('user', replica.userId)
  const known = await knownDeeds(tx, muts)
  let { lmid } = place
  let lmuid = place.lmuid as MutationId | null // written below from a checked MutationId
  for (const mutation of muts) {
    if (mutation.mid <= lmid) {
      if (mutation.mid === lmid && mutation.muid !== lmuid) throw new Abort('fork')
      continue
    }
    if (mutation.mid !== lmid + 1) throw new Abort('order')
    if (mutation.prev !== lmuid) throw new Abort('fork')
    if (!known.has(mutation.muid))
      await perform(tx, user, { replica: replica.id, epoch: place.epoch }, mutation)
    lmid = mutation.mid
    lmuid = mutation.muid
  }
  await tx.sql
    .updateTable('replica')
    .set({ lmid, lmuid, seen_at: new Date(tx.nowMs) })
    .where('id', '=', replica.id)
    .execute()
}

/** Deeds that were done before, perhaps under another replica id: the same work is never done twice. */
async function knownDeeds(tx: LogTx, muts: readonly PushedMutation[]): Promise<Set<string>> {
  const rows = await tx.sql
    .selectFrom('mutation')
    .select('muid')
    .where(
      'muid',
      'in',
      muts.map(({ muid }) => muid),
    )
    .execute()
  return new Set(rows.map(({ muid }) => muid))
}

async function perform(
  tx: LogTx,
  user: User | undefined,
  { replica, epoch }: { replica: string; epoch: string },
  mutation: PushedMutation,
): Promise<void> {
  const outcome: Outcome =
    user === undefined ? { ok: false, code: 'forbidden' } : await tolerant(tx, user, mutation)
  if (outcome.ok && mutation.ep !== epoch) doubt(tx, outcome.changes)
  const result = resultOf(outcome)
  await tx.sql
    .insertInto('mutation')
    .values({
      muid: mutation.muid,
      replica,
      mid: mutation.mid,
      name: mutation.name,
      args_hash: hashOf(mutation),
      result: JSON.stringify(result),
    })
    .execute()
}

/**
 * What was written under an older history may have left before the backup was taken that this one began with: it is
 * not sent again, a person decides.
 */
function doubt(tx: LogTx, changes: readonly Change[]): void {
  for (const { entity, row } of changes) {
    if (entity !== 'message' || row.direction !== 'out' || row.status !== 'queued') continue
    const statusAt = { ...row.statusAt, uncertain: tx.nowMs }
    tx.put({ entity, row: { ...row, status: 'uncertain', statusAt } })
  }
}

/** A mutator that throws is our bug; it is answered as one and the deeds behind it go on. */
async function tolerant(tx: LogTx, user: User, { name, args }: PushedMutation): Promise<Outcome> {
  try {
    return await mutate(tx, user, name, args)
  } catch (error) {
    if (isDatabaseError(error)) throw error
    return { ok: false, code: 'internal' }
  }
}

/** After an error of the database the transaction is lost, and with it everything in it. */
function isDatabaseError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error
}

function resultOf(outcome: Outcome): MutationResult {
  if (outcome.ok) return { ok: true }
  const { code, details } = outcome
  return details === undefined ? { ok: false, code } : { ok: false, code, details }
}

function hashOf({ name, args }: PushedMutation): string {
  return createHash('sha256')
    .update(JSON.stringify([name, args]))
    .digest('base64')
}
