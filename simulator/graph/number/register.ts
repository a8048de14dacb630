/** Bringing a number onto the platform and taking it off. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration */
import { announce } from '../../webhooks/announce.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { checkProduct, optionalText, requiredText, type Call } from '../call.ts'
import { badParameter, GraphError, invalid } from '../errors.ts'

const hourMs = 3_600_000
const mostRegistrations = 10
const registrationWindowMs = 72 * hourMs
const afterDeregisteringMs = 5 * 60_000
const mostWrongPins = 5
const pinLockMs = hourMs
const betweenWrongPinsMs = 1000

/** Regions that store a number's data on their own soil. */
const regions = 'AU ID IN JP SG KR DE CH GB BR BH ZA AE CA'.split(' ')

export function register({ world, node, values }: Call<'number'>) {
  const { number } = node
  checkProduct(values)
  const pin = requiredText(values, 'pin')
  if (!/^\d{6}$/.test(pin)) throw invalid('pin', 'must be six digits')
  const region = optionalText(values, 'data_localization_region')
  if (region !== undefined && !regions.includes(region)) {
    throw badParameter('data_localization_region', `must be one of ${regions.join(', ')}`)
  }
  checkRegistrations(world, number)
  const { deregisteredAtMs } = number.state
  if (deregisteredAtMs !== undefined) {
    const waitMs = deregisteredAtMs + afterDeregisteringMs - world.clock.nowMs()
    if (waitMs > 0) throw new GraphError(133015, `Wait ${inSeconds(waitMs)} before registering.`)
  }
  if (number.code_verification_status !== 'VERIFIED') {
    throw new GraphError(133006, 'The phone number has to be verified before it is registered.')
  }
  checkPin(world, number, pin)

  number.state.registrationsAtMs.push(world.clock.nowMs())
  number.state.pin = pin
  delete number.state.deregisteredAtMs
  if (region !== undefined) {
    number.state.settings.storage_configuration = {
      status: 'IN_COUNTRY_STORAGE_ENABLED',
      data_localization_region: region,
    }
  }
  number.is_pin_enabled = true
  number.platform_type = 'CLOUD_API'
  number.status = 'CONNECTED'
  number.last_onboarded_time = new Date(world.clock.nowMs()).toISOString()
  takeCertificate(number)
  return { success: true }
}

export function deregister({ world, node }: Call<'number'>) {
  const { number } = node
  checkRegistrations(world, number)
  if (number.platform_type !== 'CLOUD_API') {
    throw new GraphError(133010, 'The phone number is not registered on the platform.')
  }
  number.state.registrationsAtMs.push(world.clock.nowMs())
  number.state.deregisteredAtMs = world.clock.nowMs()
  number.platform_type = 'NOT_APPLICABLE'
  number.status = 'DISCONNECTED'
  return { success: true }
}

/** Sets the two-step PIN of a number that is already here. */
export function changePin(world: World, number: BusinessNumber, pin: string): void {
  if (!/^\d{6}$/.test(pin)) throw invalid('pin', 'must be six digits')
  number.state.pin = pin
  number.is_pin_enabled = true
  announce(world, 'security', {
    display_phone_number: digitsOf(number.display_phone_number),
    event: 'PIN_CHANGED',
  })
}

/** A new name's certificate counts from the registration that follows its approval. */
function takeCertificate(number: BusinessNumber): void {
  if (number.new_certificate === undefined) return
  number.certificate = number.new_certificate
  delete number.new_certificate
}

function checkRegistrations(world: World, number: BusinessNumber): void {
  const sinceMs = world.clock.nowMs() - registrationWindowMs
  number.state.registrationsAtMs = number.state.registrationsAtMs.filter((one) => one > sinceMs)
  if (number.state.registrationsAtMs.length >= mostRegistrations) {
    throw new GraphError(
      133016,
      `The number was registered and deregistered ${mostRegistrations} times in 72 hours.`,
    )
  }
}

function checkPin(world: World, { state }: BusinessNumber, pin: string): void {
  const nowMs = world.clock.nowMs()
  state.wrongPinsAtMs = state.wrongPinsAtMs.filter((one) => one > nowMs - pinLockMs)
  const [first] = state.wrongPinsAtMs
  if (first !== undefined && state.wrongPinsAtMs.length >= mostWrongPins) {
    throw new GraphError(133008, `Too many guesses. Wait ${inSeconds(first + pinLockMs - nowMs)}.`)
  }
  if (state.pin === undefined || state.pin === pin) return
  const last = state.wrongPinsAtMs.at(-1)
  if (last !== undefined && nowMs - last < betweenWrongPinsMs) {
    throw new GraphError(133009, 'The PIN was entered too fast.')
  }
  state.wrongPinsAtMs.push(nowMs)
  throw new GraphError(133005, 'The two-step verification PIN is not right.')
}

function inSeconds(waitMs: number): string {
  return `${Math.ceil(waitMs / 1000)} seconds`
}
