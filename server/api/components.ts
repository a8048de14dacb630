import { Components, ComponentsView, findComponentFlaws } from '../../core/domain/components.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { connected, ourNumber } from '../presence/our-number.ts'
import { keepReading, readThrough } from '../presence/readings.ts'
import { refuseFlaws } from '../presence/refuse-flaws.ts'
import type { PresenceOptions } from './profile.ts'
import { IdParams } from './schemas.ts'

/** Ice breakers, commands and the welcome of a number, over HTTP. A Fastify plugin. */
export async function components(app: App, options: PresenceOptions): Promise<void> {
  const { db, client, keepChange } = options
  app.get(
    '/api/v1/numbers/:id/components',
    {
      config: { access: { verb: 'read-numbers' } },
      schema: {
        summary: 'What helps contacts to begin a chat',
        description: 'While WhatsApp cannot be asked, the last it said; `trouble` says why.',
        params: IdParams,
        response: { 200: ComponentsView },
      },
    },
    async ({ params }) => {
      const { phoneNumberId } = await ourNumber(db, params.id)
      const about = { numberId: params.id, kind: 'components' as const, schema: Components }
      const { value, ...reading } = await readThrough(options, about, () =>
        connected(client).getComponents(phoneNumberId),
      )
      return { components: value, ...reading }
    },
  )

  app.put(
    '/api/v1/numbers/:id/components',
    {
      config: { access: { verb: 'manage-numbers' } },
      schema: {
        summary: 'Set all of them at once',
        params: IdParams,
        body: Components,
        response: { 200: ComponentsView },
      },
    },
    async (request) => {
      const { params, body } = request
      refuseFlaws(findComponentFlaws(body))
      const { phoneNumberId } = await ourNumber(db, params.id)
      const whatsapp = connected(client)
      const before = await whatsapp.getComponents(phoneNumberId)
      await whatsapp.setComponents(phoneNumberId, body)
      const about = { numberId: params.id, kind: 'components' as const }
      const readAt = await keepReading(options, about, body)
      const userId = actorOf(request).user.id
      await keepChange(
        changed(before, body).map((one) => ({ ...one, numberId: params.id, userId })),
      )
      return { components: body, readAt, trouble: null }
    },
  )
}

function changed(before: Components, after: Components) {
  const words = ({ iceBreakers, commands, hasWelcome }: Components) =>
    ({
      'greeting-questions': iceBreakers.join(' · '),
      'greeting-commands': commands.map((one) => `/${one.name} ${one.description}`).join(' · '),
      'greeting-welcome': hasWelcome ? '✓' : '–',
    }) as const
  const [was, is] = [words(before), words(after)]
  return (Object.keys(is) as (keyof typeof is)[]).flatMap((deed) =>
    was[deed] === is[deed] ? [] : [{ deed, before: was[deed], after: is[deed] }],
  )
}
