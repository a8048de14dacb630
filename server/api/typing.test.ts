import { expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { testApp } from '../testing/app.ts'
import { senderDesk } from '../testing/sender-desk.ts'
import { typing } from './typing.ts'

const soon = { timeout: 10_000, interval: 20 }

test('the contact sees that somebody writes, and that they were read', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const client = desk.client()
  const server = await testApp({
    register: (app) => app.register(typing, { db: desk.db, client: () => client }),
  })
  const { token } = await server.person('agent')
  const type = (id: string) => server.ask('POST', `/api/v1/conversations/${id}/typing`, { token })

  expect((await type(chat.conversationId)).status).toBe(202)
  const isRead = async () => {
    const { wrote } = await desk.control<{ wrote: { readAt?: string }[] }>(
      `/customers/${chat.customerId}`,
    )
    return wrote.map(({ readAt }) => readAt !== undefined)
  }
  await expect.poll(isRead, soon).toEqual([true])
  expect(await desk.accepted()).toEqual([])
  expect((await type(clock.newId())).status).toBe(404)
  await server.close()
})

test('that it was not shown is nobody’s trouble', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const client = desk.client({ graphUrl: 'http://127.0.0.1:9' })
  const server = await testApp({
    register: (app) => app.register(typing, { db: desk.db, client: () => client }),
  })
  const { token } = await server.person('agent')
  const path = `/api/v1/conversations/${chat.conversationId}/typing`
  expect((await server.ask('POST', path, { token })).status).toBe(202)
  await expect.poll(() => server.lines.join(''), soon).toContain('typing was not shown')
  await server.close()
})
