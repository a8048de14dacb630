import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type, type TObject, type TProperties } from 'typebox'
import { changeTemplateStatus } from '../graph/templates/review.ts'
import { isObject } from '../json.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world/world.ts'
import { shownAccount } from './account.ts'
import { notFound } from './errors.ts'
import { patchAccount } from './patch-account.ts'
import { patchNumber } from './patch-number.ts'

const text = Type.Optional(Type.String({ minLength: 1 }))
const flag = Type.Optional(Type.Boolean())
const wait = Type.Optional(Type.Integer({ minimum: 0 }))
const strict = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })
const Health = Type.Optional(
  Type.Object({
    can_send_message: Type.Enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
    additional_info: Type.Optional(Type.Array(Type.String())),
    errors: Type.Optional(
      Type.Array(
        strict({
          error_code: Type.Integer(),
          error_description: Type.String(),
          possible_solution: Type.String(),
        }),
      ),
    ),
  }),
)

const NumberBody = strict({
  quality: Type.Optional(Type.Enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])),
  displayName: text,
  nameStatus: text,
  newDisplayName: text,
  newNameStatus: text,
  rejectionReason: text,
  messagingLimit: text,
  throughput: Type.Optional(Type.Enum(['STANDARD', 'HIGH', 'NOT_APPLICABLE'])),
  isOfficial: flag,
  officialStatus: text,
  status: text,
  codeVerification: text,
  platformType: text,
  accountMode: text,
  isPinEnabled: flag,
  isOnBizApp: flag,
  username: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  health: Health,
})

const AccountBody = strict({
  review: text,
  verification: text,
  messagingLimit: text,
  payment: flag,
  health: Health,
  businessHealth: Health,
  ban: Type.Optional(Type.Enum(['DISABLE', 'REINSTATE', 'SCHEDULE_FOR_DISABLE'])),
  violation: text,
  restriction: Type.Optional(strict({ type: Type.String(), expiresInMs: wait })),
  alert: Type.Optional(strict({ type: Type.String(), severity: text, description: text })),
  webhook: text,
  token: text,
  appSecret: text,
  isTokenExpired: flag,
  isSubscribed: flag,
  hasParentUserIds: flag,
  closedWindow: Type.Optional(Type.Enum(['async', 'sync'])),
  templateDecision: Type.Optional(
    strict({ status: Type.Enum(['APPROVED', 'REJECTED', 'PENDING']), reason: Type.String() }),
  ),
  latencyMs: Type.Optional(
    strict({ sent: wait, delivered: wait, read: wait, reply: wait, review: wait }),
  ),
})

const TemplateBody = strict({
  status: text,
  reason: text,
  quality: Type.Optional(Type.Enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])),
  category: Type.Optional(Type.Enum(['MARKETING', 'UTILITY', 'AUTHENTICATION'])),
})
const ById = Type.Object({ id: Type.String() })

/** What Meta decides about the firm: reviews, quality, limits, badges, templates. */
export const accountRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (
  app,
  { world },
) => {
  app.addHook('preValidation', async (request) => {
    if (request.method === 'PATCH') request.body = plainNames(request.body)
  })

  app.get('/account', () => shownAccount(world))
  app.patch('/account', { schema: { body: AccountBody } }, ({ body }) => {
    patchAccount(world, body)
    return shownAccount(world)
  })

  app.get('/numbers', () => ({ items: [...world.numbers.values()] }))
  app.patch('/numbers/:id', { schema: { params: ById, body: NumberBody } }, ({ params, body }) => {
    const number = world.numbers.get(params.id)
    if (!number) throw notFound(`no number ${params.id}`)
    patchNumber(world, number, body)
    return number
  })

  app.get('/templates', () => ({ items: [...world.templates.values()] }))
  app.patch(
    '/templates/:id',
    { schema: { params: ById, body: TemplateBody } },
    ({ params, body }) => {
      const template = world.templates.get(params.id)
      if (!template) throw notFound(`no template ${params.id}`)
      const naming = {
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
      }
      if (body.status !== undefined) changeTemplateStatus(world, template, body.status, body.reason)
      if (body.quality !== undefined) {
        const previous = template.quality_score.score
        template.quality_score = {
          score: body.quality,
          date: Math.floor(world.clock.nowMs() / 1000),
        }
        announce(world, 'message_template_quality_update', {
          previous_quality_score: previous,
          new_quality_score: body.quality,
          ...naming,
        })
      }
      if (body.category !== undefined) {
        template.previous_category = template.category
        template.category = body.category
        announce(world, 'template_category_update', {
          previous_category: template.previous_category,
          new_category: body.category,
          ...naming,
        })
      }
      return template
    },
  )
}

/** Graph's own names for the same things, for whoever thinks in them. */
const graphNames: Record<string, string> = {
  quality_rating: 'quality',
  verified_name: 'displayName',
  name_status: 'nameStatus',
  new_display_name: 'newDisplayName',
  new_name_status: 'newNameStatus',
  whatsapp_business_manager_messaging_limit: 'messagingLimit',
  is_official_business_account: 'isOfficial',
  oba_status: 'officialStatus',
  code_verification_status: 'codeVerification',
  platform_type: 'platformType',
  account_mode: 'accountMode',
  is_pin_enabled: 'isPinEnabled',
  is_on_biz_app: 'isOnBizApp',
  account_review_status: 'review',
  business_verification_status: 'verification',
}

function plainNames(body: unknown): unknown {
  if (!isObject(body)) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [graphNames[name] ?? name, value]),
  )
}
