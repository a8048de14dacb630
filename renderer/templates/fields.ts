import { pointer } from '../../core/domain/flaw.ts'
import type {
  ButtonValue,
  Location,
  Media,
  TemplateHeader,
  TemplateParams,
  TemplateUse,
  TemplateValues,
} from '../../core/domain/message.ts'
import {
  placeholdersOf,
  type Template,
  type TemplateButtonDefinition,
  type TemplateHeaderDefinition,
} from '../../core/domain/template.ts'
import { buttonNeeds, byName } from '../../core/domain/template-flaws.ts'
import { present } from '../../core/lib/present.ts'

/** Something to fill in. `key` is the place of its value as flaws name it, but for buttons, which go by their index. */
export type Field = { key: string; example?: string } & (
  | { kind: 'placeholder'; name: string; isNumbered: boolean }
  | { kind: 'passcode' }
  | { kind: 'file'; takes: 'image' | 'video' | 'document' }
  | { kind: 'location' }
  | { kind: 'address-end' | 'coupon'; label: string }
)
/** The fields of one part of the message; `card` counts from 0. */
export type Group = { part: 'header' | 'body' | 'buttons' | 'card'; card?: number; fields: Field[] }

/** What a person has filled in so far, by the keys of the fields. */
export type Given = {
  texts: Readonly<Record<string, string>>
  files: Readonly<Record<string, Media>>
}

type Format = Template['format']
const fileKinds: Readonly<Record<string, 'image' | 'video' | 'document'>> = {
  IMAGE: 'image',
  VIDEO: 'video',
  DOCUMENT: 'document',
}

/** What has to be filled in before the template can go, part by part. */
export function groupsOf(template: Template): Group[] {
  const { format, examples, header, body, buttons, cards = [], category } = template
  const isCode = category === 'AUTHENTICATION'
  const bodyFields = placeholderFields('/params', body, format, examples)
  const groups: Group[] = [
    { part: 'header', fields: headerFields('/header', header, format) },
    {
      part: 'body',
      fields: isCode ? bodyFields.map((field) => ({ ...field, kind: 'passcode' })) : bodyFields,
    },
    { part: 'buttons', fields: isCode ? [] : buttonFields('/buttons', buttons) },
    ...cards.map((card, index): Group => ({
      part: 'card',
      card: index,
      fields: [
        ...headerFields(`/cards/${index}/header`, card.header, format),
        ...placeholderFields(`/cards/${index}/params`, card.body ?? '', format, {}),
        ...buttonFields(`/cards/${index}/buttons`, card.buttons),
      ],
    })),
  ]
  return groups.filter(({ fields }) => fields.length > 0)
}

/** @param isDraft leaves out what is still empty, for the preview, which then shows the placeholder itself */
export function valuesOf(template: Template, given: Given, isDraft = false): TemplateValues {
  const { format, header, body, buttons, cards, category } = template
  const params = (at: string, text: string) => paramsOf(at, text, format, given.texts, isDraft)
  const headerValue = (at: string, defined: TemplateHeaderDefinition | undefined) =>
    headerOf(at, defined, given, params)
  return {
    params: params('/params', body),
    ...present({
      header: headerValue('/header', header),
      buttons:
        category === 'AUTHENTICATION' ? undefined : buttonsOf('/buttons', buttons, given.texts),
      cards: cards?.map((card, index) => ({
        params: params(`/cards/${index}/params`, card.body ?? ''),
        ...present({
          header: headerValue(`/cards/${index}/header`, card.header),
          buttons: buttonsOf(`/cards/${index}/buttons`, card.buttons, given.texts),
        }),
      })),
    }),
  }
}

function placeholderFields(
  at: string,
  text: string,
  format: Format,
  examples: Readonly<Record<string, string>>,
): Field[] {
  return placeholdersOf(text).map((name) => ({
    kind: 'placeholder',
    key: keyOf(at, name, format),
    name,
    isNumbered: format === 'POSITIONAL',
    ...present({ example: examples[name] }),
  }))
}

function headerFields(
  at: string,
  header: TemplateHeaderDefinition | undefined,
  format: Format,
): Field[] {
  if (header === undefined) return []
  if (header.format === 'LOCATION') return [{ kind: 'location', key: at }]
  const takes = fileKinds[header.format]
  if (takes !== undefined) return [{ kind: 'file', key: at, takes }]
  return placeholderFields(`${at}/params`, header.text ?? '', format, {})
}

function buttonFields(at: string, buttons: readonly TemplateButtonDefinition[]): Field[] {
  return buttons.flatMap((button, index): Field[] => {
    if (buttonNeeds(button) !== 'value') return []
    const kind = button.type === 'URL' ? 'address-end' : 'coupon'
    const label = button.text ?? button.type
    return [{ kind, key: `${at}/${index}`, label, ...present({ example: button.example?.[0] }) }]
  })
}

/** A numbered placeholder's value stands in a list, which counts from 0. */
function keyOf(at: string, name: string, format: Format): string {
  return pointer(at, format === 'NAMED' ? name : Number(name) - 1)
}

function paramsOf(
  at: string,
  text: string,
  format: Format,
  texts: Given['texts'],
  isDraft: boolean,
): TemplateParams {
  const names = placeholdersOf(text)
  const valueOf = (name: string) => (texts[keyOf(at, name, format)] ?? '').trim()
  if (!isDraft && format === 'POSITIONAL') {
    const most = Math.max(0, ...names.map(Number))
    return Array.from({ length: most }, (_, index) => valueOf(String(index + 1)))
  }
  const filled = names.map((name) => [name, valueOf(name)] as const)
  const shown = isDraft ? filled.filter(([, value]) => value !== '') : filled
  return shown.length === 0 ? [] : Object.fromEntries(shown)
}

function headerOf(
  at: string,
  header: TemplateHeaderDefinition | undefined,
  { texts, files }: Given,
  params: (at: string, text: string) => TemplateParams,
): TemplateHeader | undefined {
  if (header === undefined) return undefined
  if (header.format === 'LOCATION') {
    const location = placeOf(at, texts)
    return location && { type: 'location', location }
  }
  const type = fileKinds[header.format]
  const media = files[at]
  if (type !== undefined) return media && { type, media }
  if (placeholdersOf(header.text ?? '').length === 0) return undefined
  return { type: 'text', params: params(`${at}/params`, header.text ?? '') }
}

/** The place that its four texts make, when both its degrees are some. */
export function placeOf(at: string, texts: Given['texts']): Location | undefined {
  const degrees = (name: string, most: number) => {
    const text = (texts[`${at}/${name}`] ?? '').trim().replace(',', '.')
    const value = Number(text)
    return text !== '' && Math.abs(value) <= most ? value : undefined
  }
  const latitude = degrees('latitude', 90)
  const longitude = degrees('longitude', 180)
  if (latitude === undefined || longitude === undefined) return undefined
  const words = (name: string) => (texts[`${at}/${name}`] ?? '').trim() || undefined
  return { latitude, longitude, ...present({ name: words('name'), address: words('address') }) }
}

function buttonsOf(
  at: string,
  buttons: readonly TemplateButtonDefinition[],
  texts: Given['texts'],
): ButtonValue[] | undefined {
  const values = buttons.flatMap((button, index) => {
    const value = (texts[`${at}/${index}`] ?? '').trim()
    return buttonNeeds(button) === 'value' && value !== '' ? [{ index, value }] : []
  })
  return values.length === 0 ? undefined : values
}

/** What was filled into a message before, to be looked at again. */
export function givenBefore(
  { params, header, buttons, cards }: TemplateUse,
  format: Format,
): Given {
  const texts: Record<string, string> = {}
  const files: Record<string, Media> = {}
  const takeParams = (at: string, values: TemplateParams) => {
    for (const [name, value] of Object.entries(byName(values)))
      texts[keyOf(at, name, format)] = value
  }
  const takeHeader = (at: string, value: TemplateHeader | undefined) => {
    if (value?.type === 'text') takeParams(`${at}/params`, value.params)
    else if (value?.type === 'location') {
      for (const [name, part] of Object.entries(value.location))
        texts[`${at}/${name}`] = String(part)
    } else if (value !== undefined) files[at] = value.media
  }
  const takeButtons = (at: string, values: readonly ButtonValue[] = []) => {
    for (const { index, value } of values) texts[`${at}/${index}`] = value
  }
  takeParams('/params', params)
  takeHeader('/header', header)
  takeButtons('/buttons', buttons)
  for (const [index, card] of (cards ?? []).entries()) {
    takeParams(`/cards/${index}/params`, card.params ?? [])
    takeHeader(`/cards/${index}/header`, card.header)
    takeButtons(`/cards/${index}/buttons`, card.buttons)
  }
  return { texts, files }
}
