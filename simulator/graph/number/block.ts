/** The firm's own block list. @see https://developers.facebook.com/docs/whatsapp/cloud-api/block-users */
import { isObject, present, type JsonObject } from '../../json.ts'
import { isWindowOpen } from '../../messaging/window.ts'
import type { Customer } from '../../world/customer.ts'
import { digitsOf, type BlockedUser, type BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { checkProduct, listOf, optionalText, type Call } from '../call.ts'
import { codeFacts } from '../codes.ts'
import { badParameter, GraphError, missing } from '../errors.ts'
import { pageOf } from '../paging.ts'

const mostBlocked = 64_000

type Named = { input: string; customer?: Customer; code?: number; why?: string }

/** Each is listed alone with `block_users` around it, as the platform does. */
export function listBlocked({ node, values, address }: Call<'number'>) {
  const page = pageOf([...node.number.state.blocked.values()], values, address)
  return { ...page, data: page.data.map((one) => ({ block_users: [one] })) }
}

export function block(call: Call<'number'>) {
  const { world, node } = call
  const { blocked } = node.number.state
  const added: BlockedUser[] = []
  const failed: Named[] = []
  for (const named of usersIn(call)) {
    const { customer, input } = named
    const fault = customer ? blockFault(world, node.number, customer) : named
    if (!customer || fault) {
      failed.push({ ...named, ...fault })
      continue
    }
    const user = shown(input, customer)
    blocked.set(customer.id, user)
    added.push(user)
  }
  return answer('added_users', added, failed)
}

export function unblock(call: Call<'number'>) {
  const { blocked } = call.node.number.state
  const removed: BlockedUser[] = []
  const failed: Named[] = []
  for (const named of usersIn(call)) {
    const { customer, input } = named
    if (customer && blocked.delete(customer.id)) removed.push(shown(input, customer))
    else failed.push({ ...named, code: named.code ?? 131047, why: 'The user is not blocked.' })
  }
  return answer('removed_users', removed, failed)
}

function usersIn({ world, node, values }: Call<'number'>): Named[] {
  checkProduct(values)
  const users = listOf(values, 'block_users')
  if (users.length === 0) throw missing('block_users')
  return users.map((one) => {
    if (!isObject(one)) throw badParameter('block_users', 'must hold objects')
    return named(world, node.number, one)
  })
}

function named(world: World, number: BusinessNumber, user: JsonObject): Named {
  const phone = optionalText(user, 'user')
  const input = phone ?? optionalText(user, 'user_id')
  if (input === undefined || input === '') throw missing('block_users.user')
  const isUserId = /^[A-Z]{2}\./.test(input)
  if (!isUserId && digitsOf(input) === digitsOf(number.display_phone_number)) {
    return { input, code: 131021, why: 'A number cannot block itself.' }
  }
  const customer = isUserId ? world.customers.withUserId(input) : world.customers.withPhone(input)
  const isParent = customer?.parentUserId === input
  if (customer && !isParent) return { input, customer }
  return { input, code: 131047, why: 'There is no such user, or they have not written to us.' }
}

function blockFault(world: World, number: BusinessNumber, customer: Customer) {
  const { blocked } = number.state
  if (!isWindowOpen(customer, number.id, world.clock.nowMs())) {
    return { code: 131047, why: 'The user has not written to this number in the last 24 hours.' }
  }
  if (blocked.size >= mostBlocked && !blocked.has(customer.id)) {
    return { code: 139101, why: `The list holds ${mostBlocked} users at most.` }
  }
  return undefined
}

function shown(input: string, customer: Customer): BlockedUser {
  const isUserId = input === customer.userId
  return {
    input,
    ...(isUserId || customer.phone === undefined ? {} : { wa_id: customer.phone }),
    ...(isUserId ? { user_id: customer.userId } : {}),
  }
}

/** When only some could be done, the whole is a refusal that says of each what became of it. */
function answer(done: string, users: BlockedUser[], failed: Named[]): JsonObject {
  const failures = failed.map(({ input, customer, code = 139103, why = '' }) =>
    present({
      input,
      wa_id: customer?.userId === input ? undefined : customer?.phone,
      errors: [{ code, message: codeFacts(code).title, error_data: { details: why } }],
    }),
  )
  const whole = {
    messaging_product: 'whatsapp',
    block_users: {
      [done]: users,
      ...(failures.length > 0 ? { failed_users: failures } : {}),
    },
  }
  if (failures.length === 0) return whole
  throw new GraphError(139100, 'Some of the users could not be blocked or unblocked.', {
    beside: whole,
  })
}
