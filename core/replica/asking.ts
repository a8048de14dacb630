import type { Static, TSchema } from 'typebox'
import type { HttpRequest, HttpResponse } from './ports.ts'
import { understood } from './server-api.ts'
import type { Session } from './session.ts'

type Asked = {
  method?: HttpRequest['method']
  path: string
  /** Members that are undefined are left out. */
  query?: Record<string, string | number | undefined>
  /** JSON, or the bytes of a file of type `mime`. */
  body?: unknown
  mime?: string
}

/** What the server is asked for as whoever is signed in, because no console holds it. All fail with `offline` without one. */
export type Asking = {
  request: (asked: Asked) => Promise<HttpResponse>
  /** @throws AppError not-kontor when the answer has another shape */
  answer: <S extends TSchema>(schema: S, asked: Asked) => Promise<Static<S>>
  /** For what answers nothing that is of use. */
  done: (asked: Asked) => Promise<null>
}

export function asking(session: Session): Asking {
  const request = ({ method = 'GET', path, query = {}, ...sent }: Asked): Promise<HttpResponse> =>
    session.withToken((token) =>
      session.api.request(session.kept?.serverUrl ?? '', token, {
        method,
        path: path + textOf(query),
        ...sent,
      }),
    )
  return {
    request,
    answer: async (schema, asked) => understood(schema, await (await request(asked)).json()),
    async done(asked) {
      await request(asked)
      return null
    },
  }
}

function textOf(query: NonNullable<Asked['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}
