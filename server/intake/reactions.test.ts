import { beforeEach, expect, test } from 'vitest'
import {
  baseSeconds,
  doerte,
  failure,
  inbound,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const reaction = (target: string, emoji: string, second: number, head = {}) =>
  inbound(
    doerte,
    { type: 'reaction', reaction: { message_id: target, emoji } },
    { timestamp: String(baseSeconds + second), ...head },
  )

test('a reaction is a chip on its target, counts as unread, and makes no bubble', async () => {
  const first = inbound(doerte, text('Danke'), { id: 'wamid.T' })
  await desk.take(first, reaction('wamid.T', '👍', 1))
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions).toMatchObject([{ emoji: '👍', author: { kind: 'contact' } }])
  expect(only(await desk.conversations())).toMatchObject({
    inboundCount: 2,
    lastMessage: { messageId: target?.id },
  })
})

test.each([
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
])(
  'the newest reaction of a person shows, in whatever order they come (%i %i %i)',
  async (...order) => {
    const given = [
      reaction('wamid.T', '👍', 1),
      reaction('wamid.T', '', 2),
      reaction('wamid.T', '❤️', 3),
    ]
    await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
    for (const index of order) await desk.take(given[index])
    const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
    expect(target?.reactions.map(({ emoji }) => emoji)).toEqual(['❤️'])
  },
)

test('a reaction taken off late stays off when the reaction itself comes after it', async () => {
  await desk.take(
    inbound(doerte, text('Danke'), { id: 'wamid.T' }),
    reaction('wamid.T', '', 2),
    reaction('wamid.T', '👍', 1),
  )
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions).toEqual([])
})

test('a reaction waits for the message it is for', async () => {
  await desk.take(reaction('wamid.T', '👍', 1))
  expect(await desk.outcomes()).toEqual(['parked'])
  await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
  expect(await desk.outcomes()).toEqual(['stored', 'stored'])
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions.map(({ emoji }) => emoji)).toEqual(['👍'])
  const given = (await desk.messages()).find(({ type }) => type === 'reaction')
  expect(given?.reaction?.messageId).toBe(target?.id)
})

test('our own reaction that WhatsApp refuses comes off its target', async () => {
  await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
  const target = only(await desk.messages())
  const ours = await desk.sent({
    wamid: 'wamid.R',
    type: 'reaction',
    reaction: { messageId: target.id, wamid: 'wamid.T', emoji: '👍' },
  })
  await desk.log.write(async (tx) => {
    const row = (await tx.get('message', target.id))!
    const chip = { emoji: '👍', author: ours.author!, messageId: ours.id }
    tx.put({ entity: 'message', row: { ...row, reactions: [chip] } })
  })
  await desk.take(statuses(status('wamid.R', 'failed', failure(131009, 'Invalid target'))))
  expect((await desk.messages()).find(({ id }) => id === target.id)?.reactions).toEqual([])
})

const edit = (words: string, second: number) =>
  inbound(
    doerte,
    { type: 'edit', edit: { original_message_id: 'wamid.T', message: text(words) } },
    { timestamp: String(baseSeconds + second) },
  )
const revoke = inbound(doerte, { type: 'revoke', revoke: { original_message_id: 'wamid.T' } })

test('an edit shows the newest text and keeps what stood before', async () => {
  await desk.take(edit('zweite', 1), inbound(doerte, text('erste'), { id: 'wamid.T' }))
  await desk.take(edit('vierte', 3), edit('dritte', 2), edit('vierte', 3))
  expect(only(await desk.messages())).toMatchObject({
    text: 'vierte',
    previousTexts: ['erste', 'zweite'],
    editedAtMs: (baseSeconds + 3) * 1000,
  })
  expect(only(await desk.conversations()).lastMessage?.text).toBe('vierte')
})

test('what was deleted for everyone leaves the thread and the list', async () => {
  await desk.take(inbound(doerte, text('geheim'), { id: 'wamid.T' }), revoke, revoke, edit('x', 9))
  const row = only(await desk.messages())
  expect(row.deletedAtMs).toBe(baseSeconds * 1000)
  expect(JSON.stringify([row, await desk.conversations()])).not.toContain('geheim')
  expect(await desk.outcomes()).toEqual(['stored', 'stored', 'duplicate', 'ignored'])
})
