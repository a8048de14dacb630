import { Type, type TObject, type TProperties } from 'typebox'

const text = Type.Optional(Type.String({ minLength: 1 }))
const texts = Type.Optional(Type.Array(Type.String()))
const flag = Type.Optional(Type.Boolean())
const wait = Type.Optional(Type.Integer({ minimum: 0 }))
const strict = <P extends TProperties>(properties: P): TObject<P> =>
  Type.Object(properties, { additionalProperties: false })
const Anything = Type.Record(Type.String(), Type.Unknown())
const Quality = Type.Enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN', 'NA'])

const Health = Type.Optional(
  Type.Object({
    can_send_message: Type.Enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
    can_receive_call_sip: Type.Optional(Type.Enum(['AVAILABLE', 'LIMITED', 'BLOCKED'])),
    additional_info: texts,
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

export const NumberBody = strict({
  quality: Type.Optional(Quality),
  displayName: text,
  nameStatus: text,
  newDisplayName: text,
  newNameStatus: text,
  rejectionReason: text,
  messagingLimit: text,
  throughput: Type.Optional(Type.Enum(['STANDARD', 'HIGH', 'NOT_APPLICABLE'])),
  isOfficial: flag,
  officialStatus: text,
  officialMessage: text,
  status: text,
  codeVerification: text,
  platformType: text,
  accountMode: Type.Optional(Type.Enum(['SANDBOX', 'LIVE'])),
  testRecipients: texts,
  isPinEnabled: flag,
  pinEvent: Type.Optional(Type.Enum(['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'])),
  isOnBizApp: flag,
  disconnectedBecause: text,
  isPreverified: flag,
  isInMaintenance: flag,
  countryCode: text,
  searchVisibility: Type.Optional(Type.Enum(['VISIBLE', 'HIDDEN'])),
  globalSearch: text,
  lastOnboardedTime: text,
  username: Type.Optional(Type.Union([Type.String({ minLength: 3 }), Type.Null()])),
  usernameStatus: Type.Optional(Type.Enum(['approved', 'reserved'])),
  health: Health,
})

export const AccountBody = strict({
  name: text,
  businessName: text,
  country: text,
  currency: text,
  timezoneId: text,
  ownershipType: text,
  onBehalfOf: Type.Optional(
    strict({ id: Type.String(), name: Type.String(), status: text, type: text }),
  ),
  isSharedWithPartners: flag,
  purchaseOrderNumber: text,
  primaryLocation: text,
  marketingOnboarding: text,
  isMarketingOffOnCloudApi: flag,
  isEnabledForInsights: flag,
  authInternational: Type.Optional(Anything),
  volumeTier: Type.Optional(
    strict({ category: Type.String(), tier: Type.String(), region: Type.String() }),
  ),
  partnerCertification: Type.Optional(strict({ status: Type.String(), reasons: texts })),
  review: text,
  verification: text,
  messagingLimit: text,
  status: text,
  payment: flag,
  health: Health,
  businessHealth: Health,
  ban: Type.Optional(Type.Enum(['DISABLE', 'REINSTATE', 'SCHEDULE_FOR_DISABLE'])),
  isDeleted: Type.Optional(Type.Literal(true)),
  violation: text,
  restriction: Type.Optional(
    Type.Union([strict({ type: Type.String(), expiresInMs: wait }), Type.Null()]),
  ),
  alert: Type.Optional(strict({ type: Type.String(), severity: text, description: text })),
  webhook: text,
  token: text,
  appSecret: text,
  verifyToken: text,
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

export const TemplateBody = strict({
  status: text,
  reason: text,
  quality: Type.Optional(Quality),
  category: Type.Optional(Type.Enum(['MARKETING', 'UTILITY', 'AUTHENTICATION'])),
  correctCategory: Type.Optional(Type.Enum(['MARKETING', 'UTILITY', 'AUTHENTICATION'])),
  pacing: Type.Optional(
    Type.Union([strict({ passes: Type.Integer({ minimum: 0 }) }), Type.Enum(['release', 'pause'])]),
  ),
})
