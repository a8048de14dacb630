import { beforeEach, expect, test } from 'vitest'
import {
  baseSeconds,
  body,
  change,
  doerte,
  failure,
  inbound,
  message,
  ourNumber,
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
    previousTexts: ['erste', 'zweite', 'dritte'],
    editedAtMs: (baseSeconds + 3) * 1000,
  })
  expect(only(await desk.conversations()).lastMessage?.text).toBe('vierte')
})

test('what was deleted for everyone leaves the list, and colleagues can see what it was', async () => {
  await desk.take(inbound(doerte, text('geheim'), { id: 'wamid.T' }), revoke, revoke, edit('x', 9))
  const row = only(await desk.messages())
  expect(row).toMatchObject({ text: 'geheim', deletedAtMs: baseSeconds * 1000 })
  expect(JSON.stringify(await desk.conversations())).not.toContain('geheim')
  expect(await desk.outcomes()).toEqual(['stored', 'stored', 'duplicate', 'ignored'])
})

test('a caption may be changed and its picture deleted before either was known', async () => {
  const image = (caption: string) => ({
    type: 'image',
    image: { id: '1801', mime_type: 'image/jpeg', sha256: 'LCa0', caption },
  })
  const changed = { original_message_id: 'wamid.T', message: image('Rechnung, Seite 2') }
  await desk.take(
    inbound(doerte, { type: 'revoke', revoke: { original_message_id: 'wamid.T' } }),
    inbound(doerte, { type: 'edit', edit: changed }),
  )
  expect(await desk.outcomes()).toEqual(['parked', 'parked'])
  await desk.take(inbound(doerte, image('Rechnung'), { id: 'wamid.T' }))
  expect(only(await desk.messages())).toMatchObject({
    type: 'image',
    text: 'Rechnung, Seite 2',
    previousTexts: ['Rechnung'],
    media: { mime: 'image/jpeg', state: 'pending' },
    deletedAtMs: baseSeconds * 1000,
  })
  expect(await desk.outcomes()).toEqual(['stored', 'stored', 'stored'])
})

test('what the firm changes or deletes in the phone app changes here', async () => {
  await desk.sent({ wamid: 'wamid.T', text: 'Morgen um 9.' })
  const echo = (content: object, second: number) =>
    body(
      change('smb_message_echoes', {
        message_echoes: [
          message(
            { phone: ourNumber.phone },
            { ...content, to: doerte.phone },
            { timestamp: String(baseSeconds + second) },
          ),
        ],
      }),
    )
  const edited = { original_message_id: 'wamid.T', message: text('Morgen um 10.') }
  await desk.take(echo({ type: 'edit', edit: edited }, 1))
  expect(only(await desk.messages())).toMatchObject({
    text: 'Morgen um 10.',
    previousTexts: ['Morgen um 9.'],
  })
  await desk.take(echo({ type: 'revoke', revoke: { original_message_id: 'wamid.T' } }, 2))
  expect(only(await desk.messages()).deletedAtMs).toBe((baseSeconds + 2) * 1000)
})

test('an edit that WhatsApp does not pass on shows as something Kontor cannot show', async () => {
  const unsupported = { type: 'unsupported', unsupported: { type: 'edit' } }
  await desk.take(inbound(doerte, unsupported))
  expect(only(await desk.messages())).toMatchObject({
    type: 'unsupported',
    raw: { unsupported: { type: 'edit' } },
  })
})
