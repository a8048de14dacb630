import type { OwnNumber } from '../../core/domain/people.ts'
import type { HealthStatus } from '../../core/domain/verification.ts'
import { textAt } from './values.ts'

/** What WhatsApp shows of a number; a member it leaves out is undefined, one that is certainly gone is null. */
export type SeenNumber = {
  [
    K in
      | 'displayPhone'
      | 'name'
      | 'nameStatus'
      | 'requestedName'
      | 'requestedNameStatus'
      | 'hasNewCertificate'
      | 'isOfficial'
      | 'officialStatus'
      | 'officialMessage'
      | 'status'
      | 'quality'
      | 'messagingLimit'
      | 'throughput'
      | 'codeVerification'
      | 'isPinEnabled'
      | 'accountMode'
      | 'platform'
      | 'isOnBizApp'
      | 'username'
      | 'healthStatus'
  ]?: OwnNumber[K] | null | undefined
}

/** Every field of facts 7.2 that says something of trust or limits. */
export const numberFields = [
  'id',
  'display_phone_number',
  'verified_name',
  'name_status',
  'new_display_name',
  'new_name_status',
  'new_certificate',
  'is_official_business_account',
  'official_business_account',
  'status',
  'quality_rating',
  'whatsapp_business_manager_messaging_limit',
  'throughput',
  'code_verification_status',
  'is_pin_enabled',
  'account_mode',
  'platform_type',
  'is_on_biz_app',
  'username',
  'health_status',
].join(',')

export function readNumberNode(node: object): SeenNumber {
  return {
    displayPhone: textAt(node, 'display_phone_number'),
    name: textAt(node, 'verified_name'),
    nameStatus: textAt(node, 'name_status'),
    requestedName: textAt(node, 'new_display_name') ?? null,
    requestedNameStatus: textAt(node, 'new_name_status') ?? null,
    hasNewCertificate: textAt(node, 'new_certificate') !== undefined,
    isOfficial: flagAt(node, 'is_official_business_account'),
    officialStatus: textAt(node, 'official_business_account', 'oba_status'),
    officialMessage: textAt(node, 'official_business_account', 'status_message') ?? null,
    status: textAt(node, 'status'),
    quality: textAt(node, 'quality_rating') ?? textAt(node, 'quality_score', 'score'),
    messagingLimit: textAt(node, 'whatsapp_business_manager_messaging_limit'),
    throughput: textAt(node, 'throughput', 'level'),
    codeVerification: textAt(node, 'code_verification_status'),
    isPinEnabled: flagAt(node, 'is_pin_enabled'),
    accountMode: textAt(node, 'account_mode'),
    platform: textAt(node, 'platform_type') ?? textAt(node, 'host_platform'),
    isOnBizApp: flagAt(node, 'is_on_biz_app'),
    username: textAt(node, 'username'),
    healthStatus: readHealth(Reflect.get(node, 'health_status')),
  }
}

export function flagAt(node: object, name: string): boolean | undefined {
  const value: unknown = Reflect.get(node, name)
  return typeof value === 'boolean' ? value : undefined
}

/** @see facts 7.7 */
export function readHealth(told: unknown): HealthStatus | undefined {
  const canSend = textAt(told, 'can_send_message')
  if (canSend === undefined) return undefined
  const entities = listAt(told, 'entities').flatMap((entity) => {
    const kind = textAt(entity, 'entity_type')
    const word = textAt(entity, 'can_send_message')
    if (kind === undefined || word === undefined) return []
    const id = textAt(entity, 'id')
    return [
      {
        kind,
        canSend: word,
        ...(id === undefined ? {} : { id }),
        errors: listAt(entity, 'errors').flatMap(readError),
        notes: listAt(entity, 'additional_info').flatMap((note) =>
          typeof note === 'string' ? [note] : [],
        ),
      },
    ]
  })
  return { canSend, entities }
}

function readError(told: unknown): HealthStatus['entities'][number]['errors'] {
  const code = textAt(told, 'error_code')
  if (code === undefined) return []
  const description = textAt(told, 'error_description')
  const solution = textAt(told, 'possible_solution')
  return [
    {
      code,
      ...(description === undefined ? {} : { description }),
      ...(solution === undefined ? {} : { solution }),
    },
  ]
}

export function listAt(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const found: unknown = Reflect.get(value, name)
  return Array.isArray(found) ? found : []
}
