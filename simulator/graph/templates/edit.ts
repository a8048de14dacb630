import type { Template } from '../../world/template.ts'
import { listOf, optionalText, optionalWhole, type Call } from '../call.ts'
import { categoryOf, formatOf } from './create.ts'
import { checkLifetime } from './lifetime.ts'
import { refusal } from './refusal.ts'
import { submitForReview } from './review.ts'
import { checkComponents } from './rules.ts'

const dayMs = 86_400_000
const mostIn30Days = 10

/** Replaces what is given and sends the template back to review. */
export function editTemplate({ world, node, values }: Call<'template'>) {
  const { template } = node
  const wrong = (why: string) => refusal(2388000, 'Cannot be edited', why)
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
    throw wrong(`A template that is ${template.status} cannot be edited.`)
  }
  const askedCategory = optionalText(values, 'category')
  const category = askedCategory === undefined ? template.category : categoryOf(askedCategory)
  if (template.status === 'APPROVED' && category !== template.category) {
    throw wrong('The category of an approved template cannot change.')
  }
  const format = formatOf(optionalText(values, 'parameter_format') ?? template.parameter_format)
  const ttlSeconds = optionalWhole(values, 'message_send_ttl_seconds')
  checkLifetime(category, ttlSeconds)
  const draft = { category, language: template.language, format }
  const components =
    values.components === undefined
      ? template.components
      : checkComponents(world, listOf(values, 'components'), draft)
  if (template.status === 'APPROVED') countEdit(template, world.clock.nowMs())

  template.components = components
  template.category = category
  template.parameter_format = format
  if (ttlSeconds !== undefined) template.message_send_ttl_seconds = ttlSeconds
  submitForReview(world, template)
  return { success: true }
}

/** An approved template can be edited once a day and ten times in 30 days. */
function countEdit(template: Template, nowMs: number): void {
  const edits = (template.editedAtMs ?? []).filter((one) => one > nowMs - 30 * dayMs)
  const isTooSoon = edits.some((one) => one > nowMs - dayMs)
  if (isTooSoon || edits.length >= mostIn30Days) {
    throw refusal(
      2388000,
      'Cannot be edited',
      'An approved template can be edited once a day and ten times in 30 days.',
    )
  }
  template.editedAtMs = [...edits, nowMs]
}
