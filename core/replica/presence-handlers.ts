import type { Handlers } from '../contract/contract.ts'
import type { MediaBytes } from '../contract/views.ts'
import { BlockedPage, BlockedUser } from '../domain/blocked.ts'
import { ComponentsView } from '../domain/components.ts'
import { CostReport } from '../domain/cost-report.ts'
import { Explanation } from '../domain/explanation.ts'
import type { NumberId } from '../domain/ids.ts'
import { ProfileView } from '../domain/profile.ts'
import { LinkList, ShortLink } from '../domain/short-link.ts'
import { AppError } from '../lib/errors.ts'
import { asking } from './asking.ts'
import type { HttpResponse } from './ports.ts'
import type { Session } from './session.ts'

type Presence = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    `${'profile' | 'components' | 'short-link' | 'blocked' | 'cost' | 'explanation'}.${string}`
  >
>
/** How our numbers look, whom they blocked and what messages cost: nothing of it is held here, the server answers. */
export function presenceHandlers(session: Session): Presence {
  const { request, answer: ask, done } = asking(session)
  return {
    'profile.get': ({ numberId }) => ask(ProfileView, { path: at(numberId, 'profile') }),
    'profile.set': ({ numberId, change }) =>
      ask(ProfileView, { method: 'PATCH', path: at(numberId, 'profile'), body: change }),
    'profile.picture': async ({ numberId }) => {
      try {
        return await fileOf(await request({ path: at(numberId, 'profile/picture') }))
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-found') return null
        throw error
      }
    },
    'profile.set-picture': ({ numberId, bytes: body, mime, crop: query }) =>
      ask(ProfileView, { method: 'PUT', path: at(numberId, 'profile/picture'), query, body, mime }),
    'components.get': ({ numberId }) => ask(ComponentsView, { path: at(numberId, 'components') }),
    'components.set': ({ numberId, components: body }) =>
      ask(ComponentsView, { method: 'PUT', path: at(numberId, 'components'), body }),
    'short-link.list': ({ numberId }) => ask(LinkList, { path: at(numberId, 'links') }),
    'short-link.add': ({ numberId, text }) =>
      ask(ShortLink, { method: 'POST', path: at(numberId, 'links'), body: { text } }),
    'short-link.change': ({ numberId, code, text }) =>
      ask(ShortLink, { method: 'PATCH', path: at(numberId, `links/${code}`), body: { text } }),
    'short-link.remove': ({ numberId, code }) =>
      done({ method: 'DELETE', path: at(numberId, `links/${code}`) }),
    'short-link.qr': async ({ numberId, code, format }) =>
      fileOf(await request({ path: at(numberId, `links/${code}/qr`), query: { format } })),
    'blocked.list': ({ numberId, query: q, contactId: contact, cursor }) =>
      ask(BlockedPage, { path: at(numberId, 'blocked'), query: { q, contact, cursor } }),
    'blocked.add': ({ numberId, contactId }) =>
      ask(BlockedUser, { method: 'POST', path: at(numberId, 'blocked'), body: { contactId } }),
    'blocked.remove': ({ numberId, key }) =>
      done({ method: 'DELETE', path: at(numberId, `blocked/${encodeURIComponent(key)}`) }),
    'cost.get': ({ from, to, numberId: number }) =>
      ask(CostReport, { path: '/api/v1/cost', query: { from, to, number } }),
    'cost.set-budget': ({ budget }) =>
      done({ method: 'PUT', path: '/api/v1/cost/budget', body: { budget } }),
    'explanation.get': ({ numberId, language }) =>
      ask(Explanation, { path: at(numberId, 'explanation'), query: { language } }),
    'explanation.set': ({ language, template }) =>
      done({ method: 'PUT', path: `/api/v1/explanations/${language}`, body: { template } }),
  }
}

function at(numberId: NumberId, rest: string): string {
  return `/api/v1/numbers/${numberId}/${rest}`
}

async function fileOf(response: HttpResponse): Promise<MediaBytes> {
  const mime = response.header('content-type') ?? 'application/octet-stream'
  return { mime, bytes: await response.bytes(), fileName: null }
}
