import { objectsOf, textAt, type JsonObject } from '../../../json.ts'
import type { Template } from '../../../world/template.ts'
import { GraphError } from '../../errors.ts'
import type { Sending } from '../media.ts'
import { checkButtons } from './buttons.ts'
import { checkHeader } from './header.ts'
import { checkBody } from './texts.ts'

const longestCardText = 160

/** As many cards as the template has, each checked like a small template of its own. */
export function checkCarousel(
  format: Template['parameter_format'],
  part: JsonObject | undefined,
  given: JsonObject | undefined,
  sending: Sending,
): void {
  const wanted = objectsOf(part?.cards)
  const cards = objectsOf(given?.cards)
  if (cards.length !== wanted.length) {
    throw new GraphError(
      132000,
      `carousel: number of cards (${cards.length}) does not match the expected number (${wanted.length})`,
    )
  }
  const indexes = cards.map((card) => Number(card.card_index))
  if (new Set(indexes).size < cards.length) {
    throw new GraphError(132018, 'carousel: two cards have the same card_index')
  }
  for (const [place, card] of cards.entries()) {
    const definition = wanted[indexes[place] ?? -1]
    if (!definition) {
      throw new GraphError(132018, `carousel: there is no card ${String(card.card_index)}`)
    }
    checkCard(format, objectsOf(definition.components), objectsOf(card.components), sending)
  }
}

function checkCard(
  format: Template['parameter_format'],
  wanted: JsonObject[],
  given: JsonObject[],
  sending: Sending,
): void {
  const part = (type: string) =>
    wanted.find((one) => textAt(one, 'type')?.toUpperCase() === type.toUpperCase())
  const isOf = (one: JsonObject, type: string) => textAt(one, 'type')?.toLowerCase() === type
  const parametersOf = (type: string) => objectsOf(given.find((one) => isOf(one, type))?.parameters)
  checkHeader(format, part('HEADER'), parametersOf('header'), sending)
  checkBody(format, part('BODY'), parametersOf('body'), longestCardText)
  checkButtons(
    objectsOf(part('BUTTONS')?.buttons),
    given.filter((one) => isOf(one, 'button')),
  )
}
