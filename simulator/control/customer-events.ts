import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { answerTo } from '../messaging/answer.ts'
import { callUs } from '../messaging/call.ts'
import { changeIdentity } from '../messaging/changes.ts'
import { echo, handOver } from '../messaging/thread.ts'
import { write } from '../messaging/write.ts'
import type { BusinessNumber } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { customerIn, shownCustomer } from './customers.ts'
import { badRequest } from './errors.ts'

const ById = Type.Object({ id: Type.String() })
const numberId = Type.Optional(Type.String())
const Anything = Type.Record(Type.String(), Type.Unknown())
const Answer = Type.Object(
  {
    wamid: Type.Optional(Type.String()),
    choice: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.String()])),
    values: Type.Optional(Anything),
  },
  { additionalProperties: false },
)
const Call = Type.Object(
  {
    numberId,
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    isTaken: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
const HandOver = Type.Object(
  {
    numberId,
    to: Type.Enum(['us', 'another']),
    role: Type.Optional(Type.String({ minLength: 1 })),
    metadata: Type.Optional(Type.String({ maxLength: 2000 })),
    isTaken: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** What goes on with people besides free writing: buttons they press, calls, and who of the firm answers them. */
export const customerEventRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (
  app,
  { world },
) => {
  const params = ById

  app.post(
    '/customers/:id/answer',
    { schema: { params, body: Type.Union([Type.Null(), Answer]) } },
    async ({ params, body }, reply) => {
      const customer = customerIn(world, params.id)
      const { wamid, ...wish } = body ?? {}
      const arrived =
        wamid === undefined
          ? customer.arrived.findLast(({ type }) => type === 'interactive' || type === 'template')
          : customer.arrived.find((one) => one.wamid === wamid)
      if (!arrived) throw badRequest('no such message arrived')
      const message = answerTo(customer, arrived, world.sent.get(arrived.wamid)?.template, wish)
      if (!message) throw badRequest('the message does not offer that')
      return reply.code(201).send({ wamid: await write(world, customer, message) })
    },
  )

  app.post(
    '/customers/:id/call',
    { schema: { params, body: Type.Union([Type.Null(), Call]) } },
    ({ params, body }, reply) => {
      const customer = customerIn(world, params.id)
      const id = callUs(world, customer, numberIn(world, body?.numberId), body ?? {})
      return reply.code(201).send({ id })
    },
  )

  app.post(
    '/customers/:id/handover',
    { schema: { params, body: HandOver } },
    ({ params, body }) => {
      const customer = customerIn(world, params.id)
      handOver(world, customer, numberIn(world, body.numberId), body)
      return shownCustomer(customer)
    },
  )

  app.post(
    '/customers/:id/echo',
    { schema: { params, body: Anything } },
    ({ params, body }, reply) => {
      const customer = customerIn(world, params.id)
      const { numberId, ...message } = body
      if (typeof message.type !== 'string') throw badRequest('a message has a type')
      if (numberId !== undefined && typeof numberId !== 'string')
        throw badRequest('numberId is text')
      return reply
        .code(201)
        .send({ wamid: echo(world, customer, numberIn(world, numberId), message) })
    },
  )

  app.post('/customers/:id/change-identity', { schema: { params } }, async ({ params }) => {
    const customer = customerIn(world, params.id)
    await changeIdentity(world, customer)
    return shownCustomer(customer)
  })
}

function numberIn(world: World, id: string | undefined): BusinessNumber {
  const number = id === undefined ? [...world.numbers.values()][0] : world.numbers.get(id)
  if (!number) throw badRequest(`no number ${id}`)
  return number
}
