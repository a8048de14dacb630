import { expect, test } from 'vitest'
import { senderDesk } from '../testing/sender-desk.ts'
import { testApp } from '../testing/app.ts'
import { outbox } from './outbox.ts'

const soon = { timeout: 10_000, interval: 20 }

test('what did not leave as it should is listed for those who look after it, newest first', async () => {
  const desk = await senderDesk()
  const app = await testApp({ register: (on) => on.register(outbox, { db: desk.db }) })
  desk.sender({ uncertainAfterMs: 50 })
  const chat = await desk.chat()
  const write = async (code: number, status: string) => {
    await desk.fault({ kind: 'error', code, count: 1 })
    const id = await desk.write(chat, `Geheimnis ${code}`)
    await expect.poll(() => desk.status(id), soon).toBe(status)
    return id
  }
  const failed = await write(131047, 'failed')
  const uncertain = await write(131000, 'uncertain')
  await desk.write(chat, 'gut')
  const { token } = await app.person('supervisor')
  const ask = (query: string) => app.ask('GET', `/api/v1/outbox${query}`, { token })

  const { body } = await ask('')
  expect(body.items).toMatchObject([
    { messageId: uncertain, state: 'uncertain', error: { code: 131000 }, attempts: 1 },
    {
      messageId: failed,
      conversationId: chat.conversationId,
      numberId: desk.number.id,
      state: 'failed',
      error: { code: 131047, traceId: expect.any(String) as unknown },
      at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    },
  ])
  expect(JSON.stringify(body)).not.toContain('Geheimnis')

  const first = await ask('?limit=1')
  expect(first.body.items).toHaveLength(1)
  const second = await ask(`?limit=1&cursor=${first.body.nextCursor}`)
  expect(second.body).toMatchObject({ items: [{ messageId: failed }], nextCursor: null })
  expect((await ask('?state=failed')).body.items).toHaveLength(1)
  expect((await ask('?state=held,uncertain')).body.items).toMatchObject([{ messageId: uncertain }])
  expect((await ask(`?number=${chat.conversationId}`)).body.items).toEqual([])

  await desk.act('message.dismiss', { id: uncertain })
  expect((await ask('?state=uncertain')).body.items).toEqual([])
  expect((await ask('')).body.items).toMatchObject([{ messageId: failed }])
  await app.close()
})

test('agents see nothing of it, and what it does not know is refused', async () => {
  const desk = await senderDesk()
  const app = await testApp({ register: (on) => on.register(outbox, { db: desk.db }) })
  const agent = await app.person('agent')
  const { token } = await app.person('administrator')
  const ask = (query: string, as = token) => app.ask('GET', `/api/v1/outbox${query}`, { token: as })
  expect((await ask('', agent.token)).status).toBe(403)
  expect((await ask('?state=queued')).status).toBe(400)
  expect((await ask('?number=1')).status).toBe(400)
  expect((await ask('?cursor=x')).status).toBe(400)
  expect((await ask('')).body).toEqual({ items: [], nextCursor: null })
  await app.close()
})
