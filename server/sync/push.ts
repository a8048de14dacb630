import type { MutationId } from '../../core/domain/ids.ts'
import type { PushedMutation } from '../../core/protocol/shared.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import { isOfDatabase, perform, refuseAsBug } from './perform.ts'

/** What a push came to. `fenced`: a newer connection of the same replica took over. */
export type Pushed = 'done' | 'fenced' | 'fork' | 'order'

class Abort extends Error {
  readonly kind: Pushed
  constructor(kind: Pushed) {
    super(kind)
    this.kind = kind
  }
}

type Replica = { id: string; userId: string; fence: number }
type Parts = { log: Log; report: (fault: unknown) => void }

/**
 * Does a batch of deeds in one transaction, in their order, each exactly once: `mid` must go on from the last, `prev`
 * must name the last, a known `muid` keeps the answer it got. A refusal is an answer, not a failure. When the database
 * does not take what they wrote, each is done in a transaction of its own, and the one at fault is refused as
 * `internal`: a deed that can never be done must not stand before all others.
 *
 * @throws whatever the database fails with for reasons of its own; the console pushes again
 */
export async function push(
  parts: Parts,
  replica: Replica,
  muts: readonly PushedMutation[],
): Promise<Pushed> {
  try {
    return await attempt(parts, replica, muts, perform)
  } catch (error) {
    if (!isAboutRows(error)) throw error
    if (muts.length > 1) return pushEach(parts, replica, muts)
    parts.report(error)
    return attempt(parts, replica, muts, refuseAsBug)
  }
}

async function pushEach(
  parts: Parts,
  replica: Replica,
  muts: readonly PushedMutation[],
): Promise<Pushed> {
  for (const mutation of muts) {
    const pushed = await push(parts, replica, [mutation])
    if (pushed !== 'done') return pushed
  }
  return 'done'
}

async function attempt(
  { log, report }: Parts,
  replica: Replica,
  muts: readonly PushedMutation[],
  doing: typeof perform,
): Promise<Pushed> {
  try {
    await log.write((tx) => pushIn(tx, { ...replica, report }, muts, doing))
    return 'done'
  } catch (error) {
    if (error instanceof Abort) return error.kind
    throw error
  }
}

async function pushIn(
  tx: LogTx,
  { report, ...replica }: Replica & Pick<Parts, 'report'>,
  muts: readonly PushedMutation[],
  doing: typeof perform,
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
  const here = { replica: replica.id, epoch: place.epoch, report }
  let { lmid } = place
  let lmuid = place.lmuid as MutationId | null // written below from a checked MutationId
  for (const mutation of muts) {
    if (mutation.mid <= lmid) {
      if (mutation.mid === lmid && mutation.muid !== lmuid) throw new Abort('fork')
      continue
    }
    if (mutation.mid !== lmid + 1) throw new Abort('order')
    if (mutation.prev !== lmuid) throw new Abort('fork')
    if (!known.has(mutation.muid)) await doing(tx, user, here, mutation)
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

/**
 * Whether the database fails at what was written and would every time: a value it cannot hold, a rule that is broken, a
 * limit of its own (an index entry, the depth of a JSON value). A lost connection, a full disk or a lock are not. Source:
 * https://www.postgresql.org/docs/18/errcodes-appendix.html, classes 22, 23 and 54
 */
function isAboutRows(error: unknown): boolean {
  return isOfDatabase(error) && /^(22|23|54)[0-9A-Z]{3}$/.test(String(error.code))
}
