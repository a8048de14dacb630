import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LabelId } from '../domain/ids.ts'
import { must } from '../lib/must.ts'
import {
  aConversation,
  aContact,
  aLabel,
  aNumber,
  aUser,
  exampleNowMs,
} from '../testing/examples.ts'
import { createMemoryDisk } from '../testing/memory-disk.ts'
import { stateOf } from '../testing/state.ts'
import { Overlay } from './overlay.ts'
import type { Deed } from './records.ts'
import { Replica } from './replica.ts'
import { Search } from './search.ts'
import { Views } from './views.ts'

const platform = {
  nowMs: () => exampleNowMs,
  newId: () => 'r',
  random: () => 0,
  after: () => () => undefined,
}
const people = [aUser({ name: 'Anna' }), aUser({ name: 'Cem' })]
const labels = ['Technik', 'Lieferung', 'Eilt'].map((name) => aLabel({ name }))
const number = aNumber()
const contact = aContact()
const conversation = aConversation({ numberId: number.id, contactId: contact.id })
const { id: conversationId } = conversation
const given = [
  ...labels.map((row) => ({ entity: 'label' as const, row })),
  { entity: 'conversation' as const, row: conversation },
  { entity: 'contact' as const, row: contact },
]

/** A console: what the server last told it, and its own deeds on top until the server has them. */
async function aConsole(who: number) {
  const { base } = await Replica.open(createMemoryDisk(), platform)
  given.forEach((change, index) => base.put(change, index + 1))
  const overlay = new Overlay(base)
  const context = { user: must(people[who], 'person'), nowMs: exampleNowMs }
  const pending: Pick<Deed, 'name' | 'args'>[] = []
  return {
    /** The end of the label it has not: whoever presses sees it change. */
    press(labelId: LabelId) {
      const isOn = this.labels().has(labelId)
      const deed = {
        name: isOn ? 'label.remove' : 'label.add',
        args: { conversationId, labelId },
      }
      expect(overlay.perform(deed, context).ok).toBe(true)
      pending.push(deed)
    },
    next: () => pending.shift(),
    hear(row: typeof conversation) {
      base.put({ entity: 'conversation', row }, 100)
      overlay.rebuild(pending as Deed[], () => context) // a deed's name and arguments are all that is done again
    },
    labels: () => new Set<string>(overlay.get('conversation', conversationId)?.labels),
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('press' as const), who: fc.nat(1), label: fc.nat(2) }),
  fc.record({ kind: fc.constant('push' as const), who: fc.nat(1), label: fc.nat(2) }),
  fc.record({ kind: fc.constant('pull' as const), who: fc.nat(1), label: fc.nat(2) }),
)

test('whatever two do to the labels of a conversation, with a line or without, both end with what the server heard last of each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const consoles = [await aConsole(0), await aConsole(1)]
      const server = stateOf(...given)
      const last = new Map<string, boolean>()
      const row = () => must(server.get('conversation', conversationId), 'conversation')
      const push = (who: number) => {
        const deed = consoles[who]?.next()
        if (deed === undefined) return false
        const { labelId } = deed.args as { labelId: LabelId } // as pressed
        const name = deed.name as 'label.add' | 'label.remove' // as pressed
        expect(server.does(people[who]!, name, { conversationId, labelId }).ok).toBe(true)
        last.set(labelId, name === 'label.add')
        return true
      }
      for (const { kind, who, label } of steps) {
        if (kind === 'press') consoles[who]!.press(labels[label]!.id)
        else if (kind === 'push') push(who)
        else consoles[who]!.hear(row())
      }
      while (push(0) || push(1));
      const expected = new Set([...last].flatMap(([id, isOn]) => (isOn ? [id] : [])))
      for (const one of consoles) {
        one.hear(row())
        expect(one.labels()).toEqual(expected)
      }
      expect(row().labels.length).toBe(expected.size)
    }),
    { numRuns: 500 },
  )
})

test('a label has a view with the open conversations that have it, and the directory lists those in use by name', async () => {
  const replica = await Replica.open(createMemoryDisk(), platform)
  const [technical, delivery] = labels
  const rows = [
    { ...conversation, labels: [technical!.id] },
    aConversation({ labels: [technical!.id, delivery!.id] }),
    aConversation({ labels: [technical!.id], status: 'resolved' }),
  ]
  const gone = aLabel({ name: 'Alt', deletedAtMs: exampleNowMs })
  const all = [...given, { entity: 'label' as const, row: gone }]
  all.forEach((change, index) => replica.base.put(change, index + 1))
  rows.forEach((row, index) => replica.base.put({ entity: 'conversation', row }, 20 + index))
  const overlay = new Overlay(replica.base)
  const views = new Views(replica, overlay, people[0]!.id)
  expect(views.directory().labels.map(({ name }) => name)).toEqual(['Eilt', 'Lieferung', 'Technik'])
  const view = { kind: 'label', labelId: technical!.id } as const
  expect(views.page(view, 10).total).toBe(2)
  const counts = views.counts().flatMap((one) => (one.view.kind === 'label' ? [one] : []))
  expect(counts.map(({ count }) => count)).toEqual([2, 1, 0])

  const search = new Search(overlay, platform)
  const { contacts } = search.find('techn', 10)
  expect(contacts.map(({ detail }) => detail?.text)).toEqual(['Technik', 'Technik', 'Technik'])
  const renamed = { ...technical!, name: 'Werkstatt' }
  replica.base.put({ entity: 'label', row: renamed }, 40)
  search.changed([['label', renamed.id]])
  expect(search.find('techn', 10).contacts).toEqual([])
  expect(search.find('werkst', 10).contacts).toHaveLength(3)
})
