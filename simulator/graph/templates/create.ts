import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'
import { isRestricted } from '../../world/account.ts'
import { isObject, type JsonObject } from '../../json.ts'
import {
  listOf,
  optionalFlag,
  optionalText,
  optionalWhole,
  requiredText,
  type Call,
} from '../call.ts'
import { badParameter, GraphError, invalid } from '../errors.ts'
import { languages } from './languages.ts'
import { libraryDraft } from './library-draft.ts'
import { refusal } from './refusal.ts'
import { changeTemplateStatus, submitForReview } from './review.ts'
import { checkComponents } from './rules.ts'
import { checkLifetime } from './lifetime.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostAnHour = 100
const nameBlockedForMs = 30 * dayMs

export function createTemplate({ world, values }: Call<'account'>) {
  const name = requiredText(values, 'name')
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    throw badParameter('name', 'may hold lower-case letters, digits and underscores')
  }
  const language = requiredText(values, 'language')
  if (!languages.has(language)) throw invalid('language', 'is no language code')
  checkRoom(world, name, language)
  const fromLibrary = optionalText(values, 'library_template_name')
  const content =
    fromLibrary === undefined
      ? ownDraft(world, values, language)
      : libraryDraft(fromLibrary, language, values)
  const template: Template = {
    id: world.ids.object(),
    name,
    language,
    status: 'PENDING',
    ...content,
    quality_score: { score: 'UNKNOWN', date: Math.floor(world.clock.nowMs() / 1000) },
    rejected_reason: 'NONE',
    last_updated_time: '',
    ...extras(values, content.category),
  }
  world.account.templatesCreatedAtMs.push(world.clock.nowMs())
  world.templates.set(template.id, template)
  if (fromLibrary === undefined) submitForReview(world, template)
  else changeTemplateStatus(world, template, 'APPROVED')
  return { id: template.id, status: template.status, category: template.category }
}

function ownDraft(world: World, values: JsonObject, language: string) {
  const category = categoryOf(requiredText(values, 'category'))
  const nowMs = world.clock.nowMs()
  if (
    category === 'UTILITY' &&
    isRestricted(world.account, 'RESTRICTED_UTILITY_TEMPLATES', nowMs)
  ) {
    throw new GraphError(368, 'The account may not create utility templates at the moment.')
  }
  const format = formatOf(optionalText(values, 'parameter_format'))
  const draft = { category, language, format }
  const components = checkComponents(world, listOf(values, 'components'), draft)
  return { category, parameter_format: format, components }
}

function extras(values: JsonObject, category: string) {
  const ttlSeconds = optionalWhole(values, 'message_send_ttl_seconds')
  checkLifetime(category, ttlSeconds)
  const isUntracked = optionalFlag(values, 'cta_url_link_tracking_opted_out')
  const subCategory = optionalText(values, 'sub_category')
  return {
    ...(ttlSeconds === undefined ? {} : { message_send_ttl_seconds: ttlSeconds }),
    ...(isUntracked === undefined ? {} : { cta_url_link_tracking_opted_out: isUntracked }),
    ...(subCategory === undefined ? {} : { sub_category: subCategory }),
    ...(isObject(values.bid_spec) ? { bid_spec: values.bid_spec } : {}),
  }
}

/** Whether there may be one more template at all, and one of this name in this language. */
function checkRoom(world: World, name: string, language: string): void {
  const { account, clock } = world
  const nowMs = clock.nowMs()
  account.templatesCreatedAtMs = account.templatesCreatedAtMs.filter((one) => one > nowMs - hourMs)
  if (account.templatesCreatedAtMs.length >= mostAnHour) {
    throw new GraphError(80007, `At most ${mostAnHour} templates can be created in an hour.`)
  }
  const templates = [...world.templates.values()]
  if (templates.some((one) => one.name === name && one.language === language)) {
    throw refusal(
      2388024,
      'Content in this language already exists',
      `There is already ${language} content for the template ${name}.`,
    )
  }
  const deletedAtMs = world.deletedTemplates.get(name)
  if (deletedAtMs !== undefined && nowMs < deletedAtMs + nameBlockedForMs) {
    throw refusal(
      2388023,
      'Name still in use',
      `The name ${name} stays taken for 30 days after its template was deleted.`,
    )
  }
  const isVerified = account.verificationStatus.toLowerCase() === 'verified'
  const hasName = [...world.numbers.values()].some((one) => one.name_status === 'APPROVED')
  const most = isVerified && hasName ? 6000 : 250
  if (templates.length >= most) {
    throw refusal(2388019, 'Template limit', `The account may have ${most} templates.`)
  }
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
