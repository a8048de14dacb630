import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SearchAnswer } from '../contract/views.ts'
import type { Change } from '../domain/entities.ts'
import type { Message } from '../domain/message.ts'
import type { Contact } from '../domain/people.ts'
import { aContact, aConversation, aMessage, exampleNowMs } from '../testing/examples.ts'
import { Base } from './base.ts'
import { Overlay } from './overlay.ts'
import { Search } from './search.ts'

/** A base that is searched, on a machine whose timers run when told to. */
function searched(isSlow = false) {
  const base = new Base()
  const due: (() => void)[] = []
  let nowMs = 0
  const search = new Search(new Overlay(base), {
    nowMs: () => (isSlow ? (nowMs += 30) : 0),
    newId: () => '',
    random: () => 0,
    after: (_delayMs, callback) => {
      due.push(callback)
      return () => due.splice(due.indexOf(callback), 1)
    },
  })
  const put = (...changes: Change[]) => {
    for (const change of changes) base.put(change, 1)
    search.changed(changes.map(({ entity, row }) => [entity, row.id]))
  }
  /** Somebody who wrote these messages, one minute after the other. */
  const person = (contact: Partial<Contact>, ...texts: (string | Partial<Message>)[]) => {
    const row = aContact(contact)
    const conversation = aConversation({ contactId: row.id })
    const messages = texts.map((text, at) =>
      aMessage({
        conversationId: conversation.id,
        sentAtMs: exampleNowMs + at * 60_000,
        ...(typeof text === 'string' ? { text } : text),
      }),
    )
    put(
      { entity: 'contact', row },
      { entity: 'conversation', row: conversation },
      ...messages.map((message): Change => ({ entity: 'message', row: message })),
    )
    return { contact: row, conversation, messages }
  }
  return { base, search, put, person, due, find: (query: string) => search.find(query, 50) }
}

const snippets = ({ messages }: SearchAnswer) => messages.map(({ snippet }) => snippet.text)
const names = ({ contacts }: SearchAnswer) => contacts.map(({ name }) => name.text)
const marked = ({ text, marks }: { text: string; marks: [number, number][] }) =>
  marks.map(([from, to]) => text.slice(from, to))

test('every word is found by each of its beginnings, and not once the message is gone', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(words, fc.nat(), (said, pick) => {
      const { base, search, person, find } = searched()
      find('')
      const { messages } = person({}, said.join(' '))
      const tokens = [...said.join(' ').matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(([token]) => token)
      const token = tokens[pick % tokens.length]
      if (token === undefined || !/^[\p{L}\p{N}]/u.test(token)) return
      const letters = [...token]
      const beginnings = letters.map((_, at) => letters.slice(0, at + 1).join(''))
      for (const beginning of beginnings) expect(find(beginning).total, beginning).toBe(1)

      base.remove('message', messages[0]!.id)
      search.changed([['message', messages[0]!.id]])
      for (const beginning of beginnings) expect(find(beginning).total, beginning).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('every part of a number of three digits and more is found, whatever stands between them', () => {
  const digits = fc.stringMatching(/^[0-9]{3,14}$/)
  const between = fc.constantFrom('', '-', ' ', '/', '.', ' - ', ' (')
  fc.assert(
    fc.property(digits, between, fc.nat(), fc.nat(), (number, separator, cut, from) => {
      const { person, find } = searched()
      const at = 1 + (cut % (number.length - 1))
      person({ phone: '+1' }, `Nr. ${number.slice(0, at)}${separator}${number.slice(at)}, bitte`)
      const start = from % (number.length - 2)
      expect(find(number.slice(start)).total).toBe(1)
      expect(find(number.slice(start, start + 3)).total).toBe(1)
      expect(find(number).messages[0]?.isWholeNumber).toBe(true)
    }),
  )
})

test('umlauts are found with, without and written out', () => {
  const { person, find } = searched()
  person({ name: 'Jürgen Groß' }, 'Die Tür schließt nicht')
  person({ name: 'Juergen Gross' }, 'Die Tuer schliesst nicht')
  for (const query of ['Tür', 'TUER', 'schließ', 'schliess']) {
    expect(find(query).total, query).toBeGreaterThan(0)
  }
  expect(names(find('jürgen groß')).sort()).toEqual(['Juergen Gross', 'Jürgen Groß'])
  expect(find('tür').total).toBe(2)
  expect(names(find('jurgen'))).toEqual(['Jürgen Groß'])
})

test('several words all have to be there, in any order', () => {
  const { person, find } = searched()
  person({}, 'Paket kam beschädigt an', 'Paket kam heute', 'beschädigt ist nichts')
  expect(snippets(find('beschä pak'))).toEqual(['Paket kam beschädigt an'])
  expect(find('paket monteur').total).toBe(0)
})

test('a whole number stands before newer messages that only hold it', () => {
  const { person, find } = searched()
  person({}, 'Bestellung 4711-0183', 'Sendung 99 4711-018355', 'nochmal 4711 0183')
  const { messages, total } = find('4711-0183')
  expect(total).toBe(3)
  expect(messages.map(({ isWholeNumber }) => isWholeNumber)).toEqual([true, true, false])
  expect(marked(messages[0]!.snippet)).toEqual(['4711 0183'])
  expect(marked(find('47110183').messages[1]!.snippet)).toEqual(['4711-0183'])
})

test('people are found by name, user name, WhatsApp id and phone as it is typed at home', () => {
  const { person, find } = searched()
  person({ name: 'Petra Becker', phone: '+4917139200551', username: 'petra.hh', userId: 'DE.77' })
  person({ name: 'Anna Petersen', phone: '+494012340101' })
  const queries = ['0171 39200551', '0049 171 392', '+49 171', '171 / 3920', '@petra.hh', 'DE.77']
  for (const query of queries) expect(names(find(query)), query).toEqual(['Petra Becker'])
  expect(find('+49 171 39200551').contacts[0]).toMatchObject({
    isWholeNumber: true,
    detail: { text: '+4917139200551', marks: [[1, 14]] },
  })
  // A name that begins as asked stands first.
  expect(names(find('peter'))).toEqual(['Anna Petersen'])
  expect(names(find('pet'))).toEqual(['Petra Becker', 'Anna Petersen'])
})

test('captions, file names, templates, notes and cards are found; what was deleted is not', () => {
  const { person, find } = searched()
  const media = { id: aMessage().id as never, mime: 'application/pdf', state: 'ready' as const }
  const shown = { header: 'Versandinfo', buttons: ['Nachverfolgen'] }
  person(
    {},
    { type: 'document', text: 'anbei', media: { ...media, fileName: 'Rechnung_2291.pdf' } },
    { type: 'template', text: 'x', template: { name: 'a', language: 'de', params: [], shown } },
    { type: 'note', direction: 'note', text: 'Depot Altona' },
    { type: 'contacts', cards: [{ name: { formatted_name: 'Hausverwaltung Peters' } }] },
    { text: 'Geheimnis', deletedAtMs: exampleNowMs },
    { type: 'reaction', text: 'Reaktion' },
  )
  for (const query of ['anbei', 'rechnung', '2291', 'nachverf', 'altona', 'hausverw peters']) {
    expect(find(query).total, query).toBe(1)
  }
  expect(find('geheimnis').total).toBe(0)
  expect(find('reaktion').total).toBe(0)
})

test('a message that changed is found as it is now, and once', () => {
  const { put, person, find } = searched()
  find('')
  const { messages } = person({}, 'Ich komme um 15 Uhr')
  const [message] = messages
  put({ entity: 'message', row: { ...message!, text: 'Ich komme nicht' } })
  expect(find('uhr').total).toBe(0)
  expect(find('komme').total).toBe(1)
  put({ entity: 'message', row: { ...message!, text: 'Ich komme nicht', status: 'read' } })
  expect(find('komme').total).toBe(1)
})

test('a contact’s new name finds their conversations', () => {
  const { put, person, find } = searched()
  find('')
  const { contact } = person({ name: 'Unbekannt' })
  put({ entity: 'contact', row: { ...contact, name: 'Frieda Nissen' } })
  expect(find('unbekannt').contacts).toEqual([])
  expect(names(find('nissen'))).toEqual(['Frieda Nissen'])
})

test('what was merged is found where it is shown now', () => {
  const { put, person, find } = searched()
  const shown = person({ name: 'Frieda Nissen' }, 'neue Nummer')
  const old = person({ name: 'F. Nissen' }, 'Waschmaschine')
  put({ entity: 'conversation', row: { ...old.conversation, mergedInto: shown.conversation.id } })
  expect(find('waschm').messages[0]?.conversationId).toBe(shown.conversation.id)
  expect(names(find('nissen'))).toEqual(['Frieda Nissen'])
  expect(find('nissen').contactTotal).toBe(1)
})

test('a long text is shown around what was found, on one line', () => {
  const { person, find } = searched()
  person({}, `${'lang und länger '.repeat(40)}\nder Zähler steht still 😀 ${'weiter '.repeat(60)}`)
  const { snippet } = find('zähl steht').messages[0]!
  expect(snippet.text).toMatch(/^….*der Zähler steht still 😀.*…$/)
  expect(marked(snippet)).toEqual(['Zähl', 'steht'])
  expect(snippet.text.length).toBeLessThan(170)
})

test('the totals are whole although the lists are cut', () => {
  const { search, person } = searched()
  person({}, ...Array.from({ length: 2500 }, (_, at) => `Zeile ${at} der Liste`))
  const { messages, total } = search.find('zeile liste', 20)
  expect(total).toBe(2500)
  expect(snippets({ messages } as SearchAnswer)[0]).toBe('Zeile 2499 der Liste')
  expect(messages).toHaveLength(20)
})

test('reading much leaves room for others, and what comes meanwhile is found', () => {
  const { search, person, due, find } = searched(true)
  person({}, ...Array.from({ length: 500 }, (_, at) => `Zeile ${at}`))
  expect(find('zeile')).toMatchObject({ isComplete: false })
  person({}, 'ganz neu')
  expect(find('ganz neu').total).toBe(1)
  while (due.length > 0) due.shift()?.()
  expect(find('zeile')).toMatchObject({ isComplete: true, total: 500 })
  expect(find('ganz neu').total).toBe(1)

  search.reset()
  expect(find('zeile').isComplete).toBe(false)
})

test('a hostile query is only a query', () => {
  const { person, find } = searched()
  person({}, 'Guten Tag')
  for (const query of ['', ' ', '.*', '\\', '#', '=;', '\uffff', '"', '('.repeat(200), '\ud800']) {
    expect(find(query), query).toMatchObject({ total: 0, contacts: [] })
  }
})
