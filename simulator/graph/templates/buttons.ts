import { textAt, type JsonObject } from '../../json.ts'
import { variablesIn } from '../send/template/texts.ts'
import { refusal } from './refusal.ts'

const longestLabel = 25
const longestUrl = 2000

/** How many of each kind a template may have; a kind that is not here stands once. */
const most: Record<string, number | undefined> = { QUICK_REPLY: 10, URL: 2 }
const kinds =
  'QUICK_REPLY URL PHONE_NUMBER COPY_CODE FLOW CATALOG MPM SPM OTP VOICE_CALL CALL_PERMISSION_REQUEST REQUEST_CONTACT_INFO ORDER_DETAILS APP'.split(
    ' ',
  )

const wrong = (why: string) => refusal(2388047, 'Buttons incorrect', why)

/** Writes the kinds in upper case, as they are read back. */
export function checkButtons(buttons: JsonObject[], mostInAll: number): void {
  if (buttons.length < 1 || buttons.length > mostInAll) {
    throw wrong(`There are one to ${mostInAll} buttons.`)
  }
  const types = buttons.map((button) => {
    button.type = textAt(button, 'type')?.toUpperCase() ?? ''
    return String(button.type)
  })
  for (const type of types) {
    if (!kinds.includes(type)) throw wrong(`'${type}' is no kind of button.`)
    const limit = most[type] ?? 1
    if (types.filter((one) => one === type).length > limit) {
      throw wrong(`There are at most ${limit} buttons of kind ${type}.`)
    }
  }
  const groups = types.map((type) => (type === 'QUICK_REPLY' ? 'reply' : 'other'))
  const changes = groups.filter((group, index) => index > 0 && group !== groups[index - 1])
  if (changes.length > 1) throw wrong('Quick replies must stand together.')
  for (const button of buttons) checkOne(button)
}

function checkOne(button: JsonObject): void {
  const text = textAt(button, 'text') ?? ''
  if (text.length > longestLabel) {
    throw refusal(2388040, 'Text too long', `A button may have ${longestLabel} characters.`)
  }
  if (text === '' && ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'FLOW'].includes(String(button.type))) {
    throw wrong(`A button of kind ${String(button.type)} has a text.`)
  }
  if (button.type === 'URL') checkUrl(button)
  if (button.type === 'PHONE_NUMBER') {
    const phone = textAt(button, 'phone_number') ?? ''
    if (phone === '' || phone.length > 20) throw wrong('A phone number has 1 to 20 characters.')
  }
  if (button.type === 'COPY_CODE') {
    const example: unknown = Array.isArray(button.example) ? button.example[0] : button.example
    if (typeof example !== 'string' || example === '' || example.length > 15) {
      throw wrong('A code to copy needs an example of at most 15 characters.')
    }
  }
  if (button.type === 'FLOW' && !['flow_id', 'flow_name', 'flow_json'].some((one) => button[one])) {
    throw wrong('A flow button names its flow.')
  }
}

/** One variable at most, and only at the end. */
function checkUrl(button: JsonObject): void {
  const url = textAt(button, 'url') ?? ''
  const variables = variablesIn(url)
  if (url.length > longestUrl || !/^https?:\/\//.test(url)) {
    throw wrong(`An address begins with http(s):// and has at most ${longestUrl} characters.`)
  }
  if (variables.length > 1 || (variables.length === 1 && !/\}\}$/.test(url))) {
    throw wrong('An address has at most one variable, at its end.')
  }
  if (variables.length === 1 && button.example === undefined) {
    throw wrong('An address with a variable needs an example.')
  }
}
