import Fastify, { type FastifyInstance } from 'fastify'
import { controlRoutes } from './control/routes.ts'
import { unknownPath } from './graph/errors.ts'
import { download } from './graph/media.ts'
import { graphRoutes, refuse } from './graph/routes.ts'
import type { World } from './world/world.ts'

/** The desk's HTTP: the Graph API, its media addresses, and the controls that no real platform has. */
export async function createHttp(world: World): Promise<FastifyInstance> {
  const app = Fastify({
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    frameworkErrors: (error, _request, reply) => void refuse(world, reply, error),
    routerOptions: { maxParamLength: 1000 },
  })
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true }) // some clients send their fields so
  await app.register(graphRoutes, { world })
  await app.register(mediaRoutes, { world })
  await app.register(controlRoutes, { world, prefix: '/control' })
  return app
}

async function mediaRoutes(app: FastifyInstance, { world }: { world: World }): Promise<void> {
  app.setErrorHandler((error, _request, reply) => refuse(world, reply, error))
  app.get('/media-cdn/:id', (request, reply) => download(world, request, reply))
  app.get<{ Params: { name: string } }>('/public-cdn/:name', ({ params }, reply) => {
    const file = world.publicFiles.get(params.name)
    if (!file) throw unknownPath(`/public-cdn/${params.name}`)
    return reply.type(file.mimeType).send(file.bytes)
  })
}
