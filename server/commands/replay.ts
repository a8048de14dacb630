import { setTimeout as wait } from 'node:timers/promises'
import { clock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { hooks } from '../hooks.ts'
import {
  countCalls,
  countFates,
  messagesOf,
  rehearse,
  reopenCalls,
  type Fates,
  type Range,
} from '../intake/replay.ts'
import { startIntake } from '../intake/worker.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { fetchAgain } from '../media/fetch-again.ts'
import { rememberMedia } from '../media/remember.ts'
import { reasonOf, StartError } from '../start-error.ts'
import type { Database } from '../store/database.ts'
import { openStore } from '../store/store.ts'
import { takeFlags } from './flags.ts'
import { describeChanges, summarize } from './replay-diff.ts'

type Asked = { range: Range; isRehearsal: boolean; hasDiff: boolean; rest: string[] }

/**
 * Reads webhook calls of a time again while the server is stopped. What they brought before is not brought twice; what
 * could not be understood then may be understood now. `--dry-run` only says what would change.
 *
 * @returns what to print
 * @throws StartError
 */
export async function replayCalls(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const asked = readFlags(args)
  const store = await openStore(readConfig(asked.rest, env))
  try {
    await prepareLane(store.db, () => clock.newId())
    return asked.isRehearsal ? await rehearsal(store.db, asked) : await replay(store.db, asked)
  } finally {
    await store.close()
  }
}

function readFlags(args: readonly string[]): Asked {
  const { values, switches, rest } = takeFlags(args, ['from', 'to', 'number'], ['dry-run', 'diff'])
  const from = values.get('from')
  if (from === undefined) throw new StartError('The flag --from is missing.')
  const isRehearsal = switches.has('dry-run')
  const hasDiff = switches.has('diff')
  if (hasDiff && !isRehearsal) throw new StartError('The flag --diff belongs to --dry-run.')
  const to = values.get('to')
  const number = values.get('number')
  const range = {
    from: timeOf('from', from),
    to: to === undefined ? new Date(clock.nowMs()) : timeOf('to', to),
    ...(number === undefined ? {} : { number }),
  }
  if (range.from >= range.to) throw new StartError('The flag --from is not before --to.')
  return { range, isRehearsal, hasDiff, rest }
}

function timeOf(flag: string, found: string): Date {
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(found)
  const time = new Date(found)
  if (isTime && !Number.isNaN(time.getTime())) return time
  throw new StartError(
    `The flag --${flag} is "${found}". Allowed is a time such as 2026-11-23 or 2026-11-23T08:00:00Z.`,
  )
}

async function rehearsal(db: Database, { range, hasDiff }: Asked): Promise<string> {
  const before = await countFates(db, range)
  const { written, fates } = await rehearse(db, range, {
    clock,
    onMedia: rememberMedia,
    hooks,
  }).catch((error: unknown) => {
    throw new StartError(`Reading them again would fail: ${reasonOf(error)}`)
  })
  return [
    await opening(db, range, ['would be', 'would be']),
    written.length === 0 ? 'No row would change.' : `Rows: ${summarize(written)}.`,
    describeFates(before, fates),
    ...(hasDiff ? describeChanges(written) : []),
  ].join('\n')
}

/** A call that fails is tried five times within some seconds, as it would be by the server. */
const longestMs = 60_000

async function replay(db: Database, { range }: Asked): Promise<string> {
  const before = await countFates(db, range)
  const log = createLog(db, { nowMs: () => clock.nowMs(), beforeCommit: hooks })
  await reopenCalls(db, range)
  const intake = startIntake({ db, log, clock, onMedia: rememberMedia })
  try {
    await untilRead(db, () => intake.idle())
  } finally {
    await intake.stop()
  }
  const files = await fetchAgain(db, clock.nowMs(), messagesOf(range))
  return [
    await opening(db, range, ['was', 'were']),
    describeFates(before, await countFates(db, range)),
    ...(files === 0 ? [] : [`Files to be fetched again when the server runs: ${files}.`]),
  ].join('\n')
}

/** As long as it goes on, and a while more for those that are tried again. */
async function untilRead(db: Database, idle: () => Promise<void>): Promise<void> {
  let left = Infinity
  for (let deadlineMs = clock.nowMs() + longestMs; clock.nowMs() < deadlineMs;) {
    await idle()
    const { rest } = await db
      .selectFrom('webhook_call')
      .select((eb) => eb.fn.countAll<number>().as('rest'))
      .where('state', '=', 'received')
      .executeTakeFirstOrThrow()
    if (rest === 0) return
    if (rest < left) deadlineMs = clock.nowMs() + longestMs
    left = rest
    await wait(200)
  }
  throw new StartError('Some calls are still to be read; the server goes on with them.')
}

async function opening(
  db: Database,
  range: Range,
  [one, many]: [one: string, many: string],
): Promise<string> {
  const { calls, withoutBody } = await countCalls(db, range)
  const read = calls - withoutBody
  const said = read === 1 ? `1 call ${one} read again` : `${read} calls ${many} read again`
  return withoutBody === 0
    ? `${said}.`
    : `${said}; of ${withoutBody} more the body is no longer kept.`
}

function describeFates(before: Fates, after: Fates): string {
  const names = ['stored', 'duplicate', 'ignored', 'parked', 'failed'] as const
  const figures = names.map((name) => {
    const [was, is] = [before[name] ?? 0, after[name] ?? 0]
    return was === is ? `${name} ${is}` : `${name} ${is} (was ${was})`
  })
  return `Parts: ${figures.join(', ')}.`
}
