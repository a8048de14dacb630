/** Holds what is filled into a template against its definition, before WhatsApp would. @see facts 2.5, 4.2 */
import { pointer, type Flaw, type FlawRule } from './flaw.ts'
import type { ButtonValue, CardValues, TemplateHeader, TemplateParams } from './message.ts'
import type { TemplateValues } from './message.ts'
import {
  fill,
  placeholdersOf,
  type Template,
  type TemplateButtonDefinition,
  type TemplateCardDefinition,
  type TemplateHeaderDefinition,
} from './template.ts'

const mostBody = 1024
const mostCardBody = 160
const mostHeader = 60
const mostUrl = 2000
/** 15 in a definition's example, 20 when sent since December 2025. */
const mostCouponCode = 20
const mostPasscode = 15

type Format = Template['format']

/** The first thing in `values` that the template does not allow or still needs; `at` begins at `values`. */
export function flawOfValues(template: Template, values: TemplateValues): Flaw | undefined {
  const { format } = template
  return (
    flawOfText('/params', template.body, format, values.params, mostBody) ??
    flawOfHeader('/header', template.header, format, values.header) ??
    (template.category === 'AUTHENTICATION'
      ? flawOfPasscode(values)
      : flawOfButtons('/buttons', template.buttons, values.buttons ?? [])) ??
    flawOfCards(template.cards ?? [], format, values.cards ?? [])
  )
}

/** The values by the name of their placeholder: positional ones are counted from 1. */
export function byName(params: TemplateParams): Record<string, string> {
  if (!Array.isArray(params)) return params
  return Object.fromEntries(params.map((value, index) => [String(index + 1), value]))
}

/** Whether a button takes a value when the template is sent. */
export function buttonNeeds(button: TemplateButtonDefinition): 'value' | 'maybe' | 'nothing' {
  if (button.type === 'COPY_CODE') return 'value'
  if (button.type === 'URL')
    return placeholdersOf(button.url ?? '').length > 0 ? 'value' : 'nothing'
  return button.type === 'QUICK_REPLY' || button.type === 'FLOW' ? 'maybe' : 'nothing'
}

function flawOfText(
  at: string,
  text: string,
  format: Format,
  params: TemplateParams,
  most: number,
): Flaw | undefined {
  const names = placeholdersOf(text)
  const values = byName(params)
  const isNamed = !Array.isArray(params)
  const placeOf = (name: string) => pointer(at, isNamed ? name : Number(name) - 1)
  if (Object.keys(values).length > 0 && isNamed !== (format === 'NAMED')) {
    const reason = isNamed ? 'a list: the placeholders are numbered' : 'an object: they have names'
    return flaw(at, 'malformed', reason)
  }
  const missing = names.find((name) => !Object.hasOwn(values, name) || values[name]?.trim() === '')
  if (missing !== undefined) return flaw(placeOf(missing), 'missing', `{{${missing}}} has no value`)
  const extra = Object.keys(values).find((name) => !names.includes(name))
  if (extra !== undefined) {
    return flaw(placeOf(extra), 'unexpected', 'the template has no such placeholder')
  }
  const broken = Object.keys(values).find((name) => /[\n\r\t]| {5}/.test(values[name] ?? ''))
  if (broken !== undefined) {
    const reason = 'no line breaks, no tabs, at most four spaces in a row'
    return flaw(placeOf(broken), 'malformed', reason)
  }
  const { length } = fill(text, values)
  return length > most
    ? flaw(at, 'too-long', `at most ${most} characters with its values, not ${length}`)
    : undefined
}

function flawOfHeader(
  at: string,
  defined: TemplateHeaderDefinition | undefined,
  format: Format,
  given: TemplateHeader | undefined,
): Flaw | undefined {
  const kind = defined?.format.toLowerCase() ?? 'none'
  if (kind === 'none' || kind === 'text') {
    if (given !== undefined && given.type !== 'text') {
      return flaw(at, 'unexpected', kind === 'none' ? 'it has no header' : 'its header is text')
    }
    const params = given?.params ?? []
    return flawOfText(`${at}/params`, defined?.text ?? '', format, params, mostHeader)
  }
  if (given === undefined) return flaw(at, 'missing', `its header is a ${kind}`)
  if (given.type !== kind) return flaw(`${at}/type`, 'malformed', `its header is a ${kind}`)
  return 'media' in given ? flawOfFile(at, kind, given.media.mime) : undefined
}

const fileTypes: Readonly<Record<string, RegExp>> = {
  image: /^image\/(jpeg|png)\b/,
  video: /^video\/(mp4|3gpp)\b/,
}

function flawOfFile(at: string, kind: string, mime: string): Flaw | undefined {
  const allowed = fileTypes[kind]
  if (allowed === undefined || allowed.test(mime)) return undefined
  return flaw(`${at}/media`, 'malformed', `a file that WhatsApp takes as ${kind}`)
}

function flawOfButtons(
  at: string,
  defined: readonly TemplateButtonDefinition[],
  given: readonly ButtonValue[],
): Flaw | undefined {
  for (const [place, { index, value }] of given.entries()) {
    const button = defined[index]
    if (button === undefined || buttonNeeds(button) === 'nothing') {
      const what = button === undefined ? 'there is no such button' : 'this button takes no value'
      return flaw(`${at}/${place}/index`, 'unexpected', what)
    }
    if (given.findIndex((one) => one.index === index) < place) {
      return flaw(`${at}/${place}/index`, 'repeated', 'one value for each button')
    }
    const bad = flawOfButtonValue(`${at}/${place}/value`, button, value)
    if (bad !== undefined) return bad
  }
  const unfilled = defined.findIndex(
    (button, index) => buttonNeeds(button) === 'value' && !given.some((one) => one.index === index),
  )
  return unfilled < 0
    ? undefined
    : flaw(at, 'missing', `the button at index ${unfilled} needs a value`)
}

function flawOfButtonValue(
  at: string,
  { type, url }: TemplateButtonDefinition,
  value: string,
): Flaw | undefined {
  if (value.trim() === '') return flaw(at, 'missing', 'the button needs a value')
  if (type === 'COPY_CODE' && value.length > mostCouponCode) {
    return flaw(at, 'too-long', `at most ${mostCouponCode} characters`)
  }
  if (type !== 'URL') return undefined
  if (/\s/.test(value)) return flaw(at, 'malformed', 'no spaces in an address')
  const [name = ''] = placeholdersOf(url ?? '')
  return fill(url ?? '', { [name]: value }).length > mostUrl
    ? flaw(at, 'too-long', `at most ${mostUrl} characters with its value`)
    : undefined
}

/** The code goes into text and button alike, so it is given once. */
function flawOfPasscode({ params, buttons = [] }: TemplateValues): Flaw | undefined {
  const [code = ''] = Object.values(byName(params))
  const at = Array.isArray(params) ? '/params/0' : '/params'
  if (code.length > mostPasscode) return flaw(at, 'too-long', `at most ${mostPasscode} characters`)
  return buttons.some(({ index, value }) => index !== 0 || value !== code)
    ? flaw('/buttons', 'unexpected', 'the button carries the code by itself')
    : undefined
}

function flawOfCards(
  defined: readonly TemplateCardDefinition[],
  format: Format,
  given: readonly CardValues[],
): Flaw | undefined {
  if (given.length !== defined.length) {
    const rule = given.length < defined.length ? 'missing' : 'unexpected'
    return flaw('/cards', rule, `it has ${defined.length} cards, not ${given.length}`)
  }
  for (const [index, card] of defined.entries()) {
    const { header, params = [], buttons = [] } = given[index] ?? {}
    const at = `/cards/${index}`
    const bad =
      flawOfText(`${at}/params`, card.body ?? '', format, params, mostCardBody) ??
      flawOfHeader(`${at}/header`, card.header, format, header) ??
      flawOfButtons(`${at}/buttons`, card.buttons, buttons)
    if (bad !== undefined) return bad
  }
  return undefined
}

function flaw(at: string, rule: FlawRule, reason: string): Flaw {
  return { at, rule, reason }
}
