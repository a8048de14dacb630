import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import type { MediaId } from '../../core/domain/ids.ts'
import { realPlatform, senderDesk, type Chat, type SenderDesk } from '../testing/sender-desk.ts'
import type { Client } from '../whatsapp/client.ts'
import { fetchAgain } from './fetch-again.ts'
import { MediaFiles } from './files.ts'
import { keepUpload } from './keep-upload.ts'
import { rememberMedia } from './remember.ts'
import { thumbnailOf } from './store.ts'
import { createUploadMedia } from './to-whatsapp.ts'
import { startMediaWorker } from './worker.ts'

const soon = { timeout: 15_000, interval: 20 }

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-media-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function mediaDesk() {
  const desk = await senderDesk()
  const folder = await aFolder()
  const files = new MediaFiles(folder)
  const start = (client: Client | undefined = desk.client()) => {
    const worker = startMediaWorker({
      db: desk.db,
      log: desk.log,
      files,
      clock: realPlatform,
      clientFor: () => client,
      report: (bug) => desk.bugs.push(bug),
      waitsMs: [20],
    })
    onTestFinished(() => worker.stop())
    return worker
  }
  return { desk, files, folder, start }
}

type Sent = { type: string; [kind: string]: unknown }
type Remote = { id: string; mime_type: string; sha256: string }

/** The contact sends a file, and we store its message as the intake does. */
async function receive(desk: SenderDesk, chat: Chat, sent: Sent, more: object = {}) {
  const before = desk.sink.values('messages').length
  await desk.control(`/customers/${chat.customerId}/messages`, sent)
  await expect.poll(() => desk.sink.values('messages').length, soon).toBeGreaterThan(before)
  const [heard] = desk.sink.values('messages').slice(before) as { messages: Sent[] }[] // as the webhook has it
  const remote = heard!.messages[0]![sent.type] as Remote // a file of that kind
  const mediaId = realPlatform.newId() as MediaId // made here for this file
  await desk.log.write((tx) =>
    rememberMedia(tx, [
      {
        mediaId,
        numberId: desk.number.id,
        metaMediaId: remote.id,
        mime: remote.mime_type,
        sha256: remote.sha256,
        ...more,
      },
    ]),
  )
  const media = { id: mediaId, mime: remote.mime_type, state: 'pending' as const }
  const message = await desk.hear(chat, { type: 'image', media })
  return { mediaId, messageId: message.id, remote }
}

const row = (desk: SenderDesk, id: string) =>
  desk.db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('a picture a contact sends is here, measured and with a small copy', async () => {
  const { desk, files, start } = await mediaDesk()
  const worker = start()
  const picture = await sharp({
    create: { width: 1200, height: 800, channels: 3, background: '#2f6f4f' },
  })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const image = { base64: picture.toString('base64'), mime_type: 'image/jpeg' }
  const chat = await desk.chat()
  const { mediaId, messageId } = await receive(desk, chat, { type: 'image', image })
  worker.wake()
  await expect.poll(async () => (await desk.message(messageId)).media?.state, soon).toBe('ready')

  const { media } = await desk.message(messageId)
  expect(media).toMatchObject({ width: 800, height: 1200, sizeBytes: picture.length })
  const { sha256 } = await row(desk, mediaId)
  expect(await files.lend(sha256!, (path) => readFile(path))).toEqual(picture)
  const small = await files.lend(thumbnailOf(sha256!), (path) => sharp(path).metadata())
  expect([small.format, small.width, small.height]).toEqual(['webp', 427, 640])
})

test('a file that cannot be had yet is fetched later', async () => {
  const { desk, start } = await mediaDesk()
  const { mediaId, messageId } = await receive(desk, await desk.chat(), {
    type: 'document',
    document: { filename: 'vertrag.pdf' },
  })
  await desk.fault({ kind: 'outage', count: 2 })
  start()
  await expect.poll(async () => (await desk.message(messageId)).media?.state, soon).toBe('ready')
  expect((await row(desk, mediaId)).attempts).toBe(3)
})

test('a file WhatsApp no longer has is given up, and the thread says so', async () => {
  const { desk, start } = await mediaDesk()
  const more = { metaMediaId: '9999999999' }
  const { mediaId, messageId } = await receive(
    desk,
    await desk.chat(),
    { type: 'image', image: {} },
    more,
  )
  start()
  await expect.poll(async () => (await desk.message(messageId)).media?.state, soon).toBe('failed')
  expect(await row(desk, mediaId)).toMatchObject({ state: 'failed', last_error: 'whatsapp' })
})

test('a file that was given up is fetched again when somebody asks, while WhatsApp has it', async () => {
  const { desk, start } = await mediaDesk()
  const sent = { type: 'image', image: {} }
  const { mediaId, messageId } = await receive(desk, await desk.chat(), sent)
  await desk.db
    .updateTable('media')
    .set({ state: 'failed', next_try_at: null, last_error: 'whatsapp' })
    .execute()
  const again = (nowMs: number) => fetchAgain(desk.db, nowMs, [messageId])
  expect(await again(Date.now() + 8 * 86_400_000)).toBe(0)
  expect(await again(Date.now())).toBe(1)
  start()
  await expect.poll(async () => (await desk.message(messageId)).media?.state, soon).toBe('ready')
  expect(await row(desk, mediaId)).toMatchObject({ state: 'ready', attempts: 1 })
  expect(await again(Date.now())).toBe(0)
})

test('what a killed server left half written is removed, what is being written is not', async () => {
  const folder = await aFolder()
  await mkdir(join(folder, 'tmp'))
  const longAgo = new Date(Date.now() - 2 * 3_600_000)
  for (const name of ['old', 'new']) await writeFile(join(folder, 'tmp', name), name)
  await utimes(join(folder, 'tmp', 'old'), longAgo, longAgo)
  await new MediaFiles(folder).clear(Date.now())
  expect(await readdir(join(folder, 'tmp'))).toEqual(['new'])
})

test('bytes that are not those announced are not shown', async () => {
  const { desk, folder, start } = await mediaDesk()
  const more = { sha256: 'ab'.repeat(32) }
  const chat = await desk.chat()
  const { messageId } = await receive(desk, chat, { type: 'image', image: {} }, more)
  start()
  await expect.poll(async () => (await desk.message(messageId)).media?.state, soon).toBe('failed')
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('a file of ours goes to WhatsApp once, and with its message', async () => {
  const { desk, files } = await mediaDesk()
  const picture = await sharp({
    create: { width: 20, height: 10, channels: 3, background: '#fff' },
  })
    .png()
    .toBuffer()
  const deps = { db: desk.db, files, clock: realPlatform }
  const { sha256, ...media } = await keepUpload(deps, {
    bytes: chunks(picture),
    mime: 'image/png',
    fileName: '../../Beleg.png',
    ownerId: desk.user.id,
  })
  expect(media).toMatchObject({ mime: 'image/png', width: 20, height: 10, fileName: 'Beleg.png' })
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)

  let uploads = 0
  const client = desk.client()
  const counting: Client = {
    ...client,
    uploadMedia: (number, file) => {
      uploads += 1
      return client.uploadMedia(number, file)
    },
  }
  desk.sender({ clientFor: () => counting, uploadMedia: createUploadMedia(deps) })
  const chat = await desk.chat()
  const body = { type: 'image', media, text: 'Ihr Beleg' }
  const first = await desk.write(chat, '', { body })
  const second = await desk.write(chat, '', { body })
  await expect.poll(() => desk.status(first), soon).toBe('accepted')
  await expect.poll(() => desk.status(second), soon).toBe('accepted')
  await expect.poll(() => desk.arrived(chat), soon).toHaveLength(2)
  expect(await desk.arrived(chat)).toMatchObject([
    { type: 'image', image: { caption: 'Ihr Beleg' } },
    { type: 'image' },
  ])
  expect(uploads).toBe(1)
})

async function* chunks(bytes: Uint8Array, size = 7): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('only what WhatsApp takes is kept, whatever it is called', async () => {
  const desk = await senderDesk()
  const deps = { db: desk.db, files: new MediaFiles(await aFolder()), clock: realPlatform }
  const keep = (text: string, mime: string) =>
    keepUpload(deps, { bytes: chunks(Buffer.from(text, 'latin1')), mime, ownerId: 'u' })
  await expect(keep('<html>', 'image/png')).rejects.toMatchObject({ code: 'unsupported-media' })
  await expect(keep('<html>', 'text/html')).rejects.toMatchObject({ code: 'unsupported-media' })
  await expect(keep('<svg/>', 'image/svg+xml')).rejects.toMatchObject({
    code: 'unsupported-media',
  })
  await expect(keep('GIF89a', 'image/png')).rejects.toMatchObject({ code: 'unsupported-media' })
  await expect(keep('OggS vorbis', 'audio/ogg')).rejects.toMatchObject({
    code: 'unsupported-media',
  })
  expect(await keep('OggS OpusHead', 'audio/ogg; codecs=opus')).toMatchObject({ state: 'ready' })
  expect(await keep('%PDF-1.7', 'application/octet-stream')).toMatchObject({
    mime: 'application/pdf',
  })
  const jpeg = `\u00ff\u00d8\u00ff${'x'.repeat(5 * 1024 * 1024)}`
  await expect(
    keepUpload(deps, {
      bytes: chunks(Buffer.from(jpeg, 'latin1'), 65_536),
      mime: 'image/jpeg',
      ownerId: 'u',
    }),
  ).rejects.toMatchObject({ code: 'too-large' })
})
