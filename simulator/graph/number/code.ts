/** Proving that the number is ours: a code by SMS or voice. `GET /control/numbers` shows what arrived. */
import { requiredText, optionalChoice, type Call } from '../call.ts'
import { GraphError, missing } from '../errors.ts'

const codeLifeMs = 10 * 60_000
const hourMs = 3_600_000
const mostCodesAnHour = 5
const mostWrongCodesAnHour = 5

export function requestCode({ world, node, values }: Call<'number'>) {
  const { number } = node
  const method = optionalChoice(values, 'code_method', ['SMS', 'VOICE'])
  if (method === undefined) throw missing('code_method')
  requiredText(values, 'language')
  if (number.code_verification_status === 'VERIFIED') {
    throw new GraphError(136024, 'The phone number is verified already.')
  }
  const nowMs = world.clock.nowMs()
  const { state } = number
  state.codesAtMs = state.codesAtMs.filter((one) => one > nowMs - hourMs)
  if (state.codesAtMs.length >= mostCodesAnHour) {
    throw new GraphError(136024, 'Too many codes were asked for. Try again in an hour.', {
      subcode: 2388091,
    })
  }
  state.codesAtMs.push(nowMs)
  state.code = { digits: world.ids.code(6), expiresAtMs: nowMs + codeLifeMs }
  return { success: true }
}

export function verifyCode({ world, node, values }: Call<'number'>) {
  const { number } = node
  const { state } = number
  const digits = requiredText(values, 'code').replace(/\D/g, '')
  if (number.code_verification_status === 'VERIFIED') {
    throw new GraphError(136024, 'The phone number is verified already.')
  }
  const nowMs = world.clock.nowMs()
  state.wrongCodesAtMs = state.wrongCodesAtMs.filter((one) => one > nowMs - hourMs)
  if (state.wrongCodesAtMs.length >= mostWrongCodesAnHour) throw wrongCode('Too many wrong codes.')
  if (!state.code || state.code.expiresAtMs <= nowMs) throw wrongCode('There is no valid code.')
  if (state.code.digits !== digits) {
    state.wrongCodesAtMs.push(nowMs)
    throw wrongCode('The code is not right.')
  }
  delete state.code
  number.code_verification_status = 'VERIFIED'
  return { success: true }
}

function wrongCode(why: string): GraphError {
  return new GraphError(136025, why, { subcode: 2388093 })
}
