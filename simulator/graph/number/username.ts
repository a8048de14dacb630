/** The business's own username. @see https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids */
import { present } from '../../json.ts'
import { announce } from '../../webhooks/announce.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { optionalChoice, requiredText, type Call } from '../call.ts'
import { GraphError, invalid } from '../errors.ts'

const domainEndings = /\.(com|net|org|info|biz|io|eu|de|at|ch|fr|it|es|nl|pl|uk|us|shop|app)$/i

export function showUsername({ node }: Call<'number'>) {
  const { username, state } = node.number
  return present({ username, status: username === undefined ? undefined : state.usernameStatus })
}

/** Until the display name is approved, a username is only reserved. */
export function chooseUsername({ world, node, values }: Call<'number'>) {
  const { number } = node
  const username = requiredText(values, 'username').replace(/^@/, '')
  checkUsername(username)
  const transfer = optionalChoice(values, 'transfer_action', ['none', 'force_transfer'])
  if (number.platform_type !== 'CLOUD_API') {
    throw new GraphError(133010, 'The phone number is not registered on the platform.')
  }
  const holder = holderOf(world, username)
  const isOurs = holder !== undefined && world.numbers.has(holder.id)
  if (holder && holder.id !== number.id) {
    if (!isOurs) throw new GraphError(147001, 'Somebody has that username already.')
    if (transfer !== 'force_transfer') {
      throw new GraphError(147005, 'Another number of this business has it: transfer it.')
    }
    const other = world.numbers.get(holder.id)
    if (other) takeUsername(world, other)
  }
  const status = number.name_status === 'APPROVED' ? 'approved' : 'reserved'
  setUsername(world, number, username, status)
  return { status }
}

export function deleteUsername({ world, node }: Call<'number'>) {
  takeUsername(world, node.number)
  return { success: true }
}

/** Made from the name the firm shows. */
export function suggestUsernames({ world, node }: Call<'number'>) {
  const words = node.number.verified_name
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  const country = node.number.country_code.toLowerCase()
  const wishes = [words.join(''), words.join('.'), words.join('_'), `${words.join('.')}_${country}`]
  const free = [...new Set(wishes)].filter(
    (one) => faultOf(one) === undefined && !holderOf(world, one),
  )
  return { data: [{ username_suggestions: free }] }
}

export function setUsername(
  world: World,
  number: BusinessNumber,
  username: string,
  status: 'approved' | 'reserved',
): void {
  number.username = username
  number.state.usernameStatus = status
  tell(world, number, { username, status })
}

export function takeUsername(world: World, number: BusinessNumber): void {
  if (number.username === undefined) return
  delete number.username
  delete number.state.usernameStatus
  tell(world, number, { status: 'deleted' })
}

function tell(world: World, number: BusinessNumber, value: { username?: string; status: string }) {
  announce(world, 'business_username_updates', {
    display_phone_number: digitsOf(number.display_phone_number),
    ...value,
  })
}

function holderOf(world: World, username: string): { id: string } | undefined {
  const wanted = username.toLowerCase()
  const isTheirs = (one: { username?: string }) => one.username?.toLowerCase() === wanted
  return [...world.numbers.values()].find(isTheirs) ?? world.customers.all().find(isTheirs)
}

function checkUsername(username: string): void {
  const fault = faultOf(username)
  if (fault !== undefined) throw invalid('username', fault)
}

function faultOf(username: string): string | undefined {
  if (!/^[A-Za-z0-9._]{3,35}$/.test(username)) {
    return 'must be 3 to 35 letters, digits, dots and underscores'
  }
  if (!/[A-Za-z]/.test(username)) return 'must hold a letter'
  if (/^\.|\.$|\.\./.test(username)) return 'may not begin or end with a dot, or hold two in a row'
  if (/^www/i.test(username)) return "may not begin with 'www'"
  return domainEndings.test(username) ? 'may not end like an internet address' : undefined
}
