import { afterAll, beforeAll, expect, test } from 'vitest'
import { withMessage } from '../../core/domain/conversation.ts'
import type { Change } from '../../core/domain/entities.ts'
import type { ConversationId, MessageId, UserId } from '../../core/domain/ids.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { slowly } from '../../core/testing/slow-disk.ts'
import { aContact, aConversation, aMessage, aNumber, aUser } from '../../core/testing/examples.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId, sitDown, startSync } from '../support/desks.ts'

/** Documents of messages that are found to be lost when the inbox is on screen already, on a real server and sockets. */

const { db } = await testDatabase()
let server: Awaited<ReturnType<typeof startSync>>
const anna = aUser({ id: newId() as UserId, email: 'anna@example.org' })
const number = aNumber({ id: newId() as never, phoneNumberId: newId() })
const contact = aContact({ id: newId() as never })
const texts = ['Zeile 1', 'Zeile 2', 'Zeile 3']
const soon = { timeout: 15_000, interval: 20 }
const empty = aConversation({
  id: newId() as ConversationId,
  numberId: number.id,
  contactId: contact.id,
})

beforeAll(async () => {
  server = await startSync(db)
  const messages = texts.map((text, at) => {
    const id = newId() as MessageId
    const where = { conversationId: empty.id, numberId: number.id }
    return aMessage({ id, wamid: `wamid.${id}`, text, ord: at + 1, ...where })
  })
  const changes: Change[] = [
    { entity: 'user', row: anna },
    { entity: 'number', row: number },
    { entity: 'contact', row: contact },
    { entity: 'conversation', row: messages.reduce(withMessage, empty) },
    ...messages.map((row): Change => ({ entity: 'message', row })),
  ]
  await server.log.write(async (tx) => {
    for (const { entity, row } of changes) await tx.load(entity, [row.id])
    changes.forEach((change) => tx.put(change))
  })
})
afterAll(() => server.close())

/** Anna's machine with her copy folded and her work done, and no document of messages any more. */
async function aDiskThatLostMessages() {
  const disk = createMemoryDisk()
  const { desk } = await sitDown(server.port, anna, disk)
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  const id = newId() as MessageId
  await desk.perform('note.add', { id, conversationId: empty.id, text: 'Notiz' })
  await expect.poll(() => desk.replica.outbox.pending, soon).toEqual([])
  await desk.replica.fold()
  desk.link.stop()
  const lost = [...disk.documents().keys()].filter((name) => name.includes('messages'))
  expect(lost).toHaveLength(1)
  for (const name of lost) await disk.removeDocument(name)
  disk.crash()
  return disk
}

test('lost messages are fetched anew behind the inbox, and nobody sees an empty conversation', async () => {
  const { disk, letThrough } = slowly(await aDiskThatLostMessages())
  const { desk, faults } = await sitDown(server.port, anna, disk)
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  let shown: (string | undefined)[] | null = null
  const opening = desk.thread({ conversationId: empty.id, limit: 50 })
  void opening.then(({ messages }) => (shown = messages.map(({ text }) => text)))
  const read = () => {
    letThrough(0)
    expect(desk.hasRows).toBe(true)
    return shown
  }
  await expect.poll(read, soon).toEqual([...texts, 'Notiz'])
  await expect.poll(() => desk.link.isSynced, soon).toBe(true)
  expect(desk.replica.outbox.retained.map(({ name }) => name)).toEqual(['note.add'])
  expect(faults).toEqual([])
  desk.link.stop()
})
