/** Groups of settings that a number has beside its fields; a group that was never set is not shown. */
import { isObject, type JsonObject } from '../../json.ts'
import { announce } from '../../webhooks/announce.ts'
import type { BusinessNumber } from '../../world/number.ts'
import {
  objectOf,
  optionalChoice,
  optionalFlag,
  optionalText,
  optionalWhole,
  type Call,
} from '../call.ts'
import { badParameter, GraphError, invalid } from '../errors.ts'

const groups = [
  'calling',
  'user_identity_change',
  'storage_configuration',
  'payload_encryption',
] as const
type Group = (typeof groups)[number]

export function showSettings({ node }: Call<'number'>) {
  return node.number.state.settings
}

/** Takes the groups it knows, each whole; what else a client sends along is of no effect. */
export function changeSettings({ world, node, values }: Call<'number'>) {
  const { number } = node
  const given = groups.filter((group) => values[group] !== undefined)
  const changes = given.map((group) => [group, checked(number, group, objectOf(values, group))])
  Object.assign(number.state.settings, Object.fromEntries(changes))
  if (given.includes('calling')) {
    announce(world, 'account_settings_update', {
      messaging_product: 'whatsapp',
      timestamp: String(Math.floor(world.clock.nowMs() / 1000)),
      type: 'PHONE_NUMBER_SETTINGS',
      phone_number_settings: {
        phone_number_id: number.id,
        calling: number.state.settings.calling,
      },
    })
  }
  return { success: true }
}

/** Whether people can call the number. */
export function isCallingEnabled(number: BusinessNumber): boolean {
  const { calling } = number.state.settings
  return isObject(calling) && String(calling.status).toUpperCase() === 'ENABLED'
}

const checks: Record<Group, (number: BusinessNumber, given: JsonObject) => void> = {
  calling(_, given) {
    const status = optionalText(given, 'status')?.toUpperCase()
    if (status !== undefined && !['ENABLED', 'DISABLED'].includes(status)) {
      throw invalid('calling.status', 'must be ENABLED or DISABLED')
    }
  },
  user_identity_change(_, given) {
    if (optionalFlag(given, 'enable_identity_key_check') === undefined) {
      throw badParameter('enable_identity_key_check', 'is missing')
    }
  },
  storage_configuration(number, given) {
    if (number.platform_type === 'CLOUD_API') {
      throw new GraphError(100, 'The storage of a registered number cannot change: deregister it.')
    }
    optionalChoice(given, 'status', [
      'IN_COUNTRY_STORAGE_ENABLED',
      'IN_COUNTRY_STORAGE_DISABLED',
      'NO_STORAGE_ENABLED',
      'DEFAULT',
    ])
    const minutes = optionalWhole(given, 'retention_minutes') ?? 60
    if (minutes < 1 || minutes > 60) throw invalid('retention_minutes', 'must be 1 to 60')
  },
  payload_encryption: () => undefined,
}

function checked(number: BusinessNumber, group: Group, given: JsonObject): JsonObject {
  checks[group](number, given)
  const before = number.state.settings[group]
  return { ...(isObject(before) ? before : {}), ...given }
}
