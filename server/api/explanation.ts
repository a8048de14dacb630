import Type from 'typebox'
import {
  badges,
  explain,
  Explanation,
  ExplanationLanguage,
  explanations,
  unknownPlaceholders,
  type ExplanationFacts,
} from '../../core/domain/explanation.ts'
import { ProfileView } from '../../core/domain/profile.ts'
import { AppError } from '../../core/lib/errors.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { readSetting, writeSetting } from '../presence/firm-settings.ts'
import { ourNumber } from '../presence/our-number.ts'
import { lastReading } from '../presence/readings.ts'
import type { Database } from '../store/database.ts'
import { IdParams, Nothing } from './schemas.ts'

const ProfileOnly = Type.Object({ profile: ProfileView.properties.profile })
const settingOf = (language: ExplanationLanguage) => `explanation-${language}`

/** What a contact may be told who asks whether it is really us, over HTTP. A Fastify plugin. */
export async function explanation(
  app: App,
  { db, nowMs }: { db: Database; nowMs: () => number },
): Promise<void> {
  app.get(
    '/api/v1/numbers/:id/explanation',
    {
      config: { access: { verb: 'read-numbers' } },
      schema: {
        summary: 'How contacts can tell that the number is ours, to be sent to one who asks',
        params: IdParams,
        querystring: Type.Object({ language: ExplanationLanguage }),
        response: { 200: Explanation },
      },
    },
    async ({ params, query: { language } }) => {
      const kept = await readSetting(db, settingOf(language))
      const isOwn = typeof kept === 'string' && kept !== ''
      const template = isOwn ? kept : explanations[language]
      return { template, isOwn, text: explain(template, await factsOf(params.id, language)) }
    },
  )

  app.put(
    '/api/v1/explanations/:language',
    {
      config: { access: { verb: 'manage-numbers' } },
      schema: {
        summary: 'Set the firm’s own text; an empty one takes it back',
        description:
          'A line whose {{name}}, {{number}}, {{website}}, {{link}} or {{badge}} is not known is left out.',
        params: Type.Object({ language: ExplanationLanguage }),
        body: Type.Object(
          { template: Type.String({ maxLength: 2000 }) },
          { additionalProperties: false },
        ),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { template } = request.body
      const [unknown] = unknownPlaceholders(template)
      if (unknown !== undefined) {
        throw new AppError('bad-request', 'a placeholder means nothing', {
          details: { at: '/body/template', reason: `{{${unknown}}} is not known` },
        })
      }
      const by = { name: actorOf(request).user.name, atMs: nowMs() }
      await writeSetting(db, settingOf(request.params.language), template.trim(), by)
      return reply.code(204).send(null)
    },
  )

  async function factsOf(id: string, language: ExplanationLanguage): Promise<ExplanationFacts> {
    const { name, displayPhone, isOfficial } = await ourNumber(db, id)
    const about = { numberId: id, kind: 'profile' as const, schema: ProfileOnly }
    const profile = (await lastReading(db, about))?.value.profile
    const digits = displayPhone?.replace(/\D/g, '')
    return {
      name,
      number: displayPhone,
      website: profile?.websites[0],
      link: digits === undefined ? undefined : `https://wa.me/${digits}`,
      badge: isOfficial === true ? badges[language] : undefined,
    }
  }
}
