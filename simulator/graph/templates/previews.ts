import { enumsOf, optionalFlag, optionalWhole, textsOf, type Call } from '../call.ts'
import { badParameter } from '../errors.ts'
import { authenticationLanguages } from './authentication-words.ts'
import { preview } from './authentication.ts'

/** What authentication templates would say, language by language; only those the desk has words in. */
export function previewTemplates({ values }: Call<'account'>) {
  const [category] = enumsOf(values, 'category') ?? []
  if (category !== 'AUTHENTICATION') throw badParameter('category', 'must be AUTHENTICATION')
  const [button] = enumsOf(values, 'button_types') ?? ['OTP']
  if (button !== 'OTP') throw badParameter('button_types', 'must be OTP')
  const minutes = optionalWhole(values, 'code_expiration_minutes')
  if (minutes !== undefined && (minutes < 1 || minutes > 90)) {
    throw badParameter('code_expiration_minutes', 'must be 1 to 90')
  }
  const choices = {
    hasAdvice: optionalFlag(values, 'add_security_recommendation') ?? false,
    expiresInMinutes: minutes,
  }
  const languages = textsOf(values, 'languages') ?? textsOf(values, 'language')
  const previews = (languages ?? authenticationLanguages).map((one) => preview(one, choices))
  return { data: previews.filter((one) => one !== undefined) }
}
