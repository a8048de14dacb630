import { fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { ContactHit, MessageHit, SearchAnswer } from '../../core/contract/views.ts'
import type { ConversationId } from '../../core/domain/ids.ts'
import { anId, exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { route } from '../bridge/route.svelte.ts'
import SearchField from './SearchField.svelte'
import { aDesk } from '../testing/desk.ts'
import { hostileTexts } from '../testing/hostile.ts'
import { show } from '../testing/show.ts'
import './CommandPalette.svelte' // read before the first test has to wait for it

afterEach(() => history.replaceState(null, '', '#'))

const marked = (text: string, ...marks: [number, number][]) => ({ text, marks })
const nothing: SearchAnswer = {
  contacts: [],
  contactTotal: 0,
  messages: [],
  total: 0,
  isComplete: true,
}

function aContactHit(name: string): ContactHit {
  return { conversationId: anId(), name: marked(name), detail: null, isWholeNumber: false }
}

function aMessageHit(text: string, given: Partial<MessageHit> = {}): MessageHit {
  return {
    messageId: anId(),
    conversationId: anId(),
    contactName: 'Dörte Müller',
    direction: 'in',
    authorName: 'Dörte Müller',
    snippet: marked(text),
    sentAtMs: exampleNowMs,
    isWholeNumber: false,
    ...given,
  }
}

/** Opens the palette with its key and types. */
async function ask(
  query: string,
  find: Handlers['search.find'],
  host: 'desktop' | 'browser' = 'desktop',
  more: Partial<Handlers> = {},
) {
  const shown = loopback({
    ...aDesk(),
    ...more,
    'search.find': find,
    'settings.set': (change) => ({ language: 'de', theme: 'light', ...change }),
  })
  show(SearchField, { host }, shown.wire)
  await fireEvent.keyDown(document, { key: 'k', code: 'KeyK', ctrlKey: true })
  const field = await screen.findByRole('combobox', { name: 'Suchen oder Befehl eingeben' })
  await fireEvent.input(field, { target: { value: query } })
  return { ...shown, field }
}
const options = () => screen.findAllByRole('option')
const current = () => document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''

test('what is found stands in groups, and Enter opens the message', async () => {
  const message = aMessageHit('Bestellung 4711-0183', {
    snippet: marked('Bestellung 4711-0183', [11, 20]),
  })
  const { field } = await ask('4711', () => ({
    ...nothing,
    contacts: [aContactHit('Petra 4711')],
    contactTotal: 1,
    messages: [message],
    total: 1,
  }))
  const list = screen.getByRole('listbox', { name: 'Ergebnisse' })
  expect(await within(list).findByRole('group', { name: 'Kontakte' })).toBeTruthy()
  const messages = within(list).getByRole('group', { name: 'Nachrichten' })
  expect(within(messages).getByText('4711-0183').tagName).toBe('MARK')
  expect(screen.getByRole('status').textContent).toBe('1 Nachricht auf diesem Gerät')

  expect(current()).toContain('Petra')
  await fireEvent.keyDown(field, { key: 'ArrowDown' })
  expect(current()).toContain('Bestellung')
  expect(document.getElementById(field.getAttribute('aria-activedescendant') ?? '')).toBe(
    document.querySelector('[aria-selected=true]'),
  )
  await fireEvent.keyDown(field, { key: 'Enter' })
  expect(route()).toMatchObject({
    conversationId: message.conversationId,
    messageId: message.messageId,
  })
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('a message that holds exactly the number stands before people', async () => {
  await ask('4711', () => ({
    ...nothing,
    contacts: [aContactHit('Petra')],
    contactTotal: 1,
    messages: [aMessageHit('Nr. 4711', { isWholeNumber: true })],
    total: 1,
  }))
  expect((await options()).map((option) => option.textContent)[0]).toContain('Nr. 4711')
})

test('of each conversation two messages show, and the others when asked for', async () => {
  const conversationId = anId<ConversationId>()
  const messages = ['eins', 'zwei', 'drei', 'vier'].map((text) =>
    aMessageHit(text, { conversationId }),
  )
  const { field } = await ask('x', () => ({ ...nothing, messages, total: 4 }))
  expect(await options()).toHaveLength(3)
  await fireEvent.click(screen.getByText('2 weitere Nachrichten mit Dörte Müller'))
  expect(await options()).toHaveLength(4)
  // The line that was chosen made room for the first of them.
  await fireEvent.keyDown(field, { key: 'ArrowDown' })
  expect(current()).toContain('drei')
})

test('what the host holds back is asked for', async () => {
  const { calls } = await ask('x', ({ limit }) => ({
    ...nothing,
    messages: Array.from({ length: limit === 50 ? 1 : 2 }, (_, at) => aMessageHit(`Treffer ${at}`)),
    total: 2,
  }))
  await fireEvent.click(await screen.findByText('Weitere Nachrichten anzeigen'))
  expect(await screen.findByText('Treffer 1')).toBeTruthy()
  expect(calls.at(-1)).toEqual(['search.find', { query: 'x', limit: 500 }])
})

test('nothing found is said, and while not everything is read it is not said yet', async () => {
  let isComplete = false
  await ask('zzz', () => ({ ...nothing, isComplete }))
  const status = screen.getByRole('status')
  await expect.poll(() => status.textContent).toBe('Wird noch durchsucht')
  isComplete = true
  await expect.poll(() => status.textContent).toBe('Nichts gefunden.')
})

test('a search that fails says so', async () => {
  await ask('zzz', () => {
    throw new Error('as wished')
  })
  await expect
    .poll(() => screen.getByRole('status').textContent)
    .toBe('Die Suche hat nicht geantwortet.')
})

test('a slow answer cannot replace a newer one', async () => {
  const replies: ((answer: SearchAnswer) => void)[] = []
  const { field } = await ask('alt', () => new Promise((reply) => replies.push(reply)))
  await fireEvent.input(field, { target: { value: 'neu' } })
  await expect.poll(() => replies.length).toBe(3)
  replies[2]?.({ ...nothing, messages: [aMessageHit('das Neue')], total: 1 })
  replies[1]?.({ ...nothing, messages: [aMessageHit('das Alte')], total: 1 })
  expect(await screen.findByText('das Neue')).toBeTruthy()
  expect(screen.queryByText('das Alte')).toBeNull()
})

test('commands are found by their words, and with > only they', async () => {
  const { field, calls } = await ask('dunk', () => ({
    ...nothing,
    messages: [aMessageHit('dunkel')],
    total: 1,
  }))
  expect((await options()).map((option) => option.textContent?.trim())).toContain(
    'Darstellung: Dunkel',
  )
  await fireEvent.input(field, { target: { value: '>dunk' } })
  await expect.poll(async () => (await options()).length).toBe(1)
  await fireEvent.keyDown(field, { key: 'Enter' })
  expect(calls).toContainEqual(['settings.set', { theme: 'dark' }])
})

test('what led somewhere is offered again, in this window only', async () => {
  const { field } = await ask('Bohrmaschine', () => ({
    ...nothing,
    messages: [aMessageHit('Bohrmaschine')],
    total: 1,
  }))
  await screen.findByRole('group', { name: 'Nachrichten' })
  await fireEvent.keyDown(field, { key: 'Enter' })
  await fireEvent.keyDown(document, { key: 'k', ctrlKey: true })
  const recent = await screen.findByRole('group', { name: 'Zuletzt gesucht' })
  await fireEvent.click(within(recent).getByText('Bohrmaschine'))
  expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('Bohrmaschine')
  expect(localStorage.getItem('Bohrmaschine')).toBeNull()
  expect(JSON.stringify({ ...localStorage })).not.toContain('Bohrmaschine')
})

test('Escape closes, and in a browser Alt Shift K opens as well', async () => {
  await ask('', () => nothing, 'browser')
  expect(screen.getByText('Alt Umschalt K')).toBeTruthy()
  await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))
  expect(screen.queryByRole('combobox')).toBeNull()
  await fireEvent.keyDown(document, { key: 'K', code: 'KeyK', altKey: true, shiftKey: true })
  expect(await screen.findByRole('combobox')).toBeTruthy()
})

test('what people wrote is shown as the text it is', async () => {
  const messages = hostileTexts.map((text) =>
    aMessageHit(text, { snippet: marked(text, [0, Math.min(5, text.length)]) }),
  )
  await ask('x', () => ({ ...nothing, messages, total: messages.length }))
  const shown = await options()
  expect(shown).toHaveLength(messages.length)
  hostileTexts.forEach((text, at) => expect(shown[at]?.textContent).toContain(text))
  expect(document.querySelector('[role=option] :is(script, img, iframe, a, style)')).toBeNull()
})

test('a phone number that was typed can be written to, from each of our numbers', async () => {
  const conversationId: ConversationId = anId()
  const started: unknown[] = []
  const { field } = await ask('0049 171 3920099', () => nothing, 'desktop', {
    'conversation.start': (input) => {
      started.push(input)
      return { conversationId }
    },
  })
  expect((await options()).map((option) => option.textContent.trim())).toEqual([
    'An +49 171 3920099 schreiben, von Nordwerk Kundenservice',
  ])

  await fireEvent.keyDown(field, { key: 'Enter' })
  await expect.poll(() => route().conversationId).toBe(conversationId)
  expect(started).toEqual([{ phone: '+49 171 3920099', numberId: expect.any(String) as string }])
})

test('an order number is not taken for a phone', async () => {
  await ask('4711-0183-2200', () => nothing)
  expect(screen.queryAllByRole('option')).toEqual([])
})
