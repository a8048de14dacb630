import { isObject, objectsOf, textAt, type JsonObject } from '../../../json.ts'
import { GraphError } from '../../errors.ts'
import { variablesIn } from './texts.ts'

type Rule = {
  subType: string
  /** The type of the one value it takes. */
  value: string
  longest?: number
}

/** By kind of button: what a send calls it, and its one value. Kinds that are not here take whatever is given. */
const rules: Record<string, Rule | undefined> = {
  QUICK_REPLY: { subType: 'quick_reply', value: 'payload' },
  URL: { subType: 'url', value: 'text', longest: 2000 },
  COPY_CODE: { subType: 'copy_code', value: 'coupon_code', longest: 20 },
  FLOW: { subType: 'flow', value: 'action' },
  CATALOG: { subType: 'catalog', value: 'action' },
  MPM: { subType: 'mpm', value: 'action' },
}

/** @param buttons of the definition; @param given the button components of the send */
export function checkButtons(buttons: JsonObject[], given: JsonObject[]): void {
  const seen = new Set<number>()
  for (const one of given) {
    const index = Number(one.index)
    const button = buttons[index]
    if (!button) {
      throw new GraphError(132000, `buttons: there is no button at index ${String(one.index)}`)
    }
    if (seen.has(index)) {
      throw new GraphError(132018, `buttons: index ${index} is given twice`)
    }
    seen.add(index)
    const subType = textAt(one, 'sub_type')?.toLowerCase() ?? ''
    const rule = rules[typeOf(button)]
    if (rule && rule.subType !== subType) {
      throw new GraphError(132012, `buttons: button at index ${index} is not of type ${subType}`)
    }
  }
  for (const [index, button] of buttons.entries()) {
    const parameters = objectsOf(given.find((one) => Number(one.index) === index)?.parameters)
    checkOne(button, index, parameters)
  }
}

function checkOne(button: JsonObject, index: number, parameters: JsonObject[]): void {
  const type = typeOf(button)
  const hasVariable = variablesIn(textAt(button, 'url') ?? '').length > 0
  const isNeeded = type === 'COPY_CODE' || type === 'MPM' || (type === 'URL' && hasVariable)
  if (isNeeded && parameters.length !== 1) {
    throw new GraphError(
      132000,
      `buttons: button at index ${index} of type ${type} requires a parameter`,
    )
  }
  if (parameters.length > (type === 'URL' && !hasVariable ? 0 : 1)) {
    throw new GraphError(132000, `buttons: button at index ${index} takes fewer parameters`)
  }
  const rule = rules[type]
  const [parameter] = parameters
  if (rule && parameter) checkValue(rule, index, parameter)
}

function checkValue({ value, longest }: Rule, index: number, parameter: JsonObject): void {
  const isOfType = textAt(parameter, 'type') === value
  const given = parameter[value]
  const isWhole = value === 'action' ? isObject(given) : typeof given === 'string' && given !== ''
  if (!isOfType || !isWhole) {
    throw new GraphError(
      132012,
      `buttons: button at index ${index} expects a value of type ${value}`,
    )
  }
  if (longest !== undefined && typeof given === 'string' && given.length > longest) {
    throw new GraphError(132005, `buttons: the value at index ${index} is too long`)
  }
}

function typeOf(button: JsonObject): string {
  return textAt(button, 'type')?.toUpperCase() ?? ''
}
