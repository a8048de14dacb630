import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entityNames, type Change } from '../domain/entities.ts'
import type { ConversationId, MessageId, TeamId, UserId } from '../domain/ids.ts'
import { readMarkId } from '../domain/people.ts'
import { isSeenWith, scopesOf } from '../domain/scopes.ts'
import { must } from '../lib/must.ts'
import { countedNouns, type Digest } from '../protocol/digest.ts'
import { Tally } from '../protocol/tally.ts'
import { protocolVersion } from '../protocol/version.ts'
import {
  aContact,
  aConversation,
  aMessage,
  aTeam,
  exampleNowMs,
  anId,
} from '../testing/examples.ts'
import { Base } from './base.ts'
import { trimMessages } from './trim.ts'

const nouns = new Set(countedNouns(protocolVersion))
const few = Array.from({ length: 3 }, () => anId<string>())
const teams = Array.from({ length: 2 }, () => anId<TeamId>())
const people = Array.from({ length: 2 }, () => anId<UserId>())
const scopes = ['ws', 'team:all', 'team:none', ...teams.map((id) => `team:${id}`)]
const everyScope = [...scopes, ...people.map((id) => `user:${id}`)]

const row = fc.record({
  which: fc.constantFrom('team', 'contact', 'conversation', 'read', 'message'),
  id: fc.nat(2),
  team: fc.option(fc.nat(1)),
  person: fc.option(fc.nat(1)),
  rev: fc.integer({ min: 1, max: 2 ** 40 }),
})
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put'), row }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove'), row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('trim', 'become', 'clear'), row }) },
)
type Given = { which: string; id: number; team: number | null; person: number | null; rev: number }

function changeOf({ which, id: index, team, person, rev }: Given): Change {
  const id = must(few[index], 'id')
  const conversationId = id as ConversationId // ids stand for whatever is made of them, here and below
  if (which === 'team') return { entity: 'team', row: aTeam({ id: id as TeamId }) }
  if (which === 'contact') return { entity: 'contact', row: aContact({ id: id as never }) }
  if (which === 'read') {
    const userId = must(people[person ?? 0], 'person')
    const markId = readMarkId(userId, conversationId)
    return { entity: 'read', row: { id: markId, userId, conversationId, inbound: 1 } }
  }
  if (which === 'message') {
    const sentAtMs = exampleNowMs + (rev % 1000) * 1000
    return { entity: 'message', row: aMessage({ id: id as MessageId, conversationId, sentAtMs }) }
  }
  const teamId = team === null ? null : must(teams[team], 'team')
  const assigneeId = person === null ? null : must(people[person], 'person')
  return { entity: 'conversation', row: aConversation({ id: conversationId, teamId, assigneeId }) }
}

/** The same as the tallies, by going through everything. */
function counted(base: Base, isWanted: (scopes: readonly string[]) => boolean): Digest {
  const tally = new Tally()
  for (const entity of entityNames) {
    for (const [rev, held] of base.held(entity)) {
      const own = scopesOf({ entity, row: held } as Change) // entity names its rows
      if (own !== null && isWanted(own)) tally.add(held.id, rev)
    }
  }
  return tally.digest
}

function expectCounted(base: Base): void {
  for (const scope of everyScope) {
    expect(base.tallies.under(scope, nouns).digest).toEqual(
      counted(base, (own) => own.includes(scope)),
    )
  }
  const seen = new Set(['ws', 'team:none'])
  expect(base.tallies.unseenWith(seen, nouns).digest).toEqual(
    counted(base, (own) => !isSeenWith(seen, own)),
  )
}

test('what was counted as rows came and went is what going through them comes to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const base = new Base()
      for (const { kind, row: given } of steps) {
        const change = changeOf(given)
        if (kind === 'put') base.put(change, given.rev)
        if (kind === 'remove') base.remove(change.entity, change.row.id)
        if (kind === 'trim') trimMessages(base, 1)
        if (kind === 'clear') base.clear()
        if (kind === 'become') {
          const other = new Base()
          other.put(change, given.rev)
          base.become(other)
        }
        expectCounted(base)
      }
    }),
  )
})

test('a row that is missing, one too many or another version shows', () => {
  const base = new Base()
  const conversation = aConversation({ id: anId() })
  const digest = () => base.tallies.under('team:all', nouns).digest
  const without = digest()
  base.put({ entity: 'conversation', row: conversation }, 7)
  const first = digest()
  base.put({ entity: 'conversation', row: conversation }, 8)
  expect(new Set([without, first, digest()].map(String)).size).toBe(3)
  expect(first[0]).toBe(1)
  base.put({ entity: 'conversation', row: conversation }, 7)
  expect(digest()).toEqual(first)
  base.remove('conversation', conversation.id)
  expect(digest()).toEqual(without)
})

test('of messages only those count that lie in what is compared', () => {
  const base = new Base()
  const conversationId = anId<ConversationId>()
  const put = (sentAtMs: number, rev: number) =>
    base.put({ entity: 'message', row: aMessage({ id: anId(), conversationId, sentAtMs }) }, rev)
  put(1_000, 1)
  const before = base.tallyMessages(conversationId, 2_000).digest
  expect(before[0]).toBe(0)
  put(2_000, 2)
  const after = base.tallyMessages(conversationId, 2_000).digest
  put(1_500, 3)
  expect(base.tallyMessages(conversationId, 2_000).digest).toEqual(after)
  expect(base.tallyMessages(conversationId, 0).digest[0]).toBe(3)
})
