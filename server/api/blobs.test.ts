import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { MediaFiles } from '../media/files.ts'
import { forgottenAfterMs, Uploads } from '../media/uploads.ts'
import { testApp } from '../testing/app.ts'
import { blobs } from './blobs.ts'
import { media } from './media.ts'

const folder = await mkdtemp(join(tmpdir(), 'kontor-blobs-'))
const files = new MediaFiles(folder)
let uploads: Uploads | undefined
const time = { aheadMs: 0 }
const movable = { ...clock, nowMs: () => clock.nowMs() + time.aheadMs }
const server = await testApp({
  async register(app, { db, log }) {
    uploads = new Uploads({ db, log, files, clock: movable }, () => undefined)
    await app.register(media, { db, files, clock })
    await app.register(blobs, { uploads, clock })
  },
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})
const { token } = await server.person('agent')
const other = await server.person('agent')

/** A picture that no other test has. */
async function aPicture(): Promise<Buffer> {
  const raw = { width: 220, height: 100, channels: 3 as const }
  return sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .png()
    .toBuffer()
}
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const encoded = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

type Asked = { token?: string; headers?: Record<string, string>; body?: Buffer }

async function ask(method: string, path: string, asked: Asked = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${asked.token ?? token}`,
      'tus-resumable': '1.0.0',
      ...asked.headers,
    },
    ...(asked.body === undefined ? {} : { body: new Uint8Array(asked.body) }),
  })
  const text = await answer.text()
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : text
  return { status: answer.status, headers: answer.headers, body }
}

function begin(bytes: Buffer, metadata: Record<string, string> = {}, as = token) {
  const facts = { filename: 'Bild ä.png', filetype: 'image/png', sha256: hashOf(bytes) }
  return ask('POST', '/api/v1/blobs', {
    token: as,
    headers: {
      'upload-length': String(bytes.length),
      'upload-metadata': encoded({ ...facts, ...metadata }),
    },
  })
}
function send(path: string, offset: number, body: Buffer, as = token) {
  const type = 'application/offset+octet-stream'
  const headers = { 'upload-offset': String(offset), 'content-type': type }
  return ask('PATCH', path, { token: as, headers, body })
}
const placeOf = (answer: { headers: Headers }) => answer.headers.get('location')!
const codeIn = ({ body }: { body: unknown }) => (body as { error?: { code: string } }).error?.code
const offsetAt = async (path: string) =>
  Number((await ask('HEAD', path)).headers.get('upload-offset'))

test('a file goes up in pieces, each at the offset the server names, and is a file like any other', async () => {
  const picture = await aPicture()
  const mediaId = clock.newId()
  const begun = await begin(picture, { mediaId })
  expect([begun.status, placeOf(begun)]).toEqual([201, `/api/v1/blobs/${mediaId}`])
  expect(new Date(begun.headers.get('upload-expires')!).getTime()).toBeGreaterThan(Date.now())
  expect(await offsetAt(placeOf(begun))).toBe(0)
  const first = await send(placeOf(begun), 0, picture.subarray(0, 1000))
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '1000'])
  expect((await send(placeOf(begun), 500, picture.subarray(500))).status).toBe(409)
  expect(await offsetAt(placeOf(begun))).toBe(1000)
  expect((await ask('GET', placeOf(begun))).status).toBe(404)
  const last = await send(placeOf(begun), 1000, picture.subarray(1000))
  expect(last.status).toBe(204)

  expect((await ask('GET', placeOf(begun))).body).toEqual({
    id: mediaId,
    mime: 'image/png',
    sizeBytes: picture.length,
    sha256: hashOf(picture),
    fileName: 'Bild ä.png',
    width: 220,
    height: 100,
  })
  const whole = await fetch(`${server.url}/api/v1/media/${mediaId}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(picture)
  // Whoever did not hear the last answer learns that it is here.
  expect(await offsetAt(placeOf(begun))).toBe(picture.length)
  expect((await begin(picture, { mediaId })).status).toBe(200)
  expect(await readdir(files.uploads)).toEqual([])
})

test('a piece that was cut counts as far as it came', async () => {
  const picture = await aPicture()
  const path = placeOf(await begin(picture))
  const arrived = new Promise<void>((resolve) => {
    const cut = request(`${server.url}${path}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': picture.length,
      },
    })
    cut.on('error', () => resolve())
    cut.write(picture.subarray(0, 20_000), () => setTimeout(() => cut.destroy(), 50))
  })
  await arrived
  await expect.poll(() => offsetAt(path)).toBe(20_000)
  expect((await send(path, 20_000, picture.subarray(20_000))).status).toBe(204)
  expect((await ask('GET', path)).body).toMatchObject({ sha256: hashOf(picture) })
})

test('other bytes than those announced are refused, and the right ones may come after them', async () => {
  const picture = await aPicture()
  const mediaId = clock.newId()
  const path = placeOf(await begin(picture, { mediaId }))
  const wrong = await send(path, 0, Buffer.alloc(picture.length, 1))
  expect([wrong.status, codeIn(wrong)]).toEqual([409, 'conflict'])
  expect((await ask('HEAD', path)).status).toBe(404)
  expect((await ask('GET', path)).status).toBe(404)
  expect(placeOf(await begin(picture, { mediaId }))).toBe(path)
  expect((await send(path, 0, picture)).status).toBe(204)
})

test('what WhatsApp does not take is refused, and stays refused', async () => {
  const program = Buffer.from(`MZ${'\0'.repeat(100)}${clock.newId()}`)
  const mediaId = clock.newId()
  const path = placeOf(await begin(program, { mediaId, filetype: 'image/png' }))
  const refused = await send(path, 0, program)
  expect([refused.status, codeIn(refused)]).toEqual([415, 'unsupported-media'])
  const again = await begin(program, { mediaId, filetype: 'image/png' })
  expect([again.status, codeIn(again)]).toEqual([415, 'unsupported-media'])
  expect(await readdir(files.uploads)).toEqual([])
})

test('too large, empty and unreadable announcements are refused before a byte is sent', async () => {
  const announce = (headers: Record<string, string>) => ask('POST', '/api/v1/blobs', { headers })
  const sized = (length: string) => announce({ 'upload-length': length })
  const tooLarge = await sized(String(100 * 1024 * 1024 + 1))
  expect([tooLarge.status, codeIn(tooLarge)]).toEqual([413, 'too-large'])
  expect((await sized('0')).status).toBe(400)
  expect((await sized('-1')).status).toBe(400)
  expect((await announce({})).status).toBe(400)
  for (const metadata of ['a b c', encoded({ sha256: 'no' }), encoded({ mediaId: '../../etc' })]) {
    const answer = await announce({ 'upload-length': '5', 'upload-metadata': metadata })
    expect([answer.status, codeIn(answer)]).toEqual([400, 'bad-request'])
  }
  const authorization = `Bearer ${token}`
  const plain = await fetch(`${server.url}/api/v1/blobs`, {
    method: 'POST',
    headers: { authorization },
  })
  expect(plain.status).toBe(412)
})

test('an upload is its owner’s alone', async () => {
  const picture = await aPicture()
  const mediaId = clock.newId()
  const path = placeOf(await begin(picture, { mediaId }))
  for (const method of ['HEAD', 'GET', 'DELETE']) {
    expect((await ask(method, path, { token: other.token })).status).toBe(404)
  }
  expect((await send(path, 0, picture, other.token)).status).toBe(404)
  const taken = await begin(picture, { mediaId }, other.token)
  expect([taken.status, codeIn(taken)]).toEqual([409, 'already-exists'])
  expect((await send(path, 0, picture)).status).toBe(204)
  expect((await begin(picture, { mediaId }, other.token)).status).toBe(409)
})

test('who uploaded a file once need not send it again; knowing its hash is not enough', async () => {
  const picture = await aPicture()
  await send(placeOf(await begin(picture)), 0, picture)
  const mediaId = clock.newId()
  const again = await begin(picture, { mediaId, filename: 'noch einmal.png' })
  expect(again.status).toBe(200)
  expect(again.body).toMatchObject({ id: mediaId, fileName: 'noch einmal.png', width: 220 })
  expect((await begin(picture, {}, other.token)).status).toBe(201)
})

test('keys need the scope, and everybody a token', async () => {
  const picture = await aPicture()
  const reader = await server.key(['read-conversations'])
  expect((await begin(picture, {}, reader)).status).toBe(403)
  expect((await begin(picture, {}, 'nobody')).status).toBe(401)
  const writer = await server.key(['add-media'])
  const path = placeOf(await begin(picture, {}, writer))
  expect((await send(path, 0, picture, writer)).status).toBe(204)
  const offered = await fetch(`${server.url}/api/v1/blobs`, { method: 'OPTIONS' })
  expect(offered.headers.get('tus-extension')).toContain('creation')
  expect(offered.headers.get('access-control-allow-origin')).toBeNull()
})

test('an upload can be called off, and one that nobody goes on with is forgotten', async () => {
  const picture = await aPicture()
  const path = placeOf(await begin(picture))
  await send(path, 0, picture.subarray(0, 100))
  expect((await ask('DELETE', path)).status).toBe(204)
  expect((await ask('HEAD', path)).status).toBe(404)

  const left = placeOf(await begin(picture))
  await send(left, 0, picture.subarray(0, 100))
  await uploads?.clear()
  expect(await offsetAt(left)).toBe(100)
  time.aheadMs = forgottenAfterMs + 1000
  await uploads?.clear()
  expect((await ask('HEAD', left)).status).toBe(404)
  expect(await readdir(files.uploads)).toEqual([])
  time.aheadMs = 0
})

test('a file whose last piece came before the server died is taken in when somebody asks', async () => {
  const picture = await aPicture()
  const path = placeOf(await begin(picture))
  const id = path.split('/').at(-1)!
  await uploads?.append(
    id,
    (async function* () {
      yield picture
    })(),
  )
  expect(await offsetAt(path)).toBe(picture.length)
  expect((await ask('GET', path)).body).toMatchObject({ sha256: hashOf(picture) })
})
