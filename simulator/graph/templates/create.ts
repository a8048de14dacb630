import { listOf, optionalText, requiredText, type Call } from '../call.ts'
import { badParameter, invalid } from '../errors.ts'
import { submitForReview } from './review.ts'
import { checkComponents, refusal } from './rules.ts'
import type { Template } from '../../world/template.ts'

const mostTemplates = 6000 // of a verified portfolio with an approved name

export function createTemplate({ world, values }: Call<'account'>) {
  const name = requiredText(values, 'name')
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    throw badParameter('name', 'may hold lower-case letters, digits and underscores')
  }
  const language = requiredText(values, 'language')
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) throw invalid('language', 'is no language code')
  const category = categoryOf(requiredText(values, 'category'))
  const format = formatOf(optionalText(values, 'parameter_format'))
  const components = checkComponents(listOf(values, 'components'), category, format)
  const templates = [...world.templates.values()]
  if (templates.some((one) => one.name === name && one.language === language)) {
    throw refusal(
      2388024,
      'Content in this language already exists',
      `There is already ${language} content for the template ${name}.`,
    )
  }
  if (templates.length >= mostTemplates) {
    throw refusal(2388019, 'Template limit', 'The account has as many templates as it may have.')
  }
  const ttlSeconds = optionalText(values, 'message_send_ttl_seconds')
  const template: Template = {
    id: world.ids.object(),
    name,
    language,
    status: 'PENDING',
    category,
    components,
    parameter_format: format,
    quality_score: { score: 'UNKNOWN', date: Math.floor(world.clock.nowMs() / 1000) },
    rejected_reason: 'NONE',
    last_updated_time: '',
    ...(ttlSeconds === undefined ? {} : { message_send_ttl_seconds: Number(ttlSeconds) }),
  }
  world.templates.set(template.id, template)
  submitForReview(world, template)
  return { id: template.id, status: template.status, category: template.category }
}

export function categoryOf(text: string): string {
  const category = text.toUpperCase()
  if (!['MARKETING', 'UTILITY', 'AUTHENTICATION'].includes(category)) {
    throw invalid('category', 'must be MARKETING, UTILITY or AUTHENTICATION')
  }
  return category
}

export function formatOf(text: string | undefined): 'POSITIONAL' | 'NAMED' {
  const format = text?.toUpperCase() ?? 'POSITIONAL'
  if (format === 'POSITIONAL' || format === 'NAMED') return format
  throw invalid('parameter_format', 'must be POSITIONAL or NAMED')
}
