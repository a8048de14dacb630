import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isObject } from '../json.ts'
import { shownPhone } from '../messaging/identity.ts'
import { write } from '../messaging/write.ts'
import type { Customer } from '../world/customer.ts'
import { digitsOf } from '../world/number.ts'
import { aCustomer } from '../world/person.ts'
import type { World } from '../world/world.ts'
import { badRequest, ControlError, notFound } from './errors.ts'

const Line = Type.Union([Type.String({ minLength: 1 }), Type.Record(Type.String(), Type.Unknown())])
const Person = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  phone: Type.Optional(Type.String({ pattern: '^\\+?[\\d\\s().-]{7,25}$' })),
  userId: Type.Optional(Type.String({ pattern: '^[A-Z]{2}\\.[A-Za-z0-9]{1,128}$' })),
  username: Type.Optional(Type.String({ pattern: '^@?[A-Za-z0-9._]{3,35}$' })),
  locale: Type.Optional(Type.String()),
  reads: Type.Optional(Type.Boolean()),
  chatOpen: Type.Optional(Type.Boolean()),
  repliesWith: Type.Optional(Type.Union([Line, Type.Array(Line)])),
  phoneKnown: Type.Optional(Type.Boolean()),
})
const Message = Type.Record(Type.String(), Type.Unknown())
const ById = Type.Object({ id: Type.String() })

export function customerIn(world: World, id: string): Customer {
  const customer = world.customers.get(id)
  if (!customer) throw notFound(`no customer ${id}`)
  return customer
}

/** People: making them, letting them write, and looking at their phones. */
export const customerRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (app, options) => {
  const { world } = options

  app.get('/customers', () => ({ items: world.customers.all().map(shownCustomer) }))

  app.post('/customers', { schema: { body: Person } }, ({ body }, reply) => {
    const phone = body.phone === undefined ? undefined : digitsOf(body.phone)
    const customer = aCustomer(world, body)
    const isTaken =
      (phone !== undefined && world.customers.withPhone(phone)) ||
      world.customers.withUserId(customer.userId)
    if (isTaken) {
      throw new ControlError(
        409,
        'already-exists',
        `that phone, username or user id is ${isTaken.id}'s`,
      )
    }
    world.customers.add(customer)
    return reply.code(201).send(shownCustomer(customer))
  })

  app.get('/customers/:id', { schema: { params: ById } }, ({ params }) => {
    const customer = customerIn(world, params.id)
    return { ...shownCustomer(customer), wrote: [...customer.wrote.values()].map(shownWritten) }
  })

  app.get('/customers/:id/messages', { schema: { params: ById } }, ({ params }) => ({
    items: customerIn(world, params.id).arrived.map(({ body, receivedAtMs, ...one }) => ({
      ...body,
      ...one,
      receivedAt: new Date(receivedAtMs).toISOString(),
    })),
  }))

  app.post(
    '/customers/:id/messages',
    { schema: { params: ById, body: Message } },
    async ({ params, body }, reply) => {
      const customer = customerIn(world, params.id)
      checkMessage(world, body)
      return reply.code(201).send({ wamid: await write(world, customer, body) })
    },
  )
}

/** Anything goes that WhatsApp might one day bring, as long as it has a type and the usual ones are whole. */
function checkMessage(world: World, message: Record<string, unknown>): void {
  const { type, numberId, timestamp, id } = message
  if (typeof type !== 'string' || type === '') throw badRequest('a message has a type')
  if (numberId !== undefined && !(typeof numberId === 'string' && world.numbers.has(numberId))) {
    throw badRequest(`no number ${JSON.stringify(numberId)}`)
  }
  const isTime = typeof timestamp === 'string' && /^\d{1,12}$/.test(timestamp)
  if (timestamp !== undefined && !isTime) {
    throw badRequest('timestamp is text: Unix seconds')
  }
  if (id !== undefined && (typeof id !== 'string' || id === '')) throw badRequest('id is text')
  const { text, reaction } = message
  const hasBody = typeof text === 'string' || (isObject(text) && typeof text.body === 'string')
  if (type === 'text' && !hasBody) throw badRequest('a text message has text.body')
  if (type === 'reaction' && !(isObject(reaction) && typeof reaction.message_id === 'string')) {
    throw badRequest('a reaction has reaction.message_id')
  }
}

export function shownCustomer(customer: Customer) {
  const { id, name, phone, userId, username, locale, reads, isBlocking, isOptedOut } = customer
  const visiblePhone = shownPhone(customer)
  return {
    id,
    name,
    ...(phone === undefined ? {} : { phone: `+${phone}` }),
    userId,
    ...(username === undefined ? {} : { username: `@${username}` }),
    ...(locale === undefined ? {} : { locale }),
    reads,
    isPhoneVisible: visiblePhone !== undefined,
    isBlocking,
    isOptedOut,
  }
}

function shownWritten(one: Customer['wrote'] extends Map<string, infer W> ? W : never) {
  const { readAtMs, timestampMs, ...rest } = one
  return {
    ...rest,
    sentAt: new Date(timestampMs).toISOString(),
    ...(readAtMs === undefined ? {} : { readAt: new Date(readAtMs).toISOString() }),
  }
}
