import { beforeEach, expect, test } from 'vitest'
import { isOurs } from '../../core/domain/conversation.ts'
import {
  body,
  change,
  contact,
  doerte,
  inbound,
  message,
  ourNumber,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

/** A minute ago, in seconds: who answers is also a question of how long ago anybody wrote. */
const startSeconds = Math.floor(Date.now() / 1000) - 60
const at = (second: number) => ({ timestamp: String(startSeconds + second) })
const copy = (words: string, second: number, head = {}) =>
  body(
    change('standby', {
      standby: {
        contacts: [contact(doerte)],
        messages: [message(doerte, text(words), { ...at(second), ...head })],
      },
    }),
  )
const answered = (words: string, second: number) =>
  body(
    change('standby', {
      standby: {
        message_echoes: [
          {
            id: `wamid.E${second}`,
            ...at(second),
            message: { to: doerte.phone, type: 'text', text: { body: words } },
          },
        ],
      },
    }),
  )
const handed = (to: string, second: number) =>
  body({
    field: 'messaging_handovers',
    value: {
      sender: { phone_number: doerte.phone },
      recipient: { phone_number_id: ourNumber.id, display_phone_number: ourNumber.phone },
      type: 'control_passed',
      ...at(second),
      control_passed: { previous_owner_role: 'customer_service', new_owner_role: to },
    },
  })
const lines = async () =>
  (await desk.messages()).flatMap(({ activity }) =>
    activity?.kind === 'control-changed' ? [activity.to ?? 'ours'] : [],
  )

test('what another app answers is shown, and nobody has to do anything about it', async () => {
  await desk.take(inbound(doerte, text('Hallo'), at(0)))
  const before = only(await desk.conversations())
  await desk.does('conversation.resolve', {
    conversationId: before.id,
    basedOn: before.lastMessage?.messageId,
    activityId: desk.newId(),
  })
  await desk.take(handed('ai_agent', 10), copy('Wo ist es?', 20), answered('Unterwegs.', 30))
  const after = only(await desk.conversations())
  expect(after).toMatchObject({
    status: 'resolved',
    inboundCount: 1,
    waitingSinceMs: null,
    windowExpiresAtMs: before.windowExpiresAtMs,
    controlledBy: { role: 'ai_agent', sinceMs: (startSeconds + 10) * 1000 },
    lastMessage: { text: 'Unterwegs.' },
  })
  const copies = (await desk.messages()).filter(({ isStandby }) => isStandby)
  expect(copies).toMatchObject([
    { direction: 'in', text: 'Wo ist es?' },
    { direction: 'out', text: 'Unterwegs.', author: { kind: 'automation', name: 'ai_agent' } },
  ])
  expect(await lines()).toEqual(['ai_agent'])
  await expect(
    desk.does('message.send', {
      id: desk.newId(),
      conversationId: after.id,
      body: { type: 'text', text: 'Ich übernehme.' },
      basedOn: null,
      isAnyway: true,
    }),
  ).rejects.toThrow('not-in-control')
})

test('a copy alone says that another app answers, a message alone that we do', async () => {
  await desk.take(copy('Hallo', 10))
  expect(only(await desk.conversations()).controlledBy).toEqual({
    sinceMs: (startSeconds + 10) * 1000,
  })
  await desk.take(inbound(doerte, text('Sind Sie ein Mensch?'), at(20)))
  const conversation = only(await desk.conversations())
  expect(conversation).toMatchObject({ status: 'open', inboundCount: 1 })
  expect(conversation.controlledBy).toBeUndefined()
  expect(await lines()).toEqual(['WhatsApp', 'ours'])
})

test('changes of control that come late or twice change nothing', async () => {
  await desk.take(handed('customer_service', 30), handed('ai_agent', 10), copy('alt', 20))
  expect(only(await desk.conversations()).controlledBy).toMatchObject({ role: 'ai_agent' })
  await desk.reset()
  await desk.take(inbound(doerte, text('Hallo'), at(0)), handed('ai_agent', 10))
  await desk.take(handed('escalation', 30), handed('ai_agent', 10), copy('alt', 20))
  await desk.take(handed('escalation', 30))
  expect(only(await desk.conversations()).controlledBy).toBeUndefined()
  expect(await lines()).toEqual(['ai_agent', 'ours'])
  await desk.take(handed('ai_agent', 40), inbound(doerte, text('früher geschrieben'), at(35)))
  expect(only(await desk.conversations()).controlledBy).toMatchObject({ role: 'ai_agent' })
})

test('a message that came as a copy first and then to us is one message, and asks for an answer', async () => {
  const once = { id: 'wamid.ONCE' }
  await desk.take(copy('Hallo', 10, once))
  await desk.take(inbound(doerte, text('Hallo'), { ...at(10), ...once }), copy('Hallo', 10, once))
  const kept = (await desk.messages()).filter(({ direction }) => direction === 'in')
  expect(only(kept).isStandby).toBeUndefined()
  expect(only(await desk.conversations())).toMatchObject({ status: 'open', inboundCount: 1 })
  expect((await desk.outcomes()).slice(-2)).toEqual(['stored', 'duplicate'])
})

test('another app’s control ends by itself a day after the last word', async () => {
  await desk.take(copy('Hallo', 10))
  const conversation = only(await desk.conversations())
  const lastMs = (startSeconds + 10) * 1000
  const dayMs = 24 * 60 * 60 * 1000
  expect(isOurs(conversation, lastMs + dayMs - 1)).toBe(false)
  expect(isOurs(conversation, lastMs + dayMs)).toBe(true)
})
