/** The desk's controls: what a person, a test or a tool does to the world that WhatsApp shows. */
import type { FastifyInstance } from 'fastify'
import type { World } from '../world/world.ts'
import { accountRoutes } from './account-routes.ts'
import { customerActionRoutes } from './customer-actions.ts'
import { customerEventRoutes } from './customer-events.ts'
import { customerRoutes } from './customers.ts'
import { deskRoutes } from './desk.ts'
import { badRequest, notFound, refuseControl } from './errors.ts'
import { settingsRoutes } from './settings-routes.ts'

const bodyLimitBytes = 140 * 1024 * 1024 // the largest document a person can send, as base64

export async function controlRoutes(
  app: FastifyInstance,
  options: { world: World },
): Promise<void> {
  const { world } = options
  // Whatever a script calls its body, it is JSON; and nothing at all is a body too.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: bodyLimitBytes },
    (_request, body, done) => {
      try {
        done(null, body === '' ? undefined : (JSON.parse(body.toString()) as unknown))
      } catch {
        done(badRequest('the body is not JSON'))
      }
    },
  )
  app.setErrorHandler((error, _request, reply) => refuseControl(world, reply, error))
  for (const routes of [
    deskRoutes,
    settingsRoutes,
    customerRoutes,
    customerActionRoutes,
    customerEventRoutes,
    accountRoutes,
  ]) {
    await app.register(routes, { world })
  }
  app.all('/*', (request) => {
    throw notFound(`there is no control ${request.method} ${request.url}`)
  })
}
