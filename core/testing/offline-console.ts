import { createApi } from '../contract/client.ts'
import { answer } from '../contract/host.ts'
import type { MutationId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import { createConsole } from '../replica/console.ts'
import type { Disk, Machine } from '../replica/ports.ts'
import { Replica } from '../replica/replica.ts'
import { after, aContact, aConversation, aMessage, anId, aUser } from './examples.ts'
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts'

const anna = aUser()

/**
 * A console that was signed in and is started again where no server can be reached.
 *
 * @param texts of the messages in the one conversation it holds
 * @param later the disk as it is from then on
 */
export async function anOfflineConsole(
  texts: readonly string[],
  later: (disk: MemoryDisk) => Disk = (disk) => disk,
) {
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
    device: 'linux',
    language: 'de',
    serverUrl: null,
    isServerManaged: false,
    settings,
    replicaDisk: async () => later(disk),
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
  await replica.fold()
  await replica.close()
  const console = createConsole(machine)
  await console.start()
  const api = createApi({
    request: (method, input) => answer(console.host, method, input),
    subscribe: () => () => undefined,
  })
  return { console, api, conversationId: conversation.id }
}
