import { AppError } from '../../core/lib/errors.ts'
import type { Platform } from '../../core/lib/clock.ts'
import type { Log } from '../log/log.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { storeTemplates } from './store.ts'

export type TemplateMirrorOptions = {
  db: Database
  log: Log
  clock: Platform
  /** Undefined while there is no token. */
  client: () => Client | undefined
  /** The WhatsApp Business account that is set; those of our numbers are mirrored too. */
  accountId: () => string | undefined
  /** Hears of bugs, and of each new kind of trouble once. */
  report: (error: unknown) => void
  everyMs?: number
  /** Shortest wait after an error. */
  retryMs?: number
  /** How long a webhook's siblings are waited for. */
  wakeMs?: number
  /** Between two pages of one list. */
  pageMs?: number
}

export type TemplateMirror = {
  /** Looks at everything now. Resolves when it is done; never throws. */
  check(): Promise<void>
  /** A webhook said that something is different: looks soon. */
  wake(): void
  /** Looks at one name of an account, in all its languages. @throws AppError `whatsapp`, `unavailable` */
  look(accountId: string, name: string): Promise<void>
  stop(): Promise<void>
}

const everyQuarterMs = 15 * 60_000
const halfMinuteMs = 30_000
const wakeAfterMs = 2000
const pageAfterMs = 250

/** Keeps the templates as WhatsApp has them: at the start, every quarter of an hour, and when a webhook says so. */
export function startTemplateMirror(options: TemplateMirrorOptions): TemplateMirror {
  const { clock, everyMs = everyQuarterMs, retryMs = halfMinuteMs } = options
  const { wakeMs = wakeAfterMs, pageMs = pageAfterMs } = options
  let isStopped = false
  let isWoken = false
  let failures = 0
  let reported: string | undefined
  let underWay: Promise<void> = Promise.resolve()
  let cancelTimer: () => void = () => undefined

  async function run(): Promise<void> {
    if (isStopped) return
    cancelTimer()
    isWoken = false
    try {
      await lookAtAll()
      failures = 0
      reported = undefined
    } catch (error) {
      failures += 1
      if (!isStopped) reportOnce(error)
    }
    const backOffMs = Math.min(everyMs, retryMs * 2 ** Math.min(failures, 20))
    schedule(isWoken ? wakeMs : failures > 0 ? backOffMs : everyMs)
  }

  /** Each account by itself: one that is refused does not keep the others from being seen. */
  async function lookAtAll(): Promise<void> {
    const client = options.client()
    if (client === undefined) return
    const failed: unknown[] = []
    for (const accountId of await accountIds()) {
      await lookAt(client, accountId).catch((error: unknown) => failed.push(error))
    }
    if (failed.length > 0) throw failed[0]
  }

  async function lookAt(client: Client, accountId: string, name?: string): Promise<void> {
    const askedAtMs = clock.nowMs()
    const pause = async () => {
      await new Promise<void>((resolve) => clock.after(pageMs, resolve))
      if (isStopped) throw new AppError('unavailable', 'the server is stopping')
    }
    const named = name === undefined ? {} : { name }
    const templates = await client.listTemplates(accountId, { ...named, pause })
    const { db, log } = options
    const store = { db, log, newId: () => clock.newId() }
    await storeTemplates(store, { accountId, templates, askedAtMs, ...named })
  }

  async function accountIds(): Promise<Set<string>> {
    const rows = await options.db
      .selectFrom('number')
      .select('data')
      .where('deleted_at', 'is', null)
      .execute()
    const ids = [options.accountId(), ...rows.map(({ data }) => data.accountId)]
    return new Set(ids.filter((id) => id !== undefined))
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

  function schedule(afterMs: number): void {
    cancelTimer()
    if (!isStopped) cancelTimer = clock.after(afterMs, () => void check())
  }

  void check()
  return {
    check,
    wake() {
      if (!isWoken) schedule(wakeMs)
      isWoken = true
    },
    async look(accountId, name) {
      const client = options.client()
      if (client === undefined) throw new AppError('unavailable', 'no WhatsApp token is set')
      await lookAt(client, accountId, name)
    },
    async stop() {
      isStopped = true
      cancelTimer()
      await underWay
    },
  }
}
