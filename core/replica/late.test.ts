import { expect, test } from 'vitest'
import { anOfflineConsole } from '../testing/offline-console.ts'
import { slowly } from '../testing/slow-disk.ts'

/** A console whose messages are not read yet. */
async function aSlowConsole(isLost = false) {
  let letThrough: (at: number) => void = () => undefined
  const opened = await anOfflineConsole(['Wo bleibt mein Paket?', 'Hallo?'], (disk) => {
    const slow = slowly(disk)
    letThrough = slow.letThrough
    const lost = [...disk.documents().keys()].filter((name) => name.includes('messages'))
    if (isLost) for (const name of lost) void disk.removeDocument(name)
    return slow.disk
  })
  return { ...opened, letThrough: () => letThrough(0) }
}

/** Whether it is answered within what can be done at once. */
async function isAnswered(asked: Promise<unknown>): Promise<boolean> {
  const soon = new Promise<false>((done) => setTimeout(() => done(false), 30))
  return Promise.race([asked.then(() => true), soon])
}

test('the inbox is shown before messages are read, and a conversation waits for its own', async () => {
  const { console, api, conversationId, letThrough } = await aSlowConsole()
  expect(await api.call('app.state', {})).toMatchObject({ phase: 'ready' })
  const { rows } = await api.call('inbox.page', { view: { kind: 'open' }, limit: 20 })
  expect(rows).toMatchObject([{ conversation: { id: conversationId }, unread: 2 }])

  const opening = api.call('thread.page', { conversationId, limit: 20 })
  expect(await isAnswered(opening)).toBe(false)
  letThrough()
  expect((await opening).messages.map(({ text }) => text)).toEqual([
    'Wo bleibt mein Paket?',
    'Hallo?',
  ])
  await console.stop()
})

test('what is found is not all before messages are read', async () => {
  const { console, api, letThrough } = await aSlowConsole()
  const find = () => api.call('search.find', { query: 'paket', limit: 20 })
  expect(await find()).toMatchObject({ isComplete: false, total: 0 })
  letThrough()
  await expect.poll(find).toMatchObject({ isComplete: true, total: 1 })
  await console.stop()
})

test('a message is answered by what it is, also before it is read', async () => {
  const { console, api, conversationId, letThrough } = await aSlowConsole()
  const noting = api.call('note.add', { conversationId, text: 'Rückruf' })
  letThrough()
  await noting
  const { messages } = await api.call('thread.page', { conversationId, limit: 20 })
  expect(messages.at(-1)?.text).toBe('Rückruf')
  await console.stop()
})

test('a conversation whose messages are lost is never shown empty; the rest can be worked with', async () => {
  const { console, api, conversationId, letThrough } = await aSlowConsole(true)
  const opening = api.call('thread.page', { conversationId, limit: 20 })
  const ended = expect(opening).rejects.toMatchObject({ code: 'offline' })
  letThrough()
  expect(await isAnswered(opening.catch(() => undefined))).toBe(false)
  expect(await api.call('app.state', {})).toMatchObject({ phase: 'ready' })
  await api.call('note.add', { conversationId, text: 'Rückruf' })
  expect(await api.call('link.state', {})).toMatchObject({ waiting: 1 })
  await console.stop()
  await ended
})
