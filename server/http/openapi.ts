import swagger from '@fastify/swagger'
import { docsPage } from './docs-page.ts'
import type { App } from './types.ts'

/** Describes every route of /api/v1 from its own schemas. Registered before the routes. */
export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kontor',
        version,
        description:
          'Customer service over WhatsApp. Errors are {"error":{"code","message","details?","requestId"}}; lists take ?limit= and ?cursor= and answer {"items","nextCursor"}; writes accept Idempotency-Key. Ids are UUIDv7, times ISO 8601 UTC.',
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'Token of a session, or an API key',
          },
        },
      },
      security: [{ bearer: [] }],
    },
    transform: ({ schema, url }) => ({
      schema: url.startsWith('/api/') ? schema : { ...schema, hide: true },
      url,
    }),
  })
  const hidden = { hide: true }
  app.get('/api/v1/openapi.json', { schema: hidden, config: { access: 'public' } }, async () =>
    app.swagger(),
  )
  app.get('/api/docs', { schema: hidden, config: { access: 'public' } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger())),
  )
}
