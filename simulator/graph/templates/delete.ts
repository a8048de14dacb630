import { optionalText, requiredText, type Call } from '../call.ts'
import { GraphError } from '../errors.ts'
import { refusal } from './rules.ts'

/** By name in all its languages, or with `hsm_id` in one of them. */
export function deleteTemplates({ world, values }: Call<'account'>) {
  const name = requiredText(values, 'name')
  const id = optionalText(values, 'hsm_id')
  const named = [...world.templates.values()].filter(
    (one) => one.name === name && (id === undefined || one.id === id),
  )
  if (named.length === 0) {
    throw new GraphError(100, undefined, {
      message: 'Invalid parameter',
      subcode: 2593002,
      userTitle: 'Message Template Not Found',
      userMessage: `The template ${name} does not exist.`,
    })
  }
  if (named.some(({ status }) => status === 'DISABLED')) {
    throw refusal(2388000, 'Cannot be deleted', 'A disabled template cannot be deleted.')
  }
  for (const template of named) world.templates.delete(template.id)
  return { success: true }
}
