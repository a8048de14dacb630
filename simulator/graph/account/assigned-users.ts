/** Who may do what with the account. */
import { enumsOf, requiredText, type Call } from '../call.ts'
import { badParameter, missing } from '../errors.ts'
import { pageOf } from '../paging.ts'

const tasks =
  'MANAGE DEVELOP MANAGE_TEMPLATES MANAGE_PHONE VIEW_COST MANAGE_EXTENSIONS VIEW_PHONE_ASSETS MANAGE_PHONE_ASSETS VIEW_TEMPLATES MESSAGING VIEW_INSIGHTS MANAGE_USERS MANAGE_BILLING'.split(
    ' ',
  )

export function listAssignedUsers({ node, values, address }: Call<'account'>) {
  const users = [...node.account.assignedUsers].map(([id, user]) => ({ id, ...user }))
  return pageOf(users, values, address)
}

export function assignUser({ node, values }: Call<'account'>) {
  const id = requiredText(values, 'user')
  const given = enumsOf(values, 'tasks')
  if (!given || given.length === 0) throw missing('tasks')
  const unknown = given.find((one) => !tasks.includes(one))
  if (unknown !== undefined) throw badParameter('tasks', `has no ${unknown}`)
  node.account.assignedUsers.set(id, { name: `User ${id}`, tasks: given })
  return { success: true }
}

export function removeUser({ node, values }: Call<'account'>) {
  node.account.assignedUsers.delete(requiredText(values, 'user'))
  return { success: true }
}
