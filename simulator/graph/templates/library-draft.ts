import { objectsOf, textAt, type JsonObject } from '../../json.ts'
import { unfolded } from '../call.ts'
import { library, type LibraryItem } from './library-items.ts'
import { refusal } from './refusal.ts'

/** The content of a template taken from the library: its words, with the firm's own links in the buttons. */
export function libraryDraft(name: string, language: string, values: JsonObject) {
  const item = library.find((one) => one.name === name && one.language === language)
  if (!item) {
    throw refusal(2388047, 'Not in the library', `The library has no ${name} in ${language}.`)
  }
  const example = item.body_params ? { example: { body_text: [item.body_params] } } : {}
  return {
    category: item.category,
    parameter_format: 'POSITIONAL' as const,
    library_template_name: name,
    components: [
      ...(item.header === undefined ? [] : [{ type: 'HEADER', format: 'TEXT', text: item.header }]),
      { type: 'BODY', text: item.body, ...example },
      ...buttonsOf(item, objectsOf(unfolded(values.library_template_button_inputs))),
    ],
  }
}

function buttonsOf(item: LibraryItem, inputs: JsonObject[]): JsonObject[] {
  if (!item.buttons) return []
  const buttons = item.buttons.map((button, place) => {
    if (button.type !== 'URL') return button
    const given = inputs[place]?.url
    const url = typeof given === 'string' ? given : textAt(given, 'base_url')
    if (url === undefined) {
      throw refusal(
        2388047,
        'Button input missing',
        `Button ${place} needs the firm's own address.`,
      )
    }
    return { ...button, url }
  })
  return [{ type: 'BUTTONS', buttons }]
}
