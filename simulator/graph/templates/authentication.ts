/** Authentication templates: their words are the platform's own, only the choices are the firm's. */
import { objectsOf, textAt, type JsonObject } from '../../json.ts'
import { refusal } from './refusal.ts'
import { wordsIn, type Words } from './authentication-words.ts'

type Choices = {
  hasAdvice: boolean
  expiresInMinutes: number | undefined
}

/** The template as it is read back: texts filled in, and the button as the link it is. */
export function fixedComponents(given: JsonObject[], language: string): JsonObject[] {
  const wrong = (why: string) => refusal(2388047, 'Authentication template incorrect', why)
  const words = wordsIn(language)
  if (!words) throw wrong(`There is no authentication text in ${language} on this desk.`)
  const allowed = ['BODY', 'FOOTER', 'BUTTONS']
  if (given.some((one) => !allowed.includes(String(one.type)))) {
    throw wrong('It has a body, a footer and one button.')
  }
  const footer = given.find((one) => one.type === 'FOOTER')
  const minutes = footer === undefined ? undefined : Number(footer.code_expiration_minutes)
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 90)) {
    throw wrong('code_expiration_minutes is 1 to 90.')
  }
  const buttons = objectsOf(given.find((one) => one.type === 'BUTTONS')?.buttons)
  const [button] = buttons
  if (!button || buttons.length > 1 || textAt(button, 'type')?.toUpperCase() !== 'OTP') {
    throw wrong('It has exactly one button, of kind OTP.')
  }
  const hasAdvice = given.find((one) => one.type === 'BODY')?.add_security_recommendation === true
  return [
    { ...bodyOf(words, { hasAdvice, expiresInMinutes: minutes }) },
    ...footerOf(words, { hasAdvice, expiresInMinutes: minutes }),
    { type: 'BUTTONS', buttons: [linkOf(button, words)] },
  ]
}

/** What a template would say, for `message_template_previews`. */
export function preview(language: string, choices: Choices): JsonObject | undefined {
  const words = wordsIn(language)
  if (!words) return undefined
  const [footer] = footerOf(words, choices)
  return {
    body: bodyOf(words, choices).text,
    ...(footer ? { footer: footer.text } : {}),
    buttons: [{ type: 'OTP', text: words.copy, autofill_text: words.autofill }],
    language,
  }
}

function bodyOf(words: Words, { hasAdvice }: Choices) {
  return {
    type: 'BODY',
    text: hasAdvice ? `${words.body} ${words.advice}` : words.body,
    add_security_recommendation: hasAdvice,
    example: { body_text: [['123456']] },
  }
}

function footerOf(words: Words, { expiresInMinutes }: Choices) {
  if (expiresInMinutes === undefined) return []
  const text = words.footer.replace('#', String(expiresInMinutes))
  return [{ type: 'FOOTER', text, code_expiration_minutes: expiresInMinutes }]
}

const otpTypes = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP']

function linkOf(button: JsonObject, words: Words): JsonObject {
  const otpType = textAt(button, 'otp_type')?.toUpperCase() ?? ''
  const wrong = (why: string) => refusal(2388047, 'Authentication button incorrect', why)
  if (!otpTypes.includes(otpType)) throw wrong(`otp_type is one of ${otpTypes.join(', ')}.`)
  const apps = objectsOf(button.supported_apps)
  const isWhole = (app: JsonObject) =>
    textAt(app, 'package_name') !== undefined && textAt(app, 'signature_hash')?.length === 11
  if (otpType !== 'COPY_CODE' && (apps.length < 1 || apps.length > 5 || !apps.every(isWhole))) {
    throw wrong('It names one to five apps, each with package_name and signature_hash.')
  }
  if (otpType === 'ZERO_TAP' && button.zero_tap_terms_accepted !== true) {
    throw wrong('Zero-tap needs zero_tap_terms_accepted.')
  }
  const query = `otp_type=${otpType}&code=otp{{1}}`
  return {
    type: 'URL',
    text: textAt(button, 'text') ?? words.copy,
    url: `https://www.whatsapp.com/otp/code/?${query}`,
    example: ['https://www.whatsapp.com/otp/code/?code=otp123456'],
  }
}
