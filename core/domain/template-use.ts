import type { ButtonValue, TemplateButton, TemplateUse, TemplateValues } from './message.ts'
import { fill, type Template, type TemplateButtonDefinition } from './template.ts'
import { byName } from './template-flaws.ts'

/** What Meta takes for a flow's token when the firm gave none. */
const noFlowToken = 'unused'

/**
 * The message that a template and its values make: the text of its body, and what is kept of it. The values have
 * been checked (`flawOfValues`).
 */
export function useTemplate(
  template: Template,
  values: TemplateValues,
): { text: string; template: TemplateUse } {
  const { id, name, language, category } = template
  const buttons = buttonsOf(template, values)
  const cards = values.cards?.map(({ buttons: given = [], ...card }, index) => {
    const sent = sentButtons(template.cards?.[index]?.buttons ?? [], given)
    return sent.length === 0 ? card : { ...card, buttons: sent }
  })
  return {
    text: fill(template.body, byName(values.params)),
    template: {
      id,
      name,
      language,
      category,
      params: values.params,
      ...(values.header === undefined ? {} : { header: values.header }),
      ...(buttons.length === 0 ? {} : { buttons }),
      ...(cards === undefined ? {} : { cards }),
      shown: shownOf(template, values),
    },
  }
}

/** How it looks to the contact, besides its body. */
function shownOf(template: Template, values: TemplateValues): NonNullable<TemplateUse['shown']> {
  const { header, footer, buttons, cards } = template
  const headerValues = values.header?.type === 'text' ? byName(values.header.params) : {}
  return {
    ...(header?.text === undefined ? {} : { header: fill(header.text, headerValues) }),
    ...(footer === undefined ? {} : { footer }),
    buttons: buttons.map(labelOf),
    ...(cards === undefined
      ? {}
      : {
          cards: cards.map((card, index) => ({
            text: fill(card.body ?? '', byName(values.cards?.[index]?.params ?? [])),
            buttons: card.buttons.map(labelOf),
          })),
        }),
  }
}

function labelOf({ text, type }: TemplateButtonDefinition): string {
  return text ?? type
}

/** An authentication template's button carries the code of its text. @see facts 2.5 */
function buttonsOf(template: Template, values: TemplateValues): TemplateButton[] {
  if (template.category !== 'AUTHENTICATION') {
    return sentButtons(template.buttons, values.buttons ?? [])
  }
  const [code] = Object.values(byName(values.params))
  return code === undefined ? [] : [{ index: 0, type: 'URL', value: code }]
}

function sentButtons(
  defined: readonly TemplateButtonDefinition[],
  given: readonly ButtonValue[],
): TemplateButton[] {
  return defined.flatMap(({ type }, index) => {
    const value =
      given.find((one) => one.index === index)?.value ?? (type === 'FLOW' ? noFlowToken : undefined)
    return value === undefined ? [] : [{ index, type, value }]
  })
}
