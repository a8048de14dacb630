import { createHash } from 'node:crypto'
import { createApi } from '../contract/client.ts'
import { answer } from '../contract/host.ts'
import type { ThreadPage } from '../contract/views.ts'
import type { MessageId, MutationId } from '../domain/ids.ts'
import type { Media } from '../domain/message.ts'
import type { Down, Put } from '../protocol/down.ts'
import { createConsole } from '../replica/console.ts'
import type { Machine, SocketEvents } from '../replica/ports.ts'
import type { FrameRecord } from '../replica/records.ts'
import { Replica } from '../replica/replica.ts'
import { after, aContact, aConversation, aMessage, anId, aUser } from './examples.ts'
import { createMemoryDisk } from './memory-disk.ts'
import { createUploadServer } from './upload-server.ts'

const anna = aUser()
const megabyte = 1024 * 1024

/** A picture of this size as its first bytes say, and of no other. */
export function aPicture(sizeBytes = 3 * megabyte): Uint8Array {
  const bytes = new Uint8Array(sizeBytes).map((_, at) => (at * 31 + sizeBytes) % 251)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return bytes
}

/** A signed-in console with one open conversation, whose server takes files and knows nothing of sync. */
export async function aFileSeat() {
  const [settings, disk] = [createMemoryDisk(), createMemoryDisk()]
  const server = createUploadServer((bytes) => createHash('sha256').update(bytes).digest('hex'))
  const bugs: unknown[] = []
  let process = 0
  let line: SocketEvents | null = null
  const place = { from: 1 }
  const machineOf = (): Machine => {
    const own = (process += 1)
    return {
      platform: {
        nowMs: Date.now,
        newId: anId,
        random: () => 0.01,
        after: (delayMs, callback) => {
          const timer = setTimeout(() => own === process && callback(), delayMs)
          return () => clearTimeout(timer)
        },
      },
      host: 'desktop',
      device: 'linux',
      language: 'de',
      serverUrl: null,
      isServerManaged: false,
      settings,
      replicaDisk: async () => disk,
      connect: (_url, events) => {
        if (own === process) line = events
        setTimeout(() => events.opened(), 0)
        return { send: () => undefined, close: () => undefined }
      },
      http: (request) =>
        own === process ? server.http(request) : new Promise<never>(() => undefined),
      sha256: async (content) => createHash('sha256').update(content).digest('hex'),
      report: (bug) => bugs.push(bug),
    }
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
  const question = aMessage({ conversationId: conversation.id, ord: 1, sentAtMs: Date.now() })
  const first: FrameRecord = {
    from: null,
    cursor: { epoch: 'e', seq: { '0': 1 } },
    lmid: 0,
    lmuid: null,
    scopes: ['ws'],
    put: [
      ['user', 1, anna],
      ['contact', 1, contact],
      ['conversation', 1, after(conversation, question)],
      ['message', 1, question],
    ],
    del: [],
    results: [] as [MutationId, never][],
  }
  const replica = await Replica.open(disk, machineOf().platform)
  await replica.takeFrame(first)
  await replica.fold()
  await replica.close()

  const sit = async () => {
    const console = createConsole(machineOf())
    await console.start()
    const api = createApi({
      request: (method, input) => answer(console.host, method, input),
      subscribe: () => () => undefined,
    })
    return { console, api }
  }
  const conversationId = conversation.id
  const seat = {
    ...(await sit()),
    server,
    disk,
    bugs,
    conversationId,
    /** The process dies at once; the disk keeps what was durable. */
    async kill(): Promise<void> {
      disk.crash()
      line = null
      place.from = 1 // later frames were not durable
      Object.assign(seat, await sit())
    },
    /** The server says hello and sends one frame, after whatever it sent before. */
    async hear(put: Put[], del: FrameRecord['del']): Promise<void> {
      while (line === null) {
        await seat.api.call('link.retry', {})
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      const ack = { lmid: 0, lmuid: null }
      const say = (down: Down) => line?.heard(JSON.stringify(down))
      const welcome = { proto: 2, session: 's', epoch: 'e', mode: 'delta' as const, ...ack }
      say(['welcome', { ...welcome, nowMs: Date.now(), heartbeatMs: 25_000, user: anna.id }])
      const cursorAt = (seq: number) => ({ epoch: 'e', seq: { '0': seq } })
      const [from, cursor] = [cursorAt(place.from), cursorAt((place.from += 1))]
      say(['frame', { f: 1, from, cursor, ...ack, scopes: ['ws'], put, del, results: [] }])
    },
    add: (bytes = aPicture(), mime = 'image/png'): Promise<Media> =>
      seat.api.call('media.add', { bytes, mime, fileName: 'Übergabe.png' }),
    send: async (media: Media): Promise<{ id: MessageId }> =>
      seat.api.call('message.send', {
        conversationId,
        body: { type: 'image', media },
        basedOn: question.id,
      }),
    page: (): Promise<ThreadPage> => seat.api.call('thread.page', { conversationId, limit: 20 }),
    blobs: async () => (await disk.blobs.list()).map(({ name }) => name),
  }
  return seat
}
