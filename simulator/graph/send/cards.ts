/** Contact cards. @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages */
import { isObject, type JsonObject } from '../../json.ts'
import { listOf, objectOf, optionalText, requiredText } from '../call.ts'
import { badParameter, invalid, missing } from '../errors.ts'

const mostCards = 257
const nameParts = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix']

/** The texts each entry of a card's lists may have. */
const lists: Record<string, string[]> = {
  addresses: ['street', 'city', 'state', 'zip', 'country', 'country_code', 'type'],
  emails: ['email', 'type'],
  phones: ['phone', 'type', 'wa_id'],
  urls: ['url', 'type'],
}

export function checkCards(cards: unknown[]): void {
  if (cards.length === 0) throw missing('contacts')
  if (cards.length > mostCards) throw invalid('contacts', `may hold ${mostCards} cards`)
  for (const card of cards) {
    if (!isObject(card)) throw badParameter('contacts', 'must hold objects')
    checkCard(card)
  }
}

function checkCard(card: JsonObject): void {
  const name = objectOf(card, 'name')
  requiredText(name, 'formatted_name')
  if (nameParts.every((part) => optionalText(name, part) === undefined)) {
    throw missing('one more part of contacts.name')
  }
  const birthday = optionalText(card, 'birthday')
  if (birthday !== undefined && !isDay(birthday)) {
    throw invalid('contacts.birthday', 'must be a day as YYYY-MM-DD')
  }
  if (card.org !== undefined) {
    const org = objectOf(card, 'org')
    for (const part of ['company', 'department', 'title']) optionalText(org, part)
  }
  for (const [list, members] of Object.entries(lists)) checkEntries(card, list, members)
}

function checkEntries(card: JsonObject, list: string, members: string[]): void {
  if (card[list] === undefined) return
  for (const entry of listOf(card, list)) {
    if (!isObject(entry)) throw badParameter(`contacts.${list}`, 'must hold objects')
    for (const member of members) optionalText(entry, member)
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
