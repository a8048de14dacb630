import type { NumberDeed } from '../../core/domain/number-deed.ts'
import { isConfirmed } from '../../core/domain/number-deed.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { keepDeed } from './changes.ts'
import { codeOf } from './questions.ts'

export type Deeds = {
  /** Does it at WhatsApp; the history says who did it, and that WhatsApp refused it where it did. */
  act(number: OwnNumber, deed: NumberDeed, userId: string): Promise<void>
  /** Has WhatsApp tell our app of the account's events. @param accountId Meta's id */
  subscribe(accountId: string, userId: string): Promise<void>
}

/**
 * What administrators have done at WhatsApp. Nothing of it is repeated by a machine. PINs and codes pass through and are
 * written nowhere.
 */
export function createDeeds(parts: {
  db: Database
  nowMs: () => number
  client: () => Client | undefined
  /** Looks at WhatsApp, so that the rows show what the deed did. */
  look: () => Promise<void>
}): Deeds {
  const { db, nowMs, look } = parts

  async function run(
    about: { numberId?: string; accountId?: string; deed: string; what?: string; userId: string },
    work: (client: Client) => Promise<void>,
  ): Promise<void> {
    const client = parts.client()
    if (client === undefined) throw new AppError('unavailable', 'no WhatsApp token is set')
    try {
      await work(client)
    } catch (error) {
      if (error instanceof AppError) {
        await keepDeed(db, { ...about, atMs: nowMs(), code: codeOf(error) })
      }
      throw error
    }
    await keepDeed(db, { ...about, atMs: nowMs() })
    await look()
  }

  return {
    async act(number, deed, userId) {
      if (deed.kind === 'deregister' && !isConfirmed(deed.confirm, number.displayPhone)) {
        throw new AppError('conflict', 'what was typed is not this number', {
          details: { at: '/body/confirm' },
        })
      }
      const about = { numberId: number.id, deed: deed.kind, userId }
      const what = deed.kind === 'request-name' ? { what: deed.name } : {}
      await run({ ...about, ...what }, (client) => client.doDeed(number.phoneNumberId, deed))
    },
    subscribe: (accountId, userId) =>
      run({ accountId, deed: 'subscribe', userId }, (client) => client.subscribeApp(accountId)),
  }
}
