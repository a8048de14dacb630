import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cast } from '../../../simulator/scenarios/demo/cast.ts'
import { templates } from '../../../simulator/scenarios/demo/templates.ts'
import { atWork, colleagues, placements } from '../firm.ts'
import { dialogues } from './dialogues.ts'
import { isWorthReading, planNext, type Act, type Chat, type Entry, type View } from './plan.ts'

const nowMs = Date.parse('2026-11-23T09:00:00Z')
const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString()
const me = { id: 'me', teamIds: ['repair'] }
const names = Object.keys(dialogues)

let count = 0
function entry(given: Partial<Entry> = {}, minutes = 5): Entry {
  count += 1
  const sentAt = ago(minutes)
  return {
    id: `m${count}`,
    direction: 'in',
    type: 'text',
    text: 'Hallo?',
    sentAt,
    receivedAt: sentAt,
    ...given,
  }
}
const mine = (text: string, minutes = 4) =>
  entry({ direction: 'out', text, author: { kind: 'agent', id: 'me' } }, minutes)
const theirs = (minutes = 4) =>
  entry({ direction: 'out', author: { kind: 'agent', id: 'other' } }, minutes)

function chat(given: Partial<Chat> = {}): Chat {
  count += 1
  return {
    id: `c${count}`,
    contact: { name: 'Mehmet Öztürk' },
    status: 'open',
    assigneeId: 'me',
    teamId: 'repair',
    windowExpiresAt: ago(-600),
    waitingSince: ago(5),
    ...given,
  }
}

function plan(one: Chat, thread: Entry[], others: Chat[] = [], chance = 0): Act | null {
  return planNext(
    { me, nowMs, chats: [one, ...others], threads: new Map([[one.id, thread]]) },
    () => chance,
  )
}
const answers = dialogues['Mehmet Öztürk']!.answers

test('who waits in a conversation of mine gets the next answer, based on what was seen', () => {
  const one = chat()
  const [first, again] = [entry(), entry()]
  expect(plan(one, [first])).toEqual({
    kind: 'answer',
    chatId: one.id,
    text: answers[0],
    basedOn: first.id,
  })
  expect(plan(one, [first, mine(answers[0]!), again])).toMatchObject({ text: answers[1] })
})

test.each([
  ['is somebody else’s', chat({ assigneeId: 'other' }), [entry()]],
  ['is nobody’s and not of my team', chat({ assigneeId: null, teamId: 'other' }), [entry()]],
  ['I have answered', chat({ contact: { name: 'Amira Haddad' } }), [entry(), mine('Ja.', 1)]],
  ['somebody else has just answered', chat(), [entry(), theirs(), entry()]],
  ['somebody is still writing', chat(), [entry({}, 0.05)]],
  ['cannot be answered any more', chat({ windowExpiresAt: ago(-0.5) }), [entry()]],
  ['is resolved', chat({ status: 'resolved' }), [entry()]],
  ['is unknown', chat({ contact: { name: 'Erika Beispiel' } }), [entry()]],
  ['has taken the message back', chat(), [entry({ deletedAt: ago(1) })]],
])('nothing is done in a conversation that %s', (_, one, thread) => {
  expect(plan(one, thread)).toBeNull()
})

test('an answer from the firm’s phone is nobody’s of the desk', () => {
  const echo = entry({ direction: 'out', author: { kind: 'agent' } }, 3)
  expect(plan(chat(), [entry(), echo, entry({}, 2)])?.kind).toBe('answer')
})

test('one of my team is taken over, but never so many that nothing is left', () => {
  const free = (amount: number) =>
    Array.from({ length: amount }, () => chat({ assigneeId: null, contact: { name: 'Nobody' } }))
  const one = chat({ assigneeId: null })
  expect(plan(one, [entry()], free(7))).toEqual({ kind: 'take', chatId: one.id })
  expect(plan(one, [entry()], free(6))).toBeNull()
})

test('a closed window is opened with a template, once', () => {
  const one = chat({ contact: { name: 'Wolfgang Preuß' }, windowExpiresAt: ago(60) })
  expect(plan(one, [entry({}, 1600)])).toMatchObject({
    kind: 'template',
    template: { name: 'rueckfrage_offen' },
  })
  expect(plan(one, [entry({}, 1600), { ...mine('', 1), type: 'template' }])).toBeNull()
})

test('when all is said, thanks are the end of it, and a new question is not', () => {
  const said = answers.map((text) => mine(text))
  const one = chat()
  const thanks = entry({ text: 'Alles klar, danke!' }, 1)
  expect(plan(one, [...said, thanks], [], 0)).toEqual({
    kind: 'resolve',
    chatId: one.id,
    basedOn: thanks.id,
  })
  expect(plan(one, [...said, entry({ text: 'Habt ihr auch Luftfilter?' })])).toMatchObject({
    kind: 'answer',
    text: dialogues['Mehmet Öztürk']!.later![0],
  })
})

const anyEntry = fc.record({
  who: fc.constantFrom('in', 'me', 'other', 'phone', 'note', 'system'),
  minutes: fc.integer({ min: 0, max: 30 }),
  text: fc.constantFrom('Hallo?', 'Danke!', ...answers),
})
const anyChat = fc.record({
  name: fc.constantFrom(...names),
  assigneeId: fc.constantFrom(null, 'me', 'other'),
  teamId: fc.constantFrom(null, 'repair', 'other'),
  status: fc.constantFrom('open' as const, 'resolved' as const),
  left: fc.integer({ min: -60, max: 600 }),
  entries: fc.array(anyEntry, { maxLength: 8 }),
})

test('whatever the desk looks like: never two answers, never somebody else’s, never behind somebody’s back', () => {
  fc.assert(
    fc.property(fc.array(anyChat, { maxLength: 14 }), fc.integer({ min: 1 }), (chats, seed) => {
      const view = viewOf(chats)
      let state = seed
      const random = () => (state = (state * 48271) % 2147483647) / 2147483647
      for (let step = 0; step < 12; step++) {
        const act = planNext(view, random)
        if (act === null) break
        const one = view.chats.find(({ id }) => id === act.chatId)!
        const thread = view.threads.get(act.chatId)!
        const said = thread.filter(({ direction }) => direction === 'in' || direction === 'out')
        expect(isWorthReading(view, one)).toBe(true)
        if (act.kind !== 'take') expect(one.assigneeId).toBe('me')
        if (act.kind === 'answer') {
          expect(said.at(-1)!.direction).toBe('in')
          expect(act.basedOn).toBe(thread.at(-1)!.id)
          const others = thread.filter(({ author }) => author?.id === 'other')
          for (const { receivedAt } of others)
            expect(nowMs - Date.parse(receivedAt)).toBeGreaterThanOrEqual(10 * 60_000)
        }
        follow(one, thread, act)
      }
    }),
  )
})

type Drawn = Parameters<Parameters<typeof anyChat.map>[0]>[0]

function viewOf(drawn: Drawn[]): View {
  const chats = drawn.map(({ name, left, assigneeId, teamId, status }) =>
    chat({ contact: { name }, assigneeId, teamId, status, windowExpiresAt: ago(-left) }),
  )
  const threads = new Map(
    drawn.map(({ entries }, index) => [
      chats[index]!.id,
      entries
        .toSorted((a, b) => b.minutes - a.minutes)
        .map(({ who, minutes, text }) => {
          if (who === 'in') return entry({ text }, minutes)
          if (who === 'note' || who === 'system')
            return entry({ direction: who, type: who, text }, minutes)
          const author = { kind: 'agent', ...(who === 'phone' ? {} : { id: who }) }
          return entry({ direction: 'out', text, author }, minutes)
        }),
    ]),
  )
  return { me, nowMs, chats, threads }
}

/** What the server would make of it. */
function follow(one: Chat, thread: Entry[], act: Act): void {
  if (act.kind === 'take') one.assigneeId = 'me'
  if (act.kind === 'resolve') one.status = 'resolved'
  if (act.kind === 'answer') thread.push(mine(act.text, 0))
  if (act.kind === 'template') thread.push({ ...mine('', 0), type: 'template' })
  if (act.kind === 'note')
    thread.push(entry({ direction: 'note', type: 'note', text: act.text }, 0))
}

test('every dialogue is with somebody of the demo, in a team that has a colleague at work', () => {
  const people = new Map(cast.map(({ person }) => [person.name, person]))
  const working = colleagues.filter(({ email }) => atWork.includes(email))
  for (const [name, dialogue] of Object.entries(dialogues)) {
    expect(people.has(name), name).toBe(true)
    const place = placements.find(({ contact }) => contact === name)
    const hasOwner = working.some(({ name: own }) => own === place?.assignee)
    const hasTeam = working.some(
      ({ teams }) => place?.team !== undefined && teams.includes(place.team),
    )
    expect(hasOwner || (place?.assignee === undefined && hasTeam), name).toBe(true)
    const { template } = dialogue!
    if (template) expect(templates.map((one) => one.name)).toContain(template.name)
  }
  for (const { contact } of placements) expect(people.has(contact), contact).toBe(true)
})
