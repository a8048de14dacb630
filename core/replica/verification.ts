import Type from 'typebox'
import type { Handlers } from '../contract/contract.ts'
import type { VerificationOverview } from '../contract/views.ts'
import { can } from '../domain/can.ts'
import type { Role } from '../domain/people.ts'
import { VerificationChange } from '../domain/verification-change.ts'
import { entryOf } from '../verification/history.ts'
import { deedWarnings } from '../verification/warnings.ts'
import { numberViews } from '../verification/overview.ts'
import { asking } from './asking.ts'
import type { ConsoleCore } from './console.ts'
import type { Views } from './views.ts'

const Page = Type.Object({
  items: Type.Array(VerificationChange),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})

type Asked = Extract<keyof Handlers, `verification.${string}`>

/** What the verification centre asks: its state from the replica, its history and deeds from the server. */
export function verificationHandlers(core: ConsoleCore): Pick<Handlers, Asked> {
  const { request, answer, done } = asking(core.session)
  const historyOf = (numberId: string) => `/api/v1/numbers/${numberId}/history`
  return {
    'verification.overview': () => {
      const { views, user, replica } = core.desk
      const nowMs = core.machine.platform.nowMs() + replica.clockOffsetMs
      return overviewOf(views, user.role, nowMs)
    },
    'verification.history': async ({ numberId, kinds, before, limit }) => {
      const query = { kinds: kinds?.join(','), cursor: before, limit }
      const { items, nextCursor } = await answer(Page, { path: historyOf(numberId), query })
      return { entries: items.map(entryOf), next: nextCursor }
    },
    'verification.csv': async ({ numberId, kinds }) => {
      const { language } = core.settings
      const query = { kinds: kinds?.join(','), format: 'csv', language }
      const table = await request({ path: historyOf(numberId), query })
      const mime = table.header('content-type') ?? 'text/csv'
      return { mime, bytes: await table.bytes(), fileName: 'kontor-history.csv' }
    },
    'verification.refresh': () =>
      done({ method: 'POST', path: '/api/v1/numbers/refresh', body: {} }),
    'verification.act': ({ numberId, deed: body }) =>
      done({ method: 'POST', path: `/api/v1/numbers/${numberId}/deeds`, body }),
    'verification.subscribe': ({ accountId }) => {
      const path = `/api/v1/accounts/${encodeURIComponent(accountId)}/subscription`
      return done({ method: 'POST', path, body: {} })
    },
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
