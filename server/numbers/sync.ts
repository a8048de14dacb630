import type { Platform } from '../../core/lib/clock.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { measure } from './measure.ts'
import { lookAround, type Known } from './round.ts'
import { storeFindings } from './store.ts'

export type NumberSyncOptions = {
  db: Database
  log: Log
  clock: Platform
  /** Undefined while there is no token. */
  client: () => Client | undefined
  /** Of the WhatsApp Business account; undefined while it is not set. */
  accountId: () => string | undefined
  /** Hears of bugs, and of each new kind of trouble once. */
  report: (error: unknown) => void
  /** Told after each look: what it found may call for an alarm. */
  onLooked?: () => Promise<void>
  everyMs?: number
  /** Half the first wait after an error, or while a number is paused; each further one is twice as long. */
  retryMs?: number
}

export type NumberSync = {
  /** Looks now: somebody asks, or the token or the account has changed. Resolves when it is done; never throws. */
  check(): Promise<void>
  /** Looks soon: WhatsApp told something, or refused a token. Many wakes are one look. */
  wake(): void
  stop(): Promise<void>
}

const everyTenMinutesMs = 10 * 60_000
const halfMinuteMs = 30_000
/** What WhatsApp tells in several webhooks is read with one look. */
const soonMs = 2000

/**
 * Keeps the firm's numbers and their account as WhatsApp knows them, sees to it that the account's webhooks come to us,
 * and lets a paused number go on once its token is accepted again. While WhatsApp does not answer it asks ever more
 * seldom, and what was known stays.
 */
export function startNumberSync(options: NumberSyncOptions): NumberSync {
  const { clock, everyMs = everyTenMinutesMs, retryMs = halfMinuteMs } = options
  let isStopped = false
  let failures = 0
  let subscribed: string | undefined
  let reported: string | undefined
  let underWay: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  let cancelTimer: () => void = () => undefined
  let dueAtMs = Infinity

  async function run(): Promise<void> {
    if (isStopped) return
    cancelTimer()
    dueAtMs = Infinity
    try {
      const { ended, isPaused } = await look()
      if (ended !== undefined) throw ended
      failures = isPaused ? failures + 1 : 0
      reported = undefined
    } catch (error) {
      failures += 1
      reportOnce(error)
    }
    schedule(failures > 0 ? Math.min(everyMs, retryMs * 2 ** Math.min(failures, 20)) : everyMs)
  }

  function schedule(delayMs: number): void {
    if (isStopped || clock.nowMs() + delayMs >= dueAtMs) return
    cancelTimer()
    dueAtMs = clock.nowMs() + delayMs
    cancelTimer = clock.after(delayMs, () => void check())
  }

  /** @returns why not everything could be asked, and whether a number is paused still */
  async function look(): Promise<{ ended: AppError | undefined; isPaused: boolean }> {
    const { db, log, onLooked } = options
    const client = options.client()
    if (client === undefined) return { ended: undefined, isPaused: false }
    const accountId = options.accountId()
    const isUnheard = accountId !== undefined && subscribed !== accountId
    if (isUnheard && (await isSubscribed(client, accountId))) subscribed = accountId
    const nowMs = () => clock.nowMs()
    const findings = await lookAround(client, accountId, await readKnown(db, accountId), nowMs)
    const measured = await measure(db, accountId, nowMs())
    await log.write((tx) => storeFindings(tx, () => clock.newId(), findings, measured))
    const { numbers } = await readKnown(db, accountId)
    await onLooked?.()
    return { ended: findings.ended, isPaused: numbers.some(({ health }) => health === 'paused') }
  }

  function reportOnce(error: unknown): void {
    const kind = error instanceof AppError ? `${error.code} ${error.message}` : String(error)
    if (kind !== reported) options.report(error)
    reported = kind
  }

  /** Who asks while a look waits for its turn is answered by that one. */
  function check(): Promise<void> {
    waiting ??= underWay.then(() => {
      waiting = undefined
      return run()
    })
    underWay = waiting
    return waiting
  }

  void check()
  return {
    check,
    wake: () => schedule(failures > 0 ? retryMs : soonMs),
    async stop() {
      isStopped = true
      cancelTimer()
      await underWay
    },
  }
}

/** Asks for the account's webhooks. That WhatsApp refuses shows in the look that follows. */
async function isSubscribed(client: Client, accountId: string): Promise<boolean> {
  return client.subscribeApp(accountId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError) return false
      throw error
    },
  )
}

async function readKnown(db: Database, accountId: string | undefined): Promise<Known> {
  const numbers = await db
    .selectFrom('number')
    .select('data')
    .where('deleted_at', 'is', null)
    .execute()
  const account = await db
    .selectFrom('waba')
    .select('data')
    .where('meta_id', '=', accountId ?? '')
    .executeTakeFirst()
  return { account: account?.data, numbers: numbers.map(({ data }) => data) }
}
