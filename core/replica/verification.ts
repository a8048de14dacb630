import Type from 'typebox'
import Value from 'typebox/value'
import type { Handlers } from '../contract/contract.ts'
import type { VerificationOverview } from '../contract/views.ts'
import { can } from '../domain/can.ts'
import type { Role } from '../domain/people.ts'
import { VerificationChange } from '../domain/verification-change.ts'
import { AppError } from '../lib/errors.ts'
import { entryOf } from '../verification/history.ts'
import { deedWarnings } from '../verification/warnings.ts'
import { numberViews } from '../verification/overview.ts'
import type { ConsoleCore } from './console.ts'
import type { Views } from './views.ts'

const Page = Type.Object({
  items: Type.Array(VerificationChange),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})

type Asked = Extract<keyof Handlers, `verification.${string}`>

/** What the verification centre asks: its state from the replica, its history and deeds from the server. */
export function verificationHandlers(core: ConsoleCore): Pick<Handlers, Asked> {
  const { session } = core
  const server = () => session.kept?.serverUrl ?? ''
  const post = async (path: string, body: object) => {
    await session.withToken((token) => session.api.post(server(), token, path, body))
    return null
  }
  const readHistory = (numberId: string, query: Record<string, string | undefined>) =>
    session.withToken((token) =>
      session.api.read(server(), token, `/api/v1/numbers/${numberId}/history`, query),
    )
  return {
    'verification.overview': () => {
      const { views, user, replica } = core.desk
      const nowMs = core.machine.platform.nowMs() + replica.clockOffsetMs
      return overviewOf(views, user.role, nowMs)
    },
    'verification.history': async ({ numberId, kinds, before, limit }) => {
      const query = { kinds: kinds?.join(','), cursor: before, limit: String(limit) }
      const answer = await (await readHistory(numberId, query)).json()
      if (!Value.Check(Page, answer)) {
        throw new AppError('not-kontor', 'the answer is not a Kontor server’s')
      }
      return { entries: answer.items.map(entryOf), next: answer.nextCursor }
    },
    'verification.csv': async ({ numberId, kinds }) => {
      const { language } = core.settings
      const query = { kinds: kinds?.join(','), format: 'csv', language }
      const answer = await readHistory(numberId, query)
      const mime = answer.header('content-type') ?? 'text/csv'
      return { mime, bytes: await answer.bytes(), fileName: 'kontor-history.csv' }
    },
    'verification.refresh': () => post('/api/v1/numbers/refresh', {}),
    'verification.act': ({ numberId, deed }) => post(`/api/v1/numbers/${numberId}/deeds`, deed),
    'verification.subscribe': ({ accountId }) =>
      post(`/api/v1/accounts/${encodeURIComponent(accountId)}/subscription`, {}),
  }
}

/** From the rows at hand; ages are counted from `nowMs`, which is the server's. */
export function overviewOf(views: Views, role: Role, nowMs: number): VerificationOverview {
  const { numbers, accounts } = views.numbers()
  return {
    numbers: numberViews(numbers, accounts, nowMs),
    accounts,
    canAct: can(role, 'manage-numbers'),
    warnings: deedWarnings,
    nowMs,
  }
}
