import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import type { MediaId, UserId } from '../../core/domain/ids.ts'
import type { Media } from '../../core/domain/message.ts'
import { MediaFiles } from '../media/files.ts'
import { createUploadMedia } from '../media/to-whatsapp.ts'
import { Uploads } from '../media/uploads.ts'
import { realPlatform, senderDesk } from '../testing/sender-desk.ts'
import { disownOlderEpochs, sweep } from './sweep.ts'

const soon = { timeout: 10_000, interval: 20 }

/** A desk where files come in pieces, and a picture that is to come. */
async function uploadDesk() {
  const desk = await senderDesk()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-waiting-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const files = new MediaFiles(folder)
  const deps = { db: desk.db, log: desk.log, files, clock: realPlatform }
  const sender = desk.sender({ uploadMedia: createUploadMedia(deps) })
  const uploads = new Uploads(deps, () => sender.wake())
  const hue = { r: Math.floor(Math.random() * 256), g: Math.floor(Math.random() * 256), b: 7 }
  const picture = await sharp({
    create: { width: 20, height: 10, channels: 3, background: hue },
  })
    .png()
    .toBuffer()
  const id = realPlatform.newId() as MediaId // made here for this file
  const media: Media = { id, mime: 'image/png', sizeBytes: picture.length, state: 'pending' }
  const upload = async (bytes = picture, mime = 'image/png') => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await uploads.begin(desk.user.id, { id, sizeBytes: bytes.length, mime, sha256 })
    await uploads.append(id, [bytes] as unknown as AsyncIterable<Uint8Array>) // for await takes both
    await uploads.finish(id)
  }
  return { desk, uploads, media, upload }
}
const imageOf = (media: Media) => ({ body: { type: 'image', media } })

test('a message waits for its file at the head of its author’s own, and all leave in order when it is here', async () => {
  const { desk, media, upload } = await uploadDesk()
  const chat = await desk.chat()
  const other = await desk.chat('Bo Beispiel')
  const photo = await desk.write(chat, '', imageOf({ ...media, state: 'ready' }))
  const behind = await desk.write(chat, 'Das ist es.')
  const elsewhere = await desk.write(other, 'Guten Tag')
  await expect.poll(() => desk.status(elsewhere), soon).toBe('accepted')
  expect(await desk.outbox(photo)).toMatchObject({ state: 'waiting_upload', attempt: 0 })
  expect(await desk.outbox(behind)).toMatchObject({ state: 'queued', attempt: 0 })
  expect((await desk.message(photo)).media).toMatchObject({ state: 'pending' })

  await upload()
  await expect.poll(() => desk.status(behind), soon).toBe('accepted')
  expect(await desk.message(photo)).toMatchObject({
    status: 'accepted',
    media: { state: 'ready', width: 20, height: 10 },
  })
  await expect
    .poll(() => desk.arrived(chat), soon)
    .toMatchObject([{ type: 'image' }, { type: 'text' }])
})

test('a colleague’s words do not wait for somebody else’s file', async () => {
  const { desk, media } = await uploadDesk()
  const chat = await desk.chat()
  const photo = await desk.write(chat, '', imageOf(media))
  const author = { kind: 'agent' as const, id: realPlatform.newId() as UserId, name: 'Bea' }
  const reply = await desk.queue(chat, { author })
  await expect.poll(() => desk.status(reply), soon).toBe('accepted')
  expect(await desk.status(photo)).toBe('queued')
})

test('a file that was here before its message holds nothing up', async () => {
  const { desk, media, upload } = await uploadDesk()
  await upload()
  const id = await desk.write(await desk.chat(), '', imageOf(media))
  await expect.poll(() => desk.status(id), soon).toBe('accepted')
  expect((await desk.message(id)).media).toMatchObject({ state: 'ready' })
})

test('a file that cannot be sent fails its message, whichever came first', async () => {
  const { desk, media, upload } = await uploadDesk()
  const chat = await desk.chat()
  const photo = await desk.write(chat, '', imageOf(media))
  await expect(upload(Buffer.from('<html>'))).rejects.toMatchObject({ code: 'unsupported-media' })
  const late = await desk.write(chat, '', imageOf(media))
  for (const id of [photo, late]) {
    expect(await desk.message(id)).toMatchObject({
      status: 'failed',
      error: { code: 'unsupported-media' },
    })
    expect(await desk.outbox(id)).toMatchObject({ state: 'failed' })
  }
})

test('a message whose file is still on its way can be taken back, and does not leave when it comes', async () => {
  const { desk, media, upload } = await uploadDesk()
  const chat = await desk.chat()
  const photo = await desk.write(chat, '', imageOf(media))
  await desk.act('message.dismiss', { id: photo })
  expect(await desk.message(photo)).toMatchObject({
    status: 'failed',
    error: { code: 'taken-back' },
  })
  expect(await desk.outbox(photo)).toMatchObject({ state: 'dismissed' })
  await upload()
  const behind = await desk.write(chat, 'Guten Tag')
  await expect.poll(() => desk.status(behind), soon).toBe('accepted')
  expect(await desk.arrived(chat)).toMatchObject([{ type: 'text' }])
  await expect(desk.act('message.dismiss', { id: behind })).rejects.toThrow('conflict')
})

test('a file that does not come within a day fails its message', async () => {
  const { desk, media } = await uploadDesk()
  const photo = await desk.write(await desk.chat(), '', imageOf(media))
  const { expires_at } = (await desk.outbox(photo))!
  expect(expires_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000)
  await desk.db
    .updateTable('outbox')
    .set({ expires_at: new Date() })
    .where('id', '=', photo)
    .execute()
  await sweep(desk.log, 1000)
  expect(await desk.message(photo)).toMatchObject({
    status: 'failed',
    error: { code: 'file-missing' },
  })
})

test('after a restore nobody knows whether what waited has left', async () => {
  const { desk, media } = await uploadDesk()
  const photo = await desk.write(await desk.chat(), '', imageOf(media))
  await desk.newEpoch()
  await disownOlderEpochs(desk.log)
  expect(await desk.status(photo)).toBe('uncertain')
})
