import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DraftVersionId, ReplicaId } from '../domain/ids.ts'
import { sharedDraftId, type SharedDraft } from '../domain/shared-draft.ts'
import { aConversation, anId, aUser, exampleNowMs } from '../testing/examples.ts'
import { stateOf } from '../testing/state.ts'
import type { MutatorArgs } from './all.ts'

type Put = MutatorArgs<'draft.put'>
const anna = aUser()
const conversation = aConversation()
const { id: conversationId } = conversation
const replica = anId<ReplicaId>()

/** A server on which Anna sees one conversation. */
function aServer() {
  const state = stateOf({ entity: 'conversation', row: conversation })
  return {
    put(text: string, base: DraftVersionId | null, given: Partial<Put> = {}): DraftVersionId {
      const version = anId<DraftVersionId>()
      const written = { mode: 'reply', device: 'browser', replica, writtenAtMs: 1 } as const
      const args = { conversationId, base, version, text, ...written, ...given }
      expect(state.does(anna, 'draft.put', args)).toMatchObject({ ok: true })
      return args.version
    },
    draft: () => state.get('draft', sharedDraftId(anna.id, conversationId)),
    texts: () => textsOf(state.get('draft', sharedDraftId(anna.id, conversationId))),
  }
}

function textsOf(draft: SharedDraft | undefined): (string | undefined)[] {
  return [draft?.shown?.text, draft?.other?.text]
}

test('who wrote on top of what is there replaces it, who did not keeps it', () => {
  const server = aServer()
  const first = server.put('Guten Tag', null)
  const second = server.put('Guten Morgen', first)
  expect(server.texts()).toEqual(['Guten Morgen', undefined])
  server.put('Moin', first)
  expect(server.texts()).toEqual(['Moin', 'Guten Morgen'])
  server.put('Guten Abend', second)
  expect(server.texts()).toEqual(['Guten Abend', 'Moin'])
})

test('an equal text and one that goes on from the other are no clash', () => {
  const server = aServer()
  server.put('Guten Tag', null)
  server.put('Guten Tag', null)
  expect(server.texts()).toEqual(['Guten Tag', undefined])
  server.put('Guten Tag, Frau Yıldız', null)
  expect(server.texts()).toEqual(['Guten Tag, Frau Yıldız', undefined])
})

test('emptying takes away what the person had seen, and nothing else', () => {
  const server = aServer()
  const first = server.put('Erstens', null)
  const second = server.put('Zweitens', null)
  server.put('', second)
  expect(server.texts()).toEqual([undefined, 'Erstens'])
  server.put(' \n', first)
  expect(server.texts()).toEqual([undefined, undefined])
  const third = server.put('Drittens', null)
  server.put('', first)
  expect(server.texts()).toEqual(['Drittens', undefined])
  server.put('', third)
  expect(server.draft()).toMatchObject({ shown: null, other: null })
})

test('of three texts the two older ones become one', () => {
  const server = aServer()
  server.put('Eins', null)
  server.put('Zwei', null)
  const third = server.put('Drei', null)
  expect(server.texts()).toEqual(['Drei', 'Zwei\n\nEins'])
  expect(server.draft()?.other?.version).toBe(`${third}+`)
  server.put('Zwei und Eins', server.draft()?.other?.version ?? null)
  expect(server.texts()).toEqual(['Zwei und Eins', 'Drei'])
})

test('of what is written in the future the server’s time is kept', () => {
  const server = aServer()
  server.put('Morgen', null, { writtenAtMs: exampleNowMs + 86_400_000 })
  expect(server.draft()?.shown?.writtenAtMs).toBe(exampleNowMs)
})

/** A machine: what it last heard of the server, what it has done since, and what its field shows. */
type Machine = { heard: SharedDraft | undefined; pending: Put[]; field: DraftVersionId | null }

test('however two machines take turns, no text is lost that nobody replaced knowingly', () => {
  const step = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('write', 'go on', 'empty', 'push', 'hear'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const server = aServer()
      const machines = [0, 1, 2].map((): Machine => ({
        heard: undefined,
        pending: [],
        field: null,
      }))
      /** Words of each put, and those that were in the field when somebody wrote over them. */
      const last = new Map<Machine, string>()
      const wordsOf = new Map<DraftVersionId, string>()
      const replaced: string[] = []
      const push = (machine: Machine) => {
        for (const put of machine.pending.splice(0)) server.put(put.text, put.base, put)
        const draft = server.draft()
        for (const one of [draft?.shown, draft?.other]) if (one) wordsOf.set(one.version, one.text)
      }
      const hear = (machine: Machine) => {
        machine.heard = server.draft()
        if (machine.pending.length === 0) machine.field = machine.heard?.shown?.version ?? null
      }
      steps.forEach(({ who, what }, index) => {
        const machine = machines[who]!
        if (what === 'push') return push(machine)
        if (what === 'hear') return hear(machine)
        const before = machine.field === null ? '' : (wordsOf.get(machine.field) ?? '')
        const text = what === 'empty' ? '' : `${what === 'write' ? '' : before}«${index}»`
        const version = anId<DraftVersionId>()
        const written = { mode: 'reply', device: 'browser', replica, writtenAtMs: 1 } as const
        machine.pending.push({ conversationId, base: machine.field, version, text, ...written })
        if (what !== 'go on') replaced.push(before)
        wordsOf.set(version, text)
        machine.field = what === 'empty' ? null : version
        last.set(machine, text)
      })
      for (const machine of machines) push(machine)
      for (const machine of machines) hear(machine)
      const kept = server.texts().join('\n')
      for (const text of last.values()) {
        for (const word of text.match(/«\d+»/g) ?? []) {
          const isThere = kept.includes(word) || replaced.some((words) => words.includes(word))
          expect(isThere, `${word} of ${text} in ${kept}`).toBe(true)
        }
      }
      for (const { heard, field } of machines) {
        expect(heard).toEqual(server.draft())
        expect(field).toBe(server.draft()?.shown?.version ?? null)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a draft of a conversation that is not there is refused', () => {
  const state = stateOf()
  const args = { conversationId, base: null, version: anId<DraftVersionId>(), text: 'Hallo' }
  const written = { mode: 'reply', device: 'mac', replica, writtenAtMs: 1 } as const
  expect(state.does(anna, 'draft.put', { ...args, ...written })).toMatchObject({
    ok: false,
    code: 'not-found',
  })
})
