import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isObject } from '../json.ts'
import { ManualClock } from '../world/clock.ts'
import { faultKinds } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import { scenarios } from '../scenarios/index.ts'
import { AnswerTimes } from '../webhooks/answer-times.ts'
import { badRequest, notFound } from './errors.ts'
import { mostInOneLoad, startLoad, type Load } from './load.ts'

const Fault = Type.Object(
  {
    kind: Type.Enum([...faultKinds]),
    count: Type.Optional(Type.Integer({ minimum: 1 })),
    probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 * 86_400_000 })),
    isOvertaken: Type.Optional(Type.Boolean()),
    code: Type.Optional(Type.Integer({ minimum: 0 })),
    path: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)
const Advance = Type.Object({ advanceMs: Type.Integer({ minimum: 0 }) })
const NextWamid = Type.Object({ wamid: Type.String({ minLength: 1, maxLength: 512 }) })
const LoadWanted = Type.Object({
  perSecond: Type.Number({ exclusiveMinimum: 0, maximum: 2000 }),
  seconds: Type.Number({ exclusiveMinimum: 0, maximum: 3600 }),
  customers: Type.Integer({ minimum: 1, maximum: 10_000 }),
  statuses: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
  batch: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
/** What there is to tell of a load before the first. */
const noLoad = {
  planned: 0,
  written: 0,
  statuses: 0,
  isRunning: false,
  ...new AnswerTimes().report(),
}
const Webhook = Type.Object({
  field: Type.Optional(Type.String({ minLength: 1 })),
  value: Type.Optional(Type.Unknown()),
  object: Type.Optional(Type.String()),
  entry: Type.Optional(Type.Array(Type.Unknown())),
})

/** Faults, time, traffic, scenarios, raw webhooks, and the witness of what was accepted. */
export const deskRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (app, { world }) => {
  let load: Load | undefined

  app.get('/faults', () => ({ items: world.faults.list() }))
  app.post('/faults', { schema: { body: Fault } }, ({ body }) => {
    world.faults.add(body)
    return { items: world.faults.list() }
  })
  app.delete('/faults', () => {
    world.faults.clear()
    return { items: [] }
  })

  app.get('/clock', () => ({ now: new Date(world.clock.nowMs()).toISOString() }))
  app.post('/clock', { schema: { body: Advance } }, async ({ body }) => {
    if (!(world.clock instanceof ManualClock))
      throw badRequest('the clock is real: start with --clock manual')
    await world.clock.advance(body.advanceMs, () => world.outbox.settled())
    return { now: new Date(world.clock.nowMs()).toISOString() }
  })

  app.post('/load', { schema: { body: LoadWanted } }, ({ body }) => {
    if (body.perSecond * body.seconds > mostInOneLoad) {
      throw badRequest(`perSecond times seconds is at most ${mostInOneLoad}`)
    }
    load?.stop()
    load = startLoad(world, body)
    return load.progress()
  })
  app.get('/load', () => load?.progress() ?? noLoad)
  app.delete('/load', () => {
    load?.stop()
    return load?.progress() ?? noLoad
  })

  app.post('/webhooks', { schema: { body: Webhook } }, ({ body }) => {
    const { accountId } = world.account
    const isWhole = body.entry !== undefined
    if (!isWhole && (body.field === undefined || body.value === undefined)) {
      throw badRequest('give field and value, or a whole body with its entry')
    }
    const time = Math.floor(world.clock.nowMs() / 1000)
    const changes = [{ field: body.field, value: body.value }]
    const entry = [{ id: accountId, time, changes }]
    const whole = isWhole ? body : { object: 'whatsapp_business_account', entry }
    world.outbox.post({ lane: 'control', path: body.field ?? 'control', body: whole })
    return { isQueued: true }
  })
  app.get('/outbox', () => world.outbox.counts)

  app.get('/accepted', () => ({ items: world.accepted }))
  app.post('/next-wamid', { schema: { body: NextWamid } }, ({ body }) => {
    world.ids.setNextMessage(body.wamid)
    return body
  })

  app.get('/scenario', () => ({ items: Object.keys(scenarios) }))
  app.post<{ Params: { name: string } }>('/scenario/:name', async ({ params, body }) => {
    const play = scenarios[params.name]
    if (!play) {
      throw notFound(`no scenario ${params.name}; there are: ${Object.keys(scenarios).join(', ')}`)
    }
    return { scenario: params.name, ...(await play(world, isObject(body) ? body : {})) }
  })
}
