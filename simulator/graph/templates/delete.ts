import type { Template } from '../../world/template.ts'
import { optionalText, requiredText, textsOf, type Call } from '../call.ts'
import { GraphError } from '../errors.ts'
import { refusal } from './refusal.ts'

/** By name in all its languages, with `hsm_id` or `language` in one of them, or many by `hsm_ids`. */
export function deleteTemplates({ world, values }: Call<'account'>) {
  const ids = textsOf(values, 'hsm_ids')
  const isMeant = ids ? ({ id }: Template) => ids.includes(id) : namedIn(values)
  const meant = [...world.templates.values()].filter(isMeant)
  if (meant.length === 0) {
    throw new GraphError(100, undefined, {
      message: 'Invalid parameter',
      subcode: 2593002,
      userTitle: 'Message Template Not Found',
      userMessage: 'There is no such template.',
    })
  }
  if (meant.some(({ status }) => status === 'DISABLED')) {
    throw refusal(2388000, 'Cannot be deleted', 'A disabled template cannot be deleted.')
  }
  for (const template of meant) {
    world.templates.delete(template.id)
    const isGone = ![...world.templates.values()].some(({ name }) => name === template.name)
    const wasUsable = ['APPROVED', 'PAUSED'].includes(template.status)
    if (isGone && wasUsable) world.deletedTemplates.set(template.name, world.clock.nowMs())
  }
  return { success: true }
}

function namedIn(values: Call['values']): (template: Template) => boolean {
  const name = requiredText(values, 'name')
  const id = optionalText(values, 'hsm_id')
  const language = optionalText(values, 'language')
  return (one) =>
    one.name === name &&
    (id === undefined || one.id === id) &&
    (language === undefined || one.language === language)
}
