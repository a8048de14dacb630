import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { newConversation, withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId, NumberId, UserId } from '../../core/domain/ids.ts'
import { aContact, aMessage, aNumber } from '../../core/testing/examples.ts'
import { conversations } from '../../server/api/conversations.ts'
import { messages } from '../../server/api/messages.ts'
import { clock } from '../../server/clock.ts'
import { MediaFiles } from '../../server/media/files.ts'
import { testApp, testPassword } from '../../server/testing/app.ts'
import { dialogues } from './colleagues/dialogues.ts'
import { startColleagues } from './colleagues.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const until = { timeout: 10_000, interval: 20 }
const pauseMs = { least: 5, most: 15 }

async function aDesk() {
  const server = await testApp({
    register(app, { db, log }) {
      const files = new MediaFiles(tmpdir())
      const parts = { db, log, files, newId, nowMs: () => clock.nowMs() }
      void app.register(conversations, parts)
      void app.register(messages, parts)
    },
  })
  onTestFinished(async () => {
    // A call that is given up may leave a connection on which nothing was ever asked.
    server.app.server.closeAllConnections()
    await server.close()
  })
  const { ask, log, person } = server
  const [cem, maren] = [await person('agent'), await person('administrator')]
  const number = aNumber({ id: newId<NumberId>() })
  await log.write(async (tx) => tx.put({ entity: 'number', row: number }))

  /** A contact of that name has written a minute ago. */
  async function chat(name: string, assigneeId: UserId | null) {
    const contact = aContact({ id: newId(), name, createdAtMs: clock.nowMs() })
    const nowMs = clock.nowMs() - 60_000
    const row = {
      ...newConversation(newId<ConversationId>(), number.id, contact.id, nowMs),
      assigneeId,
    }
    await log.write(async (tx) => {
      tx.put({ entity: 'contact', row: contact })
      const message = aMessage({
        id: newId<MessageId>(),
        conversationId: row.id,
        numberId: number.id,
        ord: 1,
        wamid: `wamid.${newId()}`,
        sentAtMs: nowMs,
        receivedAtMs: nowMs,
      })
      tx.put({ entity: 'message', row: message })
      tx.put({ entity: 'conversation', row: withMessage(row, message) })
    })
    return `/api/v1/conversations/${row.id}`
  }
  const sent = async (path: string) => {
    const { body } = await ask('GET', `${path}/messages`, { token: maren.token })
    const items = body.items as { direction: string; text?: string; author: { id: string } }[]
    return items.filter(({ direction }) => direction !== 'in')
  }
  const login = { email: cem.user.email, password: testPassword }
  return { ...server, cem, maren, chat, sent, login }
}

test('a colleague answers what is theirs exactly once, and touches nothing else', async () => {
  const desk = await aDesk()
  const [own, foreign, free] = [
    await desk.chat('Mehmet Öztürk', desk.cem.user.id),
    await desk.chat('Claudia Reiß', desk.maren.user.id),
    await desk.chat('Robin Ellis', null),
  ]
  const stop = new AbortController()
  const troubles: string[] = []
  const { ended } = startColleagues({
    url: desk.url,
    people: [desk.login, desk.login], // two windows of one person: the worst that can happen
    signal: stop.signal,
    random: () => 0.5,
    onTrouble: (what) => troubles.push(what),
    pauseMs,
  })
  await expect.poll(async () => (await desk.sent(own)).length, until).toBeGreaterThan(1)
  stop.abort()
  await ended
  const { answers, note } = dialogues['Mehmet Öztürk']!
  expect((await desk.sent(own)).map(({ text }) => text)).toEqual([answers[0], note])
  expect((await desk.sent(own)).map(({ author }) => author.id)).toEqual(
    Array(2).fill(desk.cem.user.id),
  )
  expect(await desk.sent(foreign)).toEqual([])
  expect(await desk.sent(free)).toEqual([])
  expect(troubles).toEqual([])
})

test('who cannot sign in says so once, and stops when told to', async () => {
  const desk = await aDesk()
  const stop = new AbortController()
  const troubles: string[] = []
  const { ended } = startColleagues({
    url: desk.url,
    people: [{ ...desk.login, password: 'not the password at all' }],
    signal: stop.signal,
    random: () => 0.5,
    onTrouble: (what) => troubles.push(what),
    pauseMs,
  })
  await expect.poll(() => troubles.length, until).toBe(1)
  stop.abort()
  await ended
  expect(troubles).toEqual([`${desk.login.email} cannot work: signing in was answered with 401`])
})
