import { objectOf, optionalText, requiredText } from '../call.ts'
import { GraphError, invalid, missing } from '../errors.ts'
import type { JsonObject } from '../../json.ts'

/** Every type a business can send that the platform knows. */
const types = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'interactive',
  'template',
  'pin',
]
const longestCallbackData = 512

/** What every message has around its content. */
export function checkEnvelope(values: JsonObject): { type: string; callbackData?: string } {
  const type = optionalText(values, 'type') ?? 'text'
  if (!types.includes(type))
    throw new GraphError(131051, `Message type '${type}' is not supported.`)
  if (values[type] === undefined) throw missing(type)

  const recipientType = optionalText(values, 'recipient_type') ?? 'individual'
  if (recipientType === 'group') throw new GraphError(131041, 'There is no such group.')
  if (recipientType !== 'individual') {
    throw invalid('recipient_type', "must be 'individual' or 'group'")
  }
  if (type === 'pin') throw invalid('type', "can be 'pin' in a group only")
  if (values.context !== undefined) {
    if (type === 'reaction') throw invalid('context', 'is not allowed in a reaction')
    requiredText(objectOf(values, 'context'), 'message_id')
  }
  const callbackData = optionalText(values, 'biz_opaque_callback_data')
  if (callbackData === undefined) return { type }
  if (callbackData.length > longestCallbackData) {
    throw invalid('biz_opaque_callback_data', `may have ${longestCallbackData} characters`)
  }
  return { type, callbackData }
}
