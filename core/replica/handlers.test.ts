import { expect, test } from 'vitest'
import { anOfflineConsole } from '../testing/offline-console.ts'

test('without a server everything held is found, and what is written now as well', async () => {
  const { console, api, conversationId } = await anOfflineConsole(['Bestellung 4711-0183'])
  const find = (query: string) => api.call('search.find', { query, limit: 20 })
  expect(await find('0183')).toMatchObject({ isComplete: true, total: 1 })
  expect((await find('mueller')).contacts[0]).toMatchObject({ conversationId })

  const { id } = await api.call('note.add', { conversationId, text: 'Rückruf am Freitag' })
  expect((await find('rueckruf')).messages[0]).toMatchObject({ messageId: id, conversationId })
  await console.stop()
  await expect(find('0183')).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a question that is too long is refused', async () => {
  const { console, api } = await anOfflineConsole([])
  const asked = api.call('search.find', { query: 'x'.repeat(201), limit: 20 })
  await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  await console.stop()
})
