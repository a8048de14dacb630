import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { MediaFiles } from '../media/files.ts'
import { testApp } from '../testing/app.ts'
import { media } from './media.ts'

const folder = await mkdtemp(join(tmpdir(), 'kontor-media-api-'))
const files = new MediaFiles(folder)
const server = await testApp({
  register: (app, { db }) => app.register(media, { db, files, clock }),
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})
const { token } = await server.person('agent')
const drawn = await sharp({
  create: { width: 900, height: 300, channels: 3, background: '#123456' },
})
  .png()
  .toBuffer()
const picture = Buffer.from(drawn)

async function upload(bytes: Uint8Array<ArrayBuffer> | string, type: string, name = 'Bild ä.png') {
  const form = new FormData()
  form.set('file', new File([bytes], name, { type }))
  const response = await fetch(`${server.url}/api/v1/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })

  return { status: response.status, body: await response.json() }
}
const download = (id: string, headers: object = {}, query = '') =>
  fetch(`${server.url}/api/v1/media/${id}${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })

test('a file goes up and comes down as it was', async () => {
  const { status, body } = await upload(picture, 'image/png')
  expect(status).toBe(201)
  expect(body).toMatchObject({
    mime: 'image/png',
    sizeBytes: picture.length,
    width: 900,
    height: 300,
    fileName: 'Bild ä.png',
  })
  const whole = await download(body.id)
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(picture)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'content-disposition': expect.stringMatching(/^inline; .*filename\*=UTF-8''Bild%20%C3%A4/),
  })
  const etag = whole.headers.get('etag')
  expect((await download(body.id, { 'if-none-match': etag })).status).toBe(304)
  const small = await download(body.id, {}, '?size=thumbnail')
  expect(small.headers.get('content-type')).toBe('image/webp')
  const measured = await sharp(Buffer.from(await small.arrayBuffer())).metadata()
  expect(measured.width).toBe(640)
})

describe('a part of a file', () => {
  test.each([
    ['bytes=0-3', 206, 'bytes 0-3/', picture.subarray(0, 4)],
    ['bytes=10-', 206, 'bytes 10-', picture.subarray(10)],
    ['bytes=-5', 206, 'bytes ', picture.subarray(-5)],
    ['bytes=0-999999999', 206, 'bytes 0-', picture],
    ['bytes=999999999-', 416, 'bytes */', Buffer.alloc(0)],
    ['bytes=5-2', 200, null, picture],
    ['bytes=0-1,3-4', 200, null, picture],
    ['lines=1-2', 200, null, picture],
  ])('%s', async (range, status, shown, expected) => {
    const { body } = await upload(picture, 'image/png')
    const answer = await download(body.id, { range })
    expect(answer.status).toBe(status)
    const contentRange = answer.headers.get('content-range')
    if (shown === null) expect(contentRange).toBeNull()
    else expect(contentRange).toContain(shown)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(expected)
  })
})

test('a part is only given of the file whose beginning one has', async () => {
  const { body } = await upload(picture, 'image/png')
  const etag = (await download(body.id)).headers.get('etag')!
  const same = await download(body.id, { range: 'bytes=4-7', 'if-range': etag })
  expect([same.status, await same.text()]).toEqual([206, picture.toString('utf8', 4, 8)])
  const other = await download(body.id, { range: 'bytes=4-7', 'if-range': '"other"' })
  expect([other.status, Buffer.from(await other.arrayBuffer())]).toEqual([200, picture])
})

test('whoever asks for the head alone learns size and type', async () => {
  const { body } = await upload(picture, 'image/png')
  const head = await fetch(`${server.url}/api/v1/media/${body.id}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
  })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(picture.length)])
})

test('what is no picture is saved, not shown', async () => {
  const { body } = await upload('%PDF-1.4 …', 'application/pdf', 'a.pdf')
  const answer = await download(body.id)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="a.pdf"/)
})

test('a page that came as a picture is never shown', async () => {
  const id = clock.newId()
  const kept = await files.take(
    Readable.from([Buffer.from('<svg onload="alert(1)"/>')]),
    () => 1000,
    async () => ({ hasThumbnail: false }),
  )
  await server.db
    .insertInto('media')
    .values({
      id,
      meta_media_id: '1',
      number_id: null,
      claimed_sha256: null,
      sha256: kept.sha256,
      mime: 'image/svg+xml',
      size_bytes: kept.sizeBytes,
      file_name: 'x.svg',
      width: null,
      height: null,
      state: 'ready',
      next_try_at: null,
      last_error: null,
      created_at: new Date(),
    })
    .execute()
  const answer = await download(id)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
})

test('what WhatsApp does not take is refused, and nothing of it stays half written', async () => {
  const wrong = await upload('MZ', 'application/x-msdownload', 'a.exe')
  expect([wrong.status, wrong.body.error.code]).toEqual([415, 'unsupported-media'])
  const large = await upload(Buffer.concat([picture, Buffer.alloc(6_000_000)]), 'image/png')
  expect([large.status, large.body.error.code]).toEqual([413, 'too-large'])
  const none = await server.ask('POST', '/api/v1/media', { token, body: {} })
  expect(none.body.error.code).toBe('bad-request')
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('files are for those who signed in', async () => {
  const { body } = await upload(picture, 'image/png')
  expect((await fetch(`${server.url}/api/v1/media/${body.id}`)).status).toBe(401)
  const key = await server.key(['read-numbers'])
  expect((await server.ask('GET', `/api/v1/media/${body.id}`, { token: key })).status).toBe(403)
  expect((await download(clock.newId())).status).toBe(404)
})
