/** What we ask of WhatsApp about whom a number has blocked. Facts 8.4. */
import Type, { type Static, type TSchema } from 'typebox'
import Value from 'typebox/value'
import type { SendError } from '../../core/domain/message.ts'
import { AppError } from '../../core/lib/errors.ts'
import { describeError } from './errors.ts'
import type { Answer, GraphRequest } from './graph.ts'
import { nextOf, Paging } from './paging.ts'

const User = Type.Object({
  input: Type.String(),
  wa_id: Type.Optional(Type.String()),
  user_id: Type.Optional(Type.String()),
})
const Page = Type.Object({
  data: Type.Array(Type.Object({ block_users: Type.Array(User) })),
  paging: Type.Optional(Paging),
})
/** One could not be done: the whole is a refusal, and why is said beside it. */
const Failed = Type.Object({
  block_users: Type.Object({
    failed_users: Type.Array(
      Type.Object({
        errors: Type.Array(
          Type.Object({
            code: Type.Integer(),
            message: Type.Optional(Type.String()),
            error_data: Type.Optional(Type.Object({ details: Type.Optional(Type.String()) })),
          }),
          { minItems: 1 },
        ),
      }),
      { minItems: 1 },
    ),
  }),
})
const pageSize = '500'

/** Named by phone number with the plus, or by user id. */
export type BlockKey = { phone: string } | { userId: string }
export type Blocked = { phone: string | null; userId: string | null }

type Read = <S extends TSchema>(schema: S, request: GraphRequest) => Promise<Static<S>>
type Ask = (request: GraphRequest) => Promise<Answer>
type Answered = Extract<Answer, { kind: 'answer' }>

/**
 * @param ask once, never throws
 * @param read asks once; @throws AppError `whatsapp`, `unavailable`
 * @param refusal what an answer that is one says
 */
export function blockCalls(ask: Ask, read: Read, refusal: (answer: Answered) => SendError) {
  /** @throws AppError `whatsapp` with the reason that holds for this user */
  async function change(method: 'POST' | 'DELETE', numberId: string, key: BlockKey): Promise<void> {
    const user = 'phone' in key ? { user: key.phone } : { user_id: key.userId }
    const json = { messaging_product: 'whatsapp', block_users: [user] }
    const request = { method, path: `${numberId}/block_users`, json }
    const answer = await ask(request)
    if (answer.kind !== 'answer') throw new AppError('unavailable', `WhatsApp: ${answer.reason}`)
    const error = reasonIn(answer.body) ?? (answer.status < 300 ? undefined : refusal(answer))
    if (error === undefined) return
    throw new AppError('whatsapp', `WhatsApp refused: ${error.code}`, { details: error })
  }
  return {
    block: (numberId: string, key: BlockKey) => change('POST', numberId, key),
    unblock: (numberId: string, key: BlockKey) => change('DELETE', numberId, key),

    /** The whole list, page by page. */
    async *listBlocked(numberId: string): AsyncGenerator<Blocked[]> {
      let after: string | undefined
      do {
        const query = { limit: pageSize, ...(after === undefined ? {} : { after }) }
        const page = await read(Page, { method: 'GET', path: `${numberId}/block_users`, query })
        yield page.data.flatMap(({ block_users }) => block_users.map(blockedOf))
        after = nextOf(page.paging)
      } while (after !== undefined)
    },
  }
}

/** Why this one user could not be blocked or unblocked; undefined when the answer says nothing of the kind. */
function reasonIn(body: unknown): SendError | undefined {
  if (!Value.Check(Failed, body)) return undefined
  const [first] = body.block_users.failed_users[0]?.errors ?? []
  if (first === undefined) return undefined
  const { code, message, error_data } = first
  const title = describeError(code)?.title ?? message ?? 'Could not be blocked'
  const details = error_data?.details
  return { code, title, ...(details === undefined ? {} : { details }) }
}

/** WhatsApp names a phone by digits alone, or as it was given. */
function blockedOf({ input, wa_id, user_id }: Static<typeof User>): Blocked {
  const isUserId = /^[A-Z]{2}\./.test(input)
  const digits = (wa_id ?? (isUserId ? '' : input)).replace(/\D/g, '')
  return {
    phone: digits === '' ? null : `+${digits}`,
    userId: user_id ?? (isUserId ? input : null),
  }
}
