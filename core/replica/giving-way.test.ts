import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MessageId, UserId } from '../domain/ids.ts'
import type { User } from '../domain/people.ts'
import { aConversation, aMessage, anId, aUser } from '../testing/examples.ts'
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts'
import { ConsoleCore } from './console.ts'
import type { HttpRequest, HttpResponse, Machine } from './ports.ts'
import type { FrameRecord } from './records.ts'

/** A computer that several people use one after the other. */

const serverUrl = 'https://kontor.nordwerk.example'
const anna = aUser()
const bela = aUser({ id: anId<UserId>(), email: 'bela@example.org', name: 'Béla' })
const message = aMessage({ text: 'Kanarienvogel' })
const conversation = aConversation({ id: message.conversationId })

function answer(status: number, body: unknown): HttpResponse {
  return {
    status,
    header: () => null,
    json: async () => body,
    text: async () => JSON.stringify(body),
    bytes: async () => Uint8Array.of(1, 2, 3),
  }
}

/** Knows its people by their addresses, and shows files to all. */
async function http({ method, url, body }: HttpRequest): Promise<HttpResponse> {
  const path = url.replace(serverUrl, '')
  if (path === '/.well-known/kontor')
    return answer(200, { product: 'kontor', workspace: 'N', methods: [], needsSetup: false })
  if (path.startsWith('/api/v1/media/')) return answer(200, null)
  if (method !== 'POST' || path !== '/api/v1/sessions')
    return answer(503, { error: { code: 'unavailable', message: 'not now' } })
  const { email } = JSON.parse(String(body)) as { email: string } // from the session below
  const user = [anna, bela].find((one) => one.email === email)
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  return answer(201, { token: 't', refreshToken: 'r', expiresAt, user })
}

async function aComputer() {
  const disks = new Map<string, MemoryDisk>()
  const machine: Machine = {
    platform: {
      nowMs: Date.now,
      newId: anId,
      random: () => 0.5,
      after: () => () => undefined,
    },
    host: 'desktop',
    device: 'linux',
    language: 'de',
    serverUrl,
    isServerManaged: false,
    settings: createMemoryDisk(),
    async replicaDisk(key) {
      const disk = disks.get(key) ?? createMemoryDisk()
      disks.set(key, disk)
      return disk
    },
    connect: () => ({ send: () => undefined, close: () => undefined }),
    http,
    sha256: async (content) => createHash('sha256').update(content).digest('hex'),
    report: (bug) => expect(bug).toBeNull(),
  }
  const core = new ConsoleCore(machine)
  await core.start()
  const diskOf = async (user: User) => {
    const key = (await machine.sha256(`${serverUrl} ${user.id}`)).slice(0, 32)
    return machine.replicaDisk(key) as Promise<MemoryDisk> // made above
  }
  const signIn = async (user: User) => {
    await core.session.signIn(serverUrl, user.email, 'geheim')
    await core.openDesk()
  }
  /** What lies on somebody's disk: names, and whether the customer's words are among it. */
  const left = async (user: User) => {
    const disk = await diskOf(user)
    const { documents, journals } = await disk.list()
    const records = await Promise.all(journals.map((name) => disk.journal(name).read()))
    const all = JSON.stringify([...disk.documents(), records])
    const blobs = (await disk.blobs.list()).map(({ name }) => name)
    return { names: [...documents, ...journals, ...blobs], hasWords: all.includes('Kanarienvogel') }
  }
  return { core, signIn, left }
}

/** Anna at her desk, with a conversation of a customer's and a picture she looked at. */
async function annaAtWork() {
  const computer = await aComputer()
  const { core, signIn } = computer
  await signIn(anna)
  const first: FrameRecord = {
    from: null,
    cursor: { epoch: 'e', seq: { '0': 1 } },
    ...{ lmid: 0, lmuid: null, scopes: ['ws'], del: [], results: [] },
    put: [
      ['conversation', 1, conversation],
      ['message', 1, message],
    ],
  }
  await core.desk.replica.takeFrame(first)
  await core.desk.replica.fold()
  await core.attachments.read(anId(), 'original')
  return computer
}

const note = { conversationId: conversation.id, text: 'Rückruf' }
const draft = {
  conversationId: conversation.id,
  text: 'Guten',
  mode: 'note',
  updatedAtMs: 0,
} as const

test('another person who signs in finds nothing of the one whose session was over', async () => {
  const { core, signIn, left } = await annaAtWork()
  expect(await left(anna)).toMatchObject({ hasWords: true })
  await core.session.end()
  await signIn(bela)
  expect(core.desk.user.id).toBe(bela.id)
  expect(await left(anna)).toEqual({ names: [], hasWords: false })
})

test('the same person who signs in again goes on with what is there', async () => {
  const { core, signIn } = await annaAtWork()
  await core.session.end()
  await signIn(anna)
  expect(core.desk.replica.base.count('message')).toBe(1)
})

test.each([
  [
    'a deed',
    (core: ConsoleCore) => core.desk.replica.keepDeed('note.add', { ...note, id: anId() }),
  ],
  ['a draft', (core: ConsoleCore) => core.desk.replica.putDraft(draft)],
  ['a refusal', refuse],
])(
  'of who leaves with %s unfinished that stays, for them alone, and nothing of the customers',
  async (_, does) => {
    const { core, signIn, left } = await annaAtWork()
    await does(core)
    expect(core.unfinished).toBe(1)
    await core.session.end()
    await signIn(bela)
    expect(core.unfinished).toBe(0)
    const { names, hasWords } = await left(anna)
    expect(hasWords).toBe(false)
    expect(names.filter((name) => /^(?:rows|windows|seen|staging)/.test(name))).toEqual([])

    await core.signOut()
    expect(await left(bela)).toEqual({ names: [], hasWords: false })
    await signIn(anna)
    expect(core.unfinished).toBe(1)
    expect([core.desk.replica.cursor, core.desk.replica.base.count('message')]).toEqual([null, 0])
  },
)

async function refuse({ desk: { replica } }: ConsoleCore): Promise<void> {
  const { muid, mid } = await replica.keepDeed('note.add', { ...note, id: anId<MessageId>() })
  await replica.takeFrame({
    from: replica.cursor,
    cursor: { epoch: 'e', seq: { '0': 2 } },
    ...{ lmid: mid, lmuid: muid, scopes: ['ws'], put: [], del: [] },
    results: [[muid, { ok: false, code: 'forbidden' }]],
  })
}

test('a sign-in that fails sends nobody away', async () => {
  const { core } = await annaAtWork()
  await core.session.end()
  await expect(core.session.signIn(serverUrl, 'x@example.org', 'falsch')).rejects.toThrow()
  expect([core.desk.user.id, core.desk.replica.base.count('message')]).toEqual([anna.id, 1])
})
