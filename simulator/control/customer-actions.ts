import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { changeNumber, changeUserId, setMarketing } from '../messaging/changes.ts'
import { digitsOf } from '../world/number.ts'
import type { World } from '../world/world.ts'
import { customerIn, shownCustomer } from './customers.ts'
import { ControlError } from './errors.ts'

const ById = Type.Object({ id: Type.String() })
const Phone = Type.Union([
  Type.Null(),
  Type.Object({ phone: Type.Optional(Type.String({ pattern: '^\\+?[\\d\\s().-]{7,25}$' })) }),
])
const UserId = Type.Union([
  Type.Null(),
  Type.Object({
    userId: Type.Optional(Type.String({ pattern: '^[A-Z]{2}\\.[A-Za-z0-9]{1,128}$' })),
  }),
])

/** What people do about us: blocking, opting out, moving to another phone. */
export const customerActionRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (
  app,
  { world },
) => {
  const schema = { params: ById }

  app.post('/customers/:id/block', { schema }, ({ params }) => {
    const customer = customerIn(world, params.id)
    customer.isBlocking = true
    return shownCustomer(customer)
  })
  app.post('/customers/:id/unblock', { schema }, ({ params }) => {
    const customer = customerIn(world, params.id)
    customer.isBlocking = false
    return shownCustomer(customer)
  })
  app.post('/customers/:id/opt-out', { schema }, ({ params }) => {
    const customer = customerIn(world, params.id)
    setMarketing(world, customer, 'stop')
    return shownCustomer(customer)
  })
  app.post('/customers/:id/opt-in', { schema }, ({ params }) => {
    const customer = customerIn(world, params.id)
    setMarketing(world, customer, 'resume')
    return shownCustomer(customer)
  })
  app.post(
    '/customers/:id/change-number',
    { schema: { params: ById, body: Phone } },
    async ({ params, body }) => {
      const customer = customerIn(world, params.id)
      const phone = digitsOf(body?.phone ?? `49152${world.ids.object().slice(-8)}`)
      const taken = world.customers.withPhone(phone)
      if (taken) throw new ControlError(409, 'already-exists', `that phone is ${taken.id}'s`)
      await changeNumber(world, customer, phone)
      return shownCustomer(customer)
    },
  )
  app.post(
    '/customers/:id/change-user-id',
    { schema: { params: ById, body: UserId } },
    async ({ params, body }) => {
      const customer = customerIn(world, params.id)
      await changeUserId(world, customer, body?.userId)
      return shownCustomer(customer)
    },
  )
}
