import { objectsOf, textAt, type JsonObject } from '../../json.ts'
import type { Template } from '../../world/template.ts'
import { GraphError } from '../errors.ts'
import { variablesIn } from './template-texts.ts'

/** By kind of button: what a send calls it, and the type of its one value. */
const spoken: Record<string, { subTypes: string[]; value: string } | undefined> = {
  QUICK_REPLY: { subTypes: ['quick_reply'], value: 'payload' },
  URL: { subTypes: ['url'], value: 'text' },
  OTP: { subTypes: ['url'], value: 'text' },
  COPY_CODE: { subTypes: ['copy_code'], value: 'coupon_code' },
  FLOW: { subTypes: ['flow'], value: 'action' },
}

export function checkButtons(template: Template, given: JsonObject[]): void {
  const buttons = objectsOf(template.components.find((one) => one.type === 'BUTTONS')?.buttons)
  for (const one of given) {
    const index = Number(one.index)
    const button = buttons[index]
    if (!button)
      throw new GraphError(132000, `buttons: there is no button at index ${String(one.index)}`)
    const rule = spoken[textAt(button, 'type') ?? '']
    const subType = textAt(one, 'sub_type')?.toLowerCase() ?? ''
    if (rule && !rule.subTypes.includes(subType)) {
      throw new GraphError(132012, `buttons: button at index ${index} is not of type ${subType}`)
    }
  }
  for (const [index, button] of buttons.entries()) {
    const parameters = objectsOf(given.find((one) => Number(one.index) === index)?.parameters)
    checkOne(button, index, parameters)
  }
}

function checkOne(button: JsonObject, index: number, parameters: JsonObject[]): void {
  const type = textAt(button, 'type') ?? ''
  const isNeeded =
    type === 'OTP' ||
    type === 'COPY_CODE' ||
    (type === 'URL' && variablesIn(textAt(button, 'url') ?? '').length > 0)
  if (isNeeded && parameters.length !== 1) {
    throw new GraphError(
      132000,
      `buttons: button at index ${index} of type ${type} requires a parameter`,
    )
  }
  if (type === 'URL' && !isNeeded && parameters.length > 0) {
    throw new GraphError(132000, `buttons: button at index ${index} takes no parameter`)
  }
  const rule = spoken[type]
  for (const parameter of parameters) {
    if (rule && textAt(parameter, 'type') !== rule.value) {
      throw new GraphError(
        132012,
        `buttons: button at index ${index} expects a value of type ${rule.value}`,
      )
    }
  }
}
