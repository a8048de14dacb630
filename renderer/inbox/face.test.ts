import { afterEach, expect, test } from 'vitest'
import type { InboxRow } from '../../core/contract/views.ts'
import {
  aContact,
  aConversation,
  after,
  aLabel,
  aMessage,
  aNumber,
  aReply,
  aTeam,
  exampleNowMs,
} from '../../core/testing/examples.ts'
import { setLanguage } from '../ui/i18n.svelte.ts'
import { faceOf, shortNames, type Surroundings } from './face.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const team = aTeam({ name: 'Technik' })
const complaint = aLabel({ name: 'Reklamation', tone: 'brick' })
const me = 'me'
const around: Surroundings = {
  view: { kind: 'mine' },
  nowMs: exampleNowMs,
  meId: me,
  team: (id) => (id === team.id ? team : undefined),
  labelsOf: ({ labels }) => (labels.includes(complaint.id) ? [complaint] : []),
  numberNames: new Map(),
}
const row = (given: Partial<InboxRow> = {}): InboxRow => ({
  conversation: aConversation(),
  contact: aContact({ name: 'Mehmet Öztürk' }),
  unread: 0,
  draft: null,
  ...given,
})
const wroteAgo = (ms: number, text = 'Das Ersatzteil passt leider nicht.') =>
  after(aConversation({ teamId: team.id }), aMessage({ text, sentAtMs: exampleNowMs - ms }))

afterEach(() => setLanguage('de'))

test('the label says first what decides: unread, who, how long they wait', () => {
  const face = faceOf(row({ conversation: wroteAgo(18 * minuteMs), unread: 2 }), around)
  expect(face.label).toMatch(
    /^Ungelesen, 2 neue\. Mehmet Öztürk\. Wartet 18 Minuten, Ziel überschritten\. Das Ersatzteil passt leider nicht\. Technik\. \d\d:\d\d\.$/,
  )
  expect(face.isOverdue).toBe(true)
  setLanguage('en')
  expect(faceOf(row({ conversation: wroteAgo(4 * minuteMs) }), around).label).toContain(
    'Mehmet Öztürk. Waiting 4 minutes. Das Ersatzteil',
  )
})

test('our own last words carry a tick and say who wrote them', () => {
  const said = (name: string, id: string) =>
    after(
      wroteAgo(hourMs),
      aReply({ text: 'Wir *prüfen* das.', status: 'read', author: { kind: 'agent', id, name } }),
    )
  const mine = faceOf(row({ conversation: said('Anna Krüger', me) }), around)
  expect([mine.prefix, mine.preview, mine.tick]).toEqual(['Sie:', 'Wir prüfen das.', 'read'])
  expect(mine.label).toContain('Sie: Wir prüfen das., gelesen.')
  expect(mine.waits).toBe('')
  expect(faceOf(row({ conversation: said('Cem Yıldız', 'cem') }), around).prefix).toBe('Cem:')
})

test('a draft stands in place of the preview', () => {
  const conversation = wroteAgo(minuteMs)
  const draft = {
    conversationId: conversation.id,
    text: 'Gern können wir\nden Termin verschieben',
    mode: 'reply' as const,
    updatedAtMs: exampleNowMs,
  }
  const face = faceOf(row({ conversation, draft }), around)
  expect([face.prefix, face.preview, face.tick]).toEqual([
    'Entwurf:',
    'Gern können wir den Termin verschieben',
    null,
  ])
})

test('the end of the reply window shows when it comes near and when it is over', () => {
  const chip = (ms: number) => faceOf(row({ conversation: wroteAgo(ms) }), around).chips[0]
  expect(chip(19 * hourMs)?.key).toBe('team')
  expect(chip(20 * hourMs + minuteMs)).toMatchObject({
    text: 'Fenster endet in 3 Std.',
    tone: 'warn',
  })
  expect(chip(23 * hourMs + 36 * minuteMs)).toMatchObject({ text: 'Fenster endet in 24 Min.' })
  expect(chip(24 * hourMs)).toMatchObject({ text: 'Fenster zu', tone: 'neutral' })
})

test('at most two chips, and no team in the team’s own view', () => {
  const conversation = { ...wroteAgo(23 * hourMs), labels: [complaint.id] }
  const numberNames = new Map<string, string>([[conversation.numberId, 'Kundenservice']])
  const keys = (surroundings: Surroundings) =>
    faceOf(row({ conversation }), surroundings).chips.map(({ key }) => key)
  expect(keys({ ...around, numberNames })).toEqual(['window', 'label'])
  const ofTeam = faceOf(row({ conversation: { ...conversation, labels: [] } }), {
    ...around,
    view: { kind: 'team', teamId: team.id },
    numberNames,
  })
  expect(ofTeam.chips.map(({ key }) => key)).toEqual(['window', 'number'])
})

test('the first label shows in its tone and is spoken as one, but not in its own view', () => {
  const conversation = { ...wroteAgo(hourMs), labels: [complaint.id] }
  const face = faceOf(row({ conversation }), around)
  expect(face.chips[0]).toMatchObject({ text: 'Reklamation', tone: 'label-brick' })
  expect(face.label).toContain(' Merkmal Reklamation. Technik. ')
  const view = { kind: 'label', labelId: complaint.id } as const
  const inOwn = faceOf(row({ conversation }), { ...around, view })
  expect(inOwn.chips.map(({ key }) => key)).toEqual(['team'])
})

test('several numbers go without the words they share, one goes without a word', () => {
  const named = (...names: string[]) => [
    ...shortNames(names.map((name) => aNumber({ name }))).values(),
  ]
  expect(named('Nordwerk Kundenservice', 'Nordwerk Ersatzteile')).toEqual([
    'Kundenservice',
    'Ersatzteile',
  ])
  expect(named('Nordwerk', 'Nordwerk Technik')).toEqual(['Nordwerk', 'Nordwerk Technik'])
  expect(named('Nordwerk Kundenservice')).toEqual([])
  const { name: _none, ...nameless } = aNumber({ displayPhone: '+49 40 1' })
  expect([...shortNames([nameless, aNumber({ name: 'Technik' })]).values()]).toEqual([
    '+49 40 1',
    'Technik',
  ])
})

test('what is not text is named', () => {
  const photo = after(aConversation(), aMessage({ type: 'image', text: 'vom Karton' }))
  expect(faceOf(row({ conversation: photo }), around).preview).toBe('Foto: vom Karton')
  const bare = aMessage({ type: 'audio' })
  delete bare.text
  expect(faceOf(row({ conversation: after(aConversation(), bare) }), around).preview).toBe(
    'Sprachnachricht',
  )
})

test('who has no name is shown by what is known of them', () => {
  const { name: _none, ...nameless } = aContact({ username: 'lena.hh' })
  expect(faceOf(row({ contact: nameless }), around).name).toBe('@lena.hh')
})

test('a row says until when it is aside, that its time is over, and that it has just come back', () => {
  const chip = (given: object) =>
    faceOf(row({ conversation: aConversation(given) }), around).chips.map(({ text }) => text)
  const snoozed = { status: 'snoozed', snoozedUntilMs: exampleNowMs + 60_000 }
  expect(chip(snoozed)[0]).toMatch(/^Zurückgestellt bis \d\d:\d\d$/)
  expect(chip({ ...snoozed, snoozedUntilMs: null })[0]).toBe('Zurückgestellt bis zur Antwort')
  expect(chip({ ...snoozed, snoozedUntilMs: exampleNowMs - 1 })[0]).toMatch(/^Fällig seit/)
  const back = {
    windowExpiresAtMs: exampleNowMs + 20 * hourMs,
    returnedAtMs: exampleNowMs - 60_000,
  }
  expect(chip(back)).toEqual(['Zurückgestellt bis eben'])
  expect(chip({ ...back, returnedAtMs: exampleNowMs - hourMs })).toEqual([])
})

test('how urgent it is has a sign and a word, and is spoken as what it is', () => {
  const face = faceOf(row({ conversation: { ...wroteAgo(minuteMs), priority: 'urgent' } }), around)
  expect(face.chips[0]).toMatchObject({ text: 'Dringend', glyph: 'urgent' })
  expect(face.label).toContain('Priorität: Dringend.')
})
