/** The desk's controls: what a person, a test or a tool does to the world that WhatsApp shows. */
import type { FastifyInstance } from 'fastify'
import type { World } from '../world/world.ts'
import { accountRoutes } from './account-routes.ts'
import { customerActionRoutes } from './customer-actions.ts'
import { customerRoutes } from './customers.ts'
import { deskRoutes } from './desk.ts'
import { notFound, refuseControl } from './errors.ts'

export async function controlRoutes(
  app: FastifyInstance,
  options: { world: World },
): Promise<void> {
  const { world } = options
  app.setErrorHandler((error, _request, reply) => refuseControl(world, reply, error))
  for (const routes of [deskRoutes, customerRoutes, customerActionRoutes, accountRoutes]) {
    await app.register(routes, { world })
  }
  app.all('/*', (request) => {
    throw notFound(`there is no control ${request.method} ${request.url}`)
  })
}
