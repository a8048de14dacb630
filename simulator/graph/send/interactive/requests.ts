/** What a person is asked for: a place, contact details, an address, a call, a form. */
import type { JsonObject } from '../../../json.ts'
import { objectOf, optionalChoice, optionalText, optionalWhole, requiredText } from '../../call.ts'
import { GraphError, invalid, missing } from '../../errors.ts'
import { isCallingEnabled } from '../../number/settings.ts'
import { within } from '../limits.ts'
import type { Sending } from '../media.ts'

const countries = ['IN', 'SG']

export function checkLocationRequest(action: JsonObject): void {
  named(action, 'send_location')
}

export function checkContactRequest(action: JsonObject): void {
  named(action, 'request_contact_info')
}

export function checkAddress(action: JsonObject): void {
  named(action, 'address_message')
  const country = requiredText(objectOf(action, 'parameters'), 'country')
  if (!countries.includes(country)) throw invalid('country', `must be ${countries.join(' or ')}`)
}

export function checkCallPermission(action: JsonObject, { number }: Sending): void {
  named(action, 'call_permission_request')
  if (!isCallingEnabled(number)) throw new GraphError(138000, 'Calling is off for this number.')
}

export function checkVoiceCall(action: JsonObject, { number }: Sending): void {
  named(action, 'voice_call')
  if (!isCallingEnabled(number)) throw new GraphError(138000, 'Calling is off for this number.')
  if (action.parameters === undefined) return
  const parameters = objectOf(action, 'parameters')
  within('display_text', optionalText(parameters, 'display_text') ?? '', 20)
  const minutes = optionalWhole(parameters, 'ttl_minutes')
  if (minutes !== undefined && minutes < 1) throw invalid('ttl_minutes', 'must be positive')
}

export function checkFlow(action: JsonObject): void {
  named(action, 'flow')
  const parameters = objectOf(action, 'parameters')
  const version = requiredText(parameters, 'flow_message_version')
  if (version !== '3') throw invalid('flow_message_version', "must be '3'")
  const names = ['flow_id', 'flow_name'].filter((one) => optionalText(parameters, one))
  if (names.length === 0) throw missing('flow_id')
  if (names.length > 1) throw invalid('flow_id', 'and flow_name may not both be given')
  const label = within('flow_cta', requiredText(parameters, 'flow_cta'), 30)
  if (/\p{Extended_Pictographic}/u.test(label)) throw invalid('flow_cta', 'may not hold emoji')
  optionalChoice(parameters, 'mode', ['draft', 'published'])
  const flowAction =
    optionalChoice(parameters, 'flow_action', ['navigate', 'data_exchange']) ?? 'navigate'
  if (parameters.flow_action_payload === undefined) return
  const payload = objectOf(parameters, 'flow_action_payload')
  if (flowAction === 'navigate') requiredText(payload, 'screen')
}

function named(action: JsonObject, name: string): void {
  if (requiredText(action, 'name') !== name) {
    throw invalid('interactive.action.name', `must be '${name}'`)
  }
}
