import type { Platform } from '../../core/lib/clock.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import { resumeNumber } from '../sender/health.ts'
import type { Database } from '../store/database.ts'
import type { Client, NumberNode } from '../whatsapp/client.ts'

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
  everyMs?: number
  /** How often a paused number is tried, and the shortest wait after an error. */
  retryMs?: number
}

export type NumberSync = {
  /** Looks now: the token or the account has changed. Resolves when it is done; never throws. */
  check(): Promise<void>
  stop(): Promise<void>
}

const everyTenMinutesMs = 10 * 60_000
const halfMinuteMs = 30_000

/**
 * Keeps the firm's numbers as WhatsApp knows them, sees to it that the account's webhooks come to us, and lets a
 * paused number go on once its token is accepted again.
 */
export function startNumberSync(options: NumberSyncOptions): NumberSync {
  const { clock, everyMs = everyTenMinutesMs, retryMs = halfMinuteMs } = options
  let isStopped = false
  let failures = 0
  let subscribed: string | undefined
  let reported: string | undefined
  let underWay: Promise<void> = Promise.resolve()
  let cancelTimer: () => void = () => undefined

  async function run(): Promise<void> {
    if (isStopped) return
    cancelTimer()
    let hasPaused = false
    try {
      hasPaused = await look()
      failures = 0
      reported = undefined
    } catch (error) {
      failures += 1
      reportOnce(error)
    }
    if (isStopped) return
    const backOffMs = Math.min(everyMs, retryMs * 2 ** Math.min(failures, 20))
    const nextMs = failures > 0 ? backOffMs : hasPaused ? retryMs : everyMs
    cancelTimer = clock.after(nextMs, () => void check())
  }

  /** @returns whether a number is paused still */
  async function look(): Promise<boolean> {
    const client = options.client()
    if (client === undefined) return false
    const accountId = options.accountId()
    if (accountId !== undefined) {
      const nodes = await client.listNumbers(accountId)
      await storeNumbers(options, accountId, nodes)
      if (subscribed !== accountId) await client.subscribeApp(accountId)
      subscribed = accountId
    }
    return tryPaused(options, client)
  }

  function reportOnce(error: unknown): void {
    const kind = error instanceof AppError ? `${error.code} ${error.message}` : String(error)
    if (kind !== reported) options.report(error)
    reported = kind
  }

  function check(): Promise<void> {
    underWay = underWay.then(run)
    return underWay
  }

  void check()
  return {
    check,
    async stop() {
      isStopped = true
      cancelTimer()
      await underWay
    },
  }
}

async function storeNumbers(
  { log, clock }: NumberSyncOptions,
  accountId: string,
  nodes: readonly NumberNode[],
): Promise<void> {
  await log.write(async (tx) => {
    const known = new Map((await tx.list('number')).map((number) => [number.phoneNumberId, number]))
    for (const node of nodes) {
      const before = known.get(node.id)
      const row: OwnNumber = {
        ...(before ?? {
          id: clock.newId() as NumberId, // made here for this number
          phoneNumberId: node.id,
          health: 'ok',
        }),
        accountId,
        ...withoutUndefined({
          displayPhone: node.display_phone_number,
          name: node.verified_name,
          isOfficial: node.is_official_business_account,
          throughput: node.throughput?.level,
          isOnBizApp: node.is_on_biz_app,
        }),
      }
      if (!isSame(before, row)) tx.put({ entity: 'number', row })
    }
  })
}

/** @returns whether one is paused still */
async function tryPaused({ db, log }: NumberSyncOptions, client: Client): Promise<boolean> {
  const rows = await db
    .selectFrom('number')
    .select('data')
    .where('deleted_at', 'is', null)
    .execute()
  let remains = false
  for (const { data: number } of rows) {
    if (number.health !== 'paused') continue
    const isBack = await client.getNumber(number.phoneNumberId).then(
      () => true,
      () => false,
    )
    if (isBack) await log.write((tx) => resumeNumber(tx, number.id))
    else remains = true
  }
  return remains
}

function isSame(a: OwnNumber | undefined, b: OwnNumber): boolean {
  return (
    a !== undefined &&
    a.accountId === b.accountId &&
    a.displayPhone === b.displayPhone &&
    a.name === b.name &&
    a.isOfficial === b.isOfficial &&
    a.throughput === b.throughput &&
    a.isOnBizApp === b.isOnBizApp
  )
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(members: T): Present<T> {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as Present<T> // the same members, without the undefined ones
}
