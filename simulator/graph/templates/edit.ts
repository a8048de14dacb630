import { listOf, optionalText, type Call } from '../call.ts'
import { categoryOf, formatOf } from './create.ts'
import { submitForReview } from './review.ts'
import { checkComponents, refusal } from './rules.ts'

/** Replaces what is given and sends the template back to review. */
export function editTemplate({ world, node, values }: Call<'template'>) {
  const { template } = node
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
    throw refusal(
      2388000,
      'Cannot be edited',
      `A template that is ${template.status} cannot be edited.`,
    )
  }
  const askedCategory = optionalText(values, 'category')
  const category = askedCategory === undefined ? template.category : categoryOf(askedCategory)
  if (template.status === 'APPROVED' && category !== template.category) {
    throw refusal(
      2388000,
      'Cannot be edited',
      'The category of an approved template cannot change.',
    )
  }
  const format = formatOf(optionalText(values, 'parameter_format') ?? template.parameter_format)
  if (values.components !== undefined) {
    template.components = checkComponents(listOf(values, 'components'), category, format)
  }
  template.category = category
  template.parameter_format = format
  const ttlSeconds = optionalText(values, 'message_send_ttl_seconds')
  if (ttlSeconds !== undefined) template.message_send_ttl_seconds = Number(ttlSeconds)
  submitForReview(world, template)
  return { success: true }
}
