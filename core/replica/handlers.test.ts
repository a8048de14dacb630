import { expect, test } from 'vitest'
import { createApi } from '../contract/client.ts'
import { answer } from '../contract/host.ts'
import type { MutationId } from '../domain/ids.ts'
import { after, aContact, aConversation, aMessage, anId, aUser } from '../testing/examples.ts'
import { createMemoryDisk } from '../testing/memory-disk.ts'
import { AppError } from '../lib/errors.ts'
import { createConsole } from './console.ts'
import type { Machine } from './ports.ts'
import { Replica } from './replica.ts'

const anna = aUser()

/** A console that was signed in and is started again where no server can be reached. */
async function aConsoleWithoutServer(...texts: string[]) {
  const [settings, disk] = [createMemoryDisk(), createMemoryDisk()]
  const machine: Machine = {
    platform: {
      nowMs: Date.now,
      newId: anId,
      random: () => 0.5,
      after: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
    },
    host: 'desktop',
    language: 'de',
    serverUrl: null,
    isServerManaged: false,
    settings,
    replicaDisk: async () => disk,
    connect: (_url, events) => {
      setTimeout(() => events.closed(), 0)
      return { send: () => undefined, close: () => undefined }
    },
    http: async () => {
      throw new AppError('offline', 'there is no server')
    },
    sha256: async () => 'f'.repeat(64),
    report: (bug) => {
      throw bug
    },
  }
  await settings.document('session').write({
    serverUrl: 'https://kontor.nordwerk.example',
    workspace: 'Nordwerk Service',
    token: 't',
    refreshToken: 'r',
    expiresAtMs: Date.now() + 3_600_000,
    user: anna,
    isEnded: false,
  })
  const contact = aContact()
  const conversation = aConversation({ contactId: contact.id })
  const messages = texts.map((text, at) =>
    aMessage({ conversationId: conversation.id, text, ord: at + 1 }),
  )
  const replica = await Replica.open(disk, machine.platform)
  await replica.takeFrame({
    from: null,
    cursor: { epoch: 'e', seq: { '0': 1 } },
    lmid: 0,
    lmuid: null,
    scopes: ['ws'],
    put: [
      ['user', 1, anna],
      ['contact', 1, contact],
      ['conversation', 1, after(conversation, ...messages)],
      ...messages.map((row): ['message', number, unknown] => ['message', 1, row]),
    ],
    del: [],
    results: [] as [MutationId, never][],
  })
  await replica.close()
  const console = createConsole(machine)
  await console.start()
  const api = createApi({
    request: (method, input) => answer(console.host, method, input),
    subscribe: () => () => undefined,
  })
  return { console, api, conversationId: conversation.id }
}

test('without a server everything held is found, and what is written now as well', async () => {
  const { console, api, conversationId } = await aConsoleWithoutServer('Bestellung 4711-0183')
  const find = (query: string) => api.call('search.find', { query, limit: 20 })
  expect(await find('0183')).toMatchObject({ isComplete: true, total: 1 })
  expect((await find('mueller')).contacts[0]).toMatchObject({ conversationId })

  const { id } = await api.call('note.add', { conversationId, text: 'Rückruf am Freitag' })
  expect((await find('rueckruf')).messages[0]).toMatchObject({ messageId: id, conversationId })
  await console.stop()
  await expect(find('0183')).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a question that is too long is refused', async () => {
  const { console, api } = await aConsoleWithoutServer()
  const asked = api.call('search.find', { query: 'x'.repeat(201), limit: 20 })
  await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  await console.stop()
})
