import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newConversation, withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MediaId } from '../../core/domain/ids.ts'
import type { Contact } from '../../core/domain/people.ts'
import { aContact, aMessage, aNumber, aTemplate } from '../../core/testing/examples.ts'
import { clock } from '../clock.ts'
import { MediaFiles } from '../media/files.ts'
import { keepUpload } from '../media/keep-upload.ts'
import { testApp } from '../testing/app.ts'
import { messages } from './messages.ts'

const newId = <Id extends string>() => clock.newId() as Id // made here, so it is of that kind
const folder = await mkdtemp(join(tmpdir(), 'kontor-messages-'))
const files = new MediaFiles(folder)
const server = await testApp({
  register: (app, { db, log }) => app.register(messages, { db, log, newId, files }),
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})
const { token } = await server.person('agent')
const number = aNumber({ id: newId(), accountId: '102000000000001' })
const template = aTemplate({ id: newId() })
const order = aTemplate({
  id: newId(),
  metaId: '2',
  name: 'rechnung',
  format: 'NAMED',
  header: { format: 'DOCUMENT' },
  body: 'Guten Tag {{name}}, anbei die Rechnung.',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Danke' },
    { type: 'URL', text: 'Ansehen', url: 'https://nordwerk.example/{{1}}' },
  ],
})
const offer = aTemplate({ id: newId(), metaId: '3', name: 'herbst', category: 'MARKETING' })
const paused = aTemplate({ id: newId(), metaId: '4', name: 'pause', status: 'PAUSED' })
const foreign = aTemplate({ id: newId(), metaId: '5', name: 'fremd', accountId: '9' })
await server.log.write(async (tx) => {
  tx.put({ entity: 'number', row: number })
  for (const row of [template, order, offer, paused, foreign]) tx.put({ entity: 'template', row })
})

async function chat(given: Partial<Contact> = {}, isOpen = true) {
  const contact = aContact({
    id: newId(),
    phone: `+49${Math.floor(1e10 * Math.random())}`,
    ...given,
  })
  const id = newId<ConversationId>()
  const question = aMessage({
    id: newId(),
    conversationId: id,
    numberId: number.id,
    wamid: `wamid.${newId()}`,
    sentAtMs: isOpen ? clock.nowMs() : clock.nowMs() - 25 * 3_600_000,
  })
  await server.log.write(async (tx) => {
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'message', row: question })
    const row = newConversation(id, number.id, contact.id, tx.nowMs)
    tx.put({ entity: 'conversation', row: withMessage(row, question) })
  })
  const path = `/api/v1/conversations/${id}/messages`
  return { id, question, send: (body: object) => server.ask('POST', path, { token, body }) }
}

/** The beginning of an Opus sound, which is all that is looked at here. */
async function aVoice(channels: number): Promise<MediaId> {
  const head = Buffer.concat([
    Buffer.from('OggS'),
    Buffer.alloc(24),
    Buffer.from('OpusHead'),
    Buffer.from([1, channels]),
    Buffer.alloc(400),
  ])
  const upload = {
    bytes: (async function* () {
      yield head
    })(),
    mime: 'audio/ogg',
    ownerId: 'shop',
  }
  const kept = await keepUpload({ db: server.db, files, clock }, upload)
  expect(kept.channels).toBe(channels)
  return kept.id
}

async function aFile(mime: string): Promise<MediaId> {
  const id = newId<MediaId>()
  const none = { meta_media_id: null, number_id: null, claimed_sha256: null, last_error: null }
  const row = { ...none, id, sha256: 'ab', mime, size_bytes: 5, file_name: 'plan.pdf' }
  const more = { width: null, height: null, next_try_at: null, created_at: new Date() }
  await server.db
    .insertInto('media')
    .values({ ...row, ...more, state: 'ready' })
    .execute()
  return id
}

const filled = { type: 'template', name: template.name, language: 'de', params: ['Ada', 'Paket'] }

test('contact cards, things to tap and links without a preview go out as documented', async () => {
  const { send } = await chat()
  const card = { name: { formatted_name: 'Ada Beispiel', first_name: 'Ada' } }
  expect((await send({ type: 'contacts', contacts: [card] })).body).toMatchObject({
    type: 'contacts',
    contacts: [card],
  })
  const interactive = {
    type: 'button',
    header: { type: 'document', document: { id: await aFile('application/pdf') } },
    body: { text: 'Passt das?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'ja', title: 'Ja' } }] },
  }
  expect((await send({ type: 'interactive', interactive })).body).toMatchObject({
    type: 'interactive',
    text: 'Passt das?',
    interactive,
  })
  const plain = { type: 'text', text: 'https://nordwerk.example', hasPreview: false }
  expect((await send(plain)).body).toMatchObject({ hasPreview: false })
})

test('a template goes out filled, whole and as it looked', async () => {
  const { send } = await chat({}, false)
  expect((await send(filled)).body).toMatchObject({
    type: 'template',
    text: 'Guten Tag Ada, zu „Paket“ haben wir eine Antwort.',
    template: {
      id: template.id,
      name: template.name,
      category: 'UTILITY',
      params: ['Ada', 'Paket'],
    },
  })
  const mediaId = await aFile('application/pdf')
  const invoice = {
    ...{ type: 'template', name: 'rechnung', language: 'de', params: { name: 'Ada' } },
    header: { type: 'document', mediaId, fileName: 'RE-1.pdf' },
    buttons: [{ index: 1, value: '4711' }],
  }
  const sent = await send(invoice)
  expect(sent.status).toBe(202)
  expect(sent.body.template).toMatchObject({
    header: { type: 'document', media: { id: mediaId, fileName: 'RE-1.pdf' } },
    buttons: [{ index: 1, type: 'URL', value: '4711' }],
    shown: { buttons: ['Danke', 'Ansehen'] },
  })
})

test.each<[string, object, [number, string, string]]>([
  ['too few values', { ...filled, params: ['Ada'] }, [422, 'template-mismatch', '/body/params/1']],
  [
    'names for numbers',
    { ...filled, params: { a: 'x' } },
    [422, 'template-mismatch', '/body/params'],
  ],
  [
    'a line break in a value',
    { ...filled, params: ['A\nB', 'x'] },
    [422, 'template-mismatch', '/body/params/0'],
  ],
  [
    'a header it has not',
    { ...filled, header: { type: 'text', params: ['x'] } },
    [422, 'template-mismatch', '/body/header/params/0'],
  ],
  [
    'a missing header',
    { ...filled, name: 'rechnung', params: { name: 'Ada' } },
    [422, 'template-mismatch', '/body/header'],
  ],
  ['a name nobody has', { ...filled, name: 'nichts' }, [409, 'template-unavailable', '/body/name']],
  [
    'a language it has not',
    { ...filled, language: 'de_AT' },
    [409, 'template-unavailable', '/body/name'],
  ],
  ['another account’s', { ...filled, name: 'fremd' }, [409, 'template-unavailable', '/body/name']],
  ['a title that is too long', button('x'.repeat(21)), [400, 'bad-request', buttonAt('title')]],
  [
    'a place off the earth',
    { type: 'location', latitude: 91, longitude: 0 },
    [400, 'bad-request', '/body/latitude'],
  ],
  ['no cards', { type: 'contacts', contacts: [] }, [400, 'bad-request', '/body/contacts']],
  ['an unknown type', { type: 'poll' }, [400, 'bad-request', '/body/type']],
])('%s is refused before it leaves, by the name of its field', async (_what, body, expected) => {
  const { id, send } = await chat()
  const { status, body: answer } = await send(body)
  expect([status, answer.error.code, answer.error.details.at]).toEqual(expected)
  const thread = server.db
    .selectFrom('message')
    .select('direction')
    .where('conversation_id', '=', id)
  expect(await thread.execute()).toEqual([{ direction: 'in' }])
})

function button(title: string) {
  const action = { buttons: [{ type: 'reply', reply: { id: 'a', title } }] }
  return { type: 'interactive', interactive: { type: 'button', body: { text: 'Ja?' }, action } }
}

function buttonAt(member: string): string {
  return `/body/interactive/action/buttons/0/reply/${member}`
}

test('who wants no marketing gets none, and what serves them all the same', async () => {
  const marketing = { value: 'stop' as const, atMs: 1 }
  const { send } = await chat({ marketing })
  const refused = await send({ ...filled, name: 'herbst' })
  expect([refused.status, refused.body.error.code]).toEqual([409, 'marketing-stopped'])
  expect((await send(filled)).status).toBe(202)
  const willing = await chat({ marketing: { value: 'resume', atMs: 2 } })
  expect((await willing.send({ ...filled, name: 'herbst' })).status).toBe(202)
})

test('a paused template is not taken, and its state is told', async () => {
  const { send } = await chat()
  expect((await send({ ...filled, name: 'pause' })).body.error).toMatchObject({
    code: 'template-unavailable',
    details: { reason: 'paused', status: 'PAUSED' },
  })
})

test('outside the window only a template goes, and later counts as outside', async () => {
  const closed = await chat({}, false)
  expect((await closed.send({ type: 'text', text: 'x' })).body.error.code).toBe('window-closed')
  expect((await closed.send(button('Ja'))).body.error.code).toBe('window-closed')
  const open = await chat()
  const inTwoDays = new Date(clock.nowMs() + 48 * 3_600_000).toISOString()
  const late = await open.send({ type: 'text', text: 'x', sendAt: inTwoDays })
  expect(late.body.error.code).toBe('window-closed')
  const soon = new Date(clock.nowMs() + 3_600_000).toISOString()
  expect((await open.send({ type: 'text', text: 'x', sendAt: soon })).body).toMatchObject({
    status: 'queued',
    sendAt: soon,
  })
  expect((await open.send({ ...filled, sendAt: inTwoDays })).body.sendAt).toBe(inTwoDays)
})

test('a voice note is Opus with one channel; as a sound, two are no trouble', async () => {
  const { send } = await chat()
  const [mono, stereo] = [await aVoice(1), await aVoice(2)]
  const voice = { type: 'audio', isVoice: true }
  expect((await send({ ...voice, mediaId: mono })).body.media).toMatchObject({ isVoice: true })
  const refused = await send({ ...voice, mediaId: stereo })
  expect([refused.status, refused.body.error.code]).toEqual([415, 'unsupported-media'])
  expect(refused.body.error.details.at).toBe('/body/media')
  expect((await send({ type: 'audio', mediaId: stereo })).status).toBe(202)
})

test('a file goes out only as what WhatsApp takes it as', async () => {
  const { send } = await chat()
  const mediaId = await aFile('audio/mpeg')
  expect((await send({ type: 'audio', mediaId })).status).toBe(202)
  expect((await send({ type: 'image', mediaId })).body.error.code).toBe('unsupported-media')
  expect((await send({ type: 'audio', mediaId: newId() })).body.error.code).toBe('not-found')
})
