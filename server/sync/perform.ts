import { createHash } from 'node:crypto'
import type { Change } from '../../core/domain/entities.ts'
import type { User } from '../../core/domain/people.ts'
import { storable, storableJson } from '../../core/lib/text.ts'
import { refuse, type Outcome } from '../../core/mutators/mutator.ts'
import type { MutationResult, PushedMutation } from '../../core/protocol/shared.ts'
import { mutate } from '../log/mutate.ts'
import type { LogTx } from '../log/transaction.ts'

/** Whose deed it is, in which history it is done, and who hears of bugs. */
type Place = { replica: string; epoch: string; report: (bug: unknown) => void }

/** What a person did longer ago is only done when they say so again: what became of it may be known no more. */
export const longestAgoMs = 90 * 24 * 60 * 60_000

/** Does one deed of a console and keeps what came of it. */
export async function perform(
  tx: LogTx,
  user: User | undefined,
  place: Place,
  mutation: PushedMutation,
): Promise<void> {
  const outcome = isTooOld(tx, mutation)
    ? refuse('too-old')
    : user === undefined
      ? refuse('forbidden')
      : await tolerant(tx, user, mutation, place)
  if (outcome.ok && mutation.ep !== place.epoch) doubt(tx, outcome.changes)
  await keep(tx, place, mutation, outcome)
}

/** In place of a deed whose rows the database does not take. */
export async function refuseAsBug(
  tx: LogTx,
  _user: User | undefined,
  place: Place,
  mutation: PushedMutation,
): Promise<void> {
  await keep(tx, place, mutation, refuse('internal'))
}

/** After an error of the database the transaction is lost, and with it everything in it. */
export function isOfDatabase(error: unknown): error is { code: unknown } {
  return typeof error === 'object' && error !== null && 'code' in error
}

async function keep(
  tx: LogTx,
  { replica }: Place,
  mutation: PushedMutation,
  outcome: Outcome,
): Promise<void> {
  await tx.sql
    .insertInto('mutation')
    .values({
      muid: mutation.muid,
      replica,
      mid: mutation.mid,
      name: storable(mutation.name),
      args_hash: hashOf(mutation),
      result: JSON.stringify(storableJson(resultOf(outcome))),
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
async function tolerant(
  tx: LogTx,
  user: User,
  mutation: PushedMutation,
  place: Place,
): Promise<Outcome> {
  try {
    return await mutate(tx, user, mutation.name, mutation.args, ageMs(tx, place, mutation))
  } catch (error) {
    if (isOfDatabase(error)) throw error
    place.report(error)
    return refuse('internal')
  }
}

function isTooOld({ nowMs }: LogTx, { doneAtMs = nowMs }: PushedMutation): boolean {
  return nowMs - doneAtMs > longestAgoMs
}

/** Unknown of what is in doubt for its history: that asks the person already. */
function ageMs(tx: LogTx, { epoch }: Place, { ep, doneAtMs }: PushedMutation): number | undefined {
  return ep === epoch && doneAtMs !== undefined ? tx.nowMs - doneAtMs : undefined
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
