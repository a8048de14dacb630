import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { World } from '../world/world.ts'
import { badRequest } from './errors.ts'

const strict = { additionalProperties: false }
const BatchingWanted = Type.Object(
  {
    atMost: Type.Integer({ minimum: 1, maximum: 1000 }),
    withinMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    atOnce: Type.Optional(Type.Integer({ minimum: 1, maximum: 32 })),
  },
  strict,
)
const Subscribers = Type.Array(
  Type.Object(
    { url: Type.String({ minLength: 1 }), appSecret: Type.Optional(Type.String({ minLength: 1 })) },
    strict,
  ),
  { maxItems: 10 },
)
const SettingsWanted = Type.Object(
  {
    batching: Type.Optional(Type.Union([BatchingWanted, Type.Null()])),
    fieldVersion: Type.Optional(Type.Integer({ minimum: 17, maximum: 27 })),
    spelling: Type.Optional(Type.Enum(['current', 'legacy', 'mixed'])),
    extraMembers: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    retryForMs: Type.Optional(Type.Integer({ minimum: 0 })),
    subscribers: Type.Optional(Subscribers),
    limits: Type.Optional(Type.Enum(['none', 'real'])),
    beyondTierCode: Type.Optional(Type.Union([Type.Literal(131048), Type.Literal(131049)])),
  },
  strict,
)

/** What an update waits for others when it is not said. */
const usualWithinMs = 100
const usualAtOnce = 4

/** How the platform behaves: how webhooks are put together and which limits it keeps. */
export const settingsRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (
  app,
  { world },
) => {
  app.get('/settings', () => world.settings)

  app.patch('/settings', { schema: { body: SettingsWanted } }, ({ body }) => {
    const { batching, ...rest } = body
    const unreachable = body.subscribers?.find(({ url }) => !/^https?:/.test(url))
    if (unreachable) throw badRequest(`no http(s) address: ${unreachable.url}`)
    Object.assign(world.settings, rest)
    if (batching !== undefined) {
      world.settings.batching = batching && {
        atMost: batching.atMost,
        withinMs: batching.withinMs ?? usualWithinMs,
        atOnce: batching.atOnce ?? usualAtOnce,
      }
    }
    return world.settings
  })
}
