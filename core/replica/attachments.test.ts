import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { MediaId } from '../domain/ids.ts'
import { must } from '../lib/must.ts'
import { anId } from '../testing/examples.ts'
import { aFileSeat, aPicture } from '../testing/file-seat.ts'

const megabyte = 1024 * 1024
const soon = { timeout: 5000, interval: 5 }

/** The assertion that looks at every byte takes seconds for megabytes. */
const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b))

async function aSeat() {
  const seat = await aFileSeat()
  onTestFinished(async () => {
    await seat.console.stop()
    expect(seat.bugs).toEqual([])
  })
  return seat
}

test('a photo added and sent without a server is kept, shown, and goes up when there is one', async () => {
  const seat = await aSeat()
  seat.server.isAway = true
  const picture = aPicture()
  const media = await seat.add(picture)
  expect(media).toMatchObject({ state: 'pending', sizeBytes: picture.length, mime: 'image/png' })
  const { id } = await seat.send(media)
  const read = () => seat.api.call('media.read', { mediaId: media.id, size: 'thumbnail' })
  expect(isSame((await read()).bytes, picture)).toBe(true)
  const page = await seat.page()
  expect(page.uploads).toEqual({
    [id]: { sentBytes: 0, sizeBytes: picture.length, code: 'offline' },
  })
  expect(page.messages.at(-1)).toMatchObject({ id, status: 'queued', media: { state: 'ready' } })

  seat.server.isAway = false
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
  const [mediaId, { bytes, sha256 }] = must(seat.server.whole()[0], 'upload')
  expect([mediaId, isSame(bytes, picture)]).toEqual([media.id, true])
  expect(sha256).toBe(createHash('sha256').update(picture).digest('hex'))
  await expect.poll(async () => (await seat.page()).uploads, soon).toEqual({})
})

test('killed between the file and its deed, and after both, nothing is lost and the file goes up once', async () => {
  const seat = await aSeat()
  seat.server.isAway = true
  const picture = aPicture()
  const media = await seat.add(picture)
  await seat.kill()
  const kept = await seat.api.call('media.read', { mediaId: media.id })
  expect(isSame(kept.bytes, picture)).toBe(true)
  await seat.send(media)
  await seat.kill()
  expect((await seat.page()).messages.at(-1)).toMatchObject({ media: { id: media.id } })
  seat.server.isAway = false
  await seat.api.call('link.retry', {})
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
  await expect.poll(async () => (await seat.page()).uploads, soon).toEqual({})
  const { length } = seat.server.asked.filter((asked) => asked === 'PATCH blobs')
  await seat.kill()
  await seat.page()
  expect(seat.server.asked.filter((asked) => asked === 'PATCH blobs')).toHaveLength(length)
})

test('an upload goes on where it was cut, also in another process', async () => {
  const seat = await aSeat()
  seat.server.cutAfter = 1
  const picture = aPicture(5 * megabyte)
  const media = await seat.add(picture)
  await seat.send(media)
  await expect.poll(() => seat.server.uploads.get(media.id)?.bytes.length, soon).toBe(2 * megabyte)
  await seat.kill()
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
  expect(isSame(must(seat.server.whole()[0], 'upload')[1].bytes, picture)).toBe(true)
  expect(seat.server.asked.filter((asked) => asked === 'PATCH blobs')).toHaveLength(5)
})

test('what WhatsApp does not take is said at once, and nothing of it is kept', async () => {
  const seat = await aSeat()
  const text = (words: string) => Uint8Array.from(words, (letter) => letter.charCodeAt(0))
  await expect(seat.add(text('<html>'), 'image/png')).rejects.toMatchObject({
    code: 'unsupported-media',
  })
  await expect(seat.add(text('OggS vorbis'), 'audio/ogg')).rejects.toMatchObject({
    code: 'unsupported-media',
  })
  await expect(seat.add(aPicture(5 * megabyte + 1))).rejects.toMatchObject({ code: 'too-large' })
  await expect(seat.add(new Uint8Array())).rejects.toMatchObject({ code: 'bad-request' })
  seat.disk.isFull = true
  await expect(seat.add()).rejects.toMatchObject({ code: 'disk-full' })
  seat.disk.isFull = false
  expect(await seat.blobs()).toEqual([])
  await seat.add()
  expect(await seat.blobs()).toHaveLength(1)
})

test('the same file twice lies here once, and stays until nobody needs it', async () => {
  const seat = await aSeat()
  seat.server.isAway = true
  const [one, two] = [await seat.add(), await seat.add()]
  expect(one.id).not.toBe(two.id)
  expect(await seat.blobs()).toHaveLength(1)
  await seat.api.call('media.remove', { mediaId: one.id })
  expect(await seat.blobs()).toHaveLength(1)
  await seat.send(two)
  await seat.api.call('media.remove', { mediaId: two.id })
  expect(await seat.blobs()).toHaveLength(1)
})

test('a message taken back stops its upload, and sent again it goes on', async () => {
  const seat = await aSeat()
  seat.server.isAway = true
  const media = await seat.add()
  const { id } = await seat.send(media)
  await seat.api.call('message.dismiss', { messageId: id })
  seat.server.isAway = false
  expect((await seat.page()).messages.find((message) => message.id === id)).toMatchObject({
    status: 'failed',
    error: { code: 'taken-back' },
  })
  await seat.kill()
  await seat.page()
  expect(seat.server.uploads.size).toBe(0)
  await seat.api.call('message.resend', { messageId: id })
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
})

test('a refused file is not tried again, and the thread says why', async () => {
  const seat = await aSeat()
  seat.server.refusal = { status: 415, code: 'unsupported-media' }
  const { id } = await seat.send(await seat.add())
  await expect
    .poll(async () => (await seat.page()).uploads[id]?.code, soon)
    .toBe('unsupported-media')
  seat.server.refusal = null
  await seat.kill()
  await seat.page()
  expect(seat.server.uploads.size).toBe(0)
})

test('what was added after is not held up by what the server has no room for now', async () => {
  const seat = await aSeat()
  seat.server.refusal = { status: 507, code: 'disk-full' }
  const { id } = await seat.send(await seat.add())
  await expect.poll(async () => (await seat.page()).uploads[id]?.code, soon).toBe('disk-full')
  seat.server.refusal = null
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
})

test('a server that was set back to a backup is given the file again', async () => {
  const seat = await aSeat()
  const media = await seat.add()
  const { id } = await seat.send(media)
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
  await expect.poll(async () => (await seat.page()).uploads, soon).toEqual({})
  seat.server.forget()
  const row = must(
    (await seat.page()).messages.find((message) => message.id === id),
    'message',
  )
  await seat.hear([['message', 2, { ...row, status: 'uncertain', media }]], [])
  await expect.poll(() => seat.server.whole().length, soon).toBe(1)
})

test('what was looked at stays readable without a server, and goes with its message', async () => {
  const seat = await aSeat()
  const picture = Uint8Array.of(1, 2, 3)
  const mediaId = anId<MediaId>()
  seat.server.files.set(mediaId, picture)
  const question = must((await seat.page()).messages[0], 'message')
  const media = { id: mediaId, mime: 'image/png', state: 'ready' as const }
  await seat.hear([['message', 2, { ...question, type: 'image', media }]], [])
  const read = () => seat.api.call('media.read', { mediaId, size: 'original' })
  expect(await read()).toMatchObject({ mime: 'image/png', bytes: picture })
  seat.server.isAway = true
  await seat.kill()
  expect(await read()).toMatchObject({ mime: 'image/png', bytes: picture })
  seat.server.isAway = false
  await seat.hear([], [['message', question.id]])
  await expect.poll(() => seat.blobs(), soon).toEqual([])
})

test('a full disk takes back what was only looked at before it refuses what they write', async () => {
  const seat = await aSeat()
  const mediaId = anId<MediaId>()
  seat.server.files.set(mediaId, Uint8Array.of(1, 2, 3))
  await seat.api.call('media.read', { mediaId, size: 'original' })
  const picture = aPicture(1000)
  const media = await seat.add(picture)
  const { disk, conversationId } = seat
  disk.isFull = true
  const note = () => seat.api.call('note.add', { conversationId, text: 'Rückruf' })
  const remove = disk.blobs.remove.bind(disk.blobs)
  disk.blobs.remove = async (name) => {
    await remove(name)
    disk.isFull = false
  }
  await note()
  expect(await seat.blobs()).toHaveLength(1)
  expect((await seat.api.call('media.read', { mediaId: media.id })).bytes).toEqual(picture)
  disk.isFull = true
  await expect(note()).rejects.toMatchObject({ code: 'disk-full' })
})

test('bytes that are not the file’s are asked for once more, and never shown', async () => {
  const seat = await aSeat()
  const mediaId = anId<MediaId>()
  seat.server.files.set(mediaId, Uint8Array.of(1))
  seat.server.isGarbling = true
  const read = () => seat.api.call('media.read', { mediaId, size: 'original' })
  await expect(read()).rejects.toMatchObject({ code: 'conflict' })
  expect(await seat.blobs()).toEqual([])
  seat.server.isGarbling = false
  expect((await read()).bytes).toEqual(Uint8Array.of(1))
})
