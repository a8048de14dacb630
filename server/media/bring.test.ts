import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { MediaId, NumberId } from '../../core/domain/ids.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { realPlatform } from '../testing/sender-desk.ts'
import { createClient } from '../whatsapp/client.ts'
import { MediaFiles } from './files.ts'
import { hexOf, rememberMedia } from './remember.ts'
import { startMediaWorker } from './worker.ts'

const { db } = await testDatabase()
const log = createLog(db, { nowMs: Date.now })
const numberId = realPlatform.newId() as NumberId // made here for this number
beforeAll(async () => {
  await prepareLane(db, () => realPlatform.newId())
  const row: OwnNumber = { id: numberId, phoneNumberId: '106', health: 'ok' }
  await log.write(async (tx) => tx.put({ entity: 'number', row }))
})

type Node = { sha256?: string; file_size?: number | string }

/** A Graph that knows one file; `answers` come before it, for the address in the webhook and the one it gives. */
async function aGraph(
  bytes: Buffer,
  node: Node = {},
  answers: [status: number, bytes: Buffer][] = [],
) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path.startsWith('/v25.0/file')) {
      const body = { url: `${url}/cdn/asked`, ...node }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return
    }
    const [status, content] = answers.shift() ?? [200, bytes]
    response.writeHead(status).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  return { url, asked }
}

/** Remembers the file as the intake does and works until it is here or given up. */
async function bringFrom(
  graphUrl: string,
  file: { mime: string; sha256?: string; url?: string },
  aged = 0,
) {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-bring-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const files = new MediaFiles(folder)
  const mediaId = realPlatform.newId() as MediaId // made here for this file
  await log.write((tx) => rememberMedia(tx, [{ mediaId, numberId, metaMediaId: 'file', ...file }]))
  await db
    .updateTable('media')
    .set({ created_at: new Date(Date.now() - aged) })
    .where('id', '=', mediaId)
    .execute()
  const client = createClient({ graphUrl, version: 'v25.0', token: 'token' })
  const bugs: unknown[] = []
  const worker = startMediaWorker({
    db,
    log,
    files,
    clock: realPlatform,
    clientFor: () => client,
    report: (bug) => bugs.push(bug),
    waitsMs: [5],
  })
  const read = () =>
    db.selectFrom('media').selectAll().where('id', '=', mediaId).executeTakeFirstOrThrow()
  await expect.poll(async () => (await read()).state, { timeout: 10_000 }).not.toBe('pending')
  await worker.stop()
  expect(bugs).toEqual([])
  return { files, row: await read() }
}

const hash = (bytes: Buffer, form: 'hex' | 'base64') =>
  createHash('sha256').update(bytes).digest(form)
const note = Buffer.from('Guten Tag')

test('while the webhook’s own address is fresh, nothing else is asked', async () => {
  const graph = await aGraph(note)
  const file = { mime: 'text/plain', sha256: hash(note, 'base64'), url: `${graph.url}/cdn/told` }
  expect((await bringFrom(graph.url, file)).row).toMatchObject({ state: 'ready', url: null })
  expect(graph.asked).toEqual(['/cdn/told'])
})

test('an address that has expired, fails or is not WhatsApp’s costs one more question', async () => {
  const tooOld = await aGraph(note)
  await bringFrom(tooOld.url, { mime: 'text/plain', url: `${tooOld.url}/cdn/told` }, 290_000)
  expect(tooOld.asked).toEqual(['/v25.0/file?phone_number_id=106', '/cdn/asked'])
  const gone = await aGraph(note, {}, [[404, Buffer.from('gone')]])
  const { row } = await bringFrom(gone.url, { mime: 'text/plain', url: `${gone.url}/cdn/told` })
  expect(gone.asked).toEqual(['/cdn/told', '/v25.0/file?phone_number_id=106', '/cdn/asked'])
  expect(row).toMatchObject({ state: 'ready', attempts: 1 })
  const foreign = await aGraph(note)
  await bringFrom(foreign.url, { mime: 'text/plain', url: 'http://169.254.169.254/latest' })
  expect(foreign.asked).toEqual(['/v25.0/file?phone_number_id=106', '/cdn/asked'])
})

test('a hash counts in hex and in base64; what is no hash says nothing', async () => {
  expect(hexOf(hash(note, 'base64'))).toBe(hash(note, 'hex'))
  expect(hexOf(hash(note, 'hex').toUpperCase())).toBe(hash(note, 'hex'))
  expect([hexOf('unknown'), hexOf(''), hexOf(undefined)]).toEqual([undefined, undefined, undefined])
  const graph = await aGraph(note, { sha256: hash(note, 'hex'), file_size: '9' })
  expect((await bringFrom(graph.url, { mime: 'text/plain' })).row.state).toBe('ready')
})

test('wrong, cut or missing bytes are fetched again until they are right', async () => {
  const node = { sha256: hash(note, 'hex'), file_size: note.length }
  const graph = await aGraph(note, node, [
    [200, Buffer.from('<html>')],
    [200, note.subarray(0, 4)],
    [200, Buffer.alloc(0)],
  ])
  expect((await bringFrom(graph.url, { mime: 'text/plain' })).row).toMatchObject({
    state: 'ready',
    attempts: 4,
    sha256: hash(note, 'hex'),
  })
  const silent = await aGraph(note, {}, [[200, Buffer.alloc(0)]])
  expect((await bringFrom(silent.url, { mime: 'text/plain' })).row.attempts).toBe(2)
})

test('a file that is empty on purpose is here, and empty', async () => {
  const empty = Buffer.alloc(0)
  const graph = await aGraph(empty, { sha256: hash(empty, 'hex'), file_size: 0 })
  const { row } = await bringFrom(graph.url, { mime: 'text/plain' })
  expect(row).toMatchObject({ state: 'ready', size_bytes: 0 })
})

test('bytes that stay wrong are given up after ten tries', async () => {
  const graph = await aGraph(note, { sha256: hash(Buffer.from('other'), 'hex') })
  const { row } = await bringFrom(graph.url, { mime: 'text/plain' })
  expect(row).toMatchObject({ state: 'failed', last_error: 'conflict', attempts: 10 })
  expect(row.ended_at).toBeInstanceOf(Date)
})

test('what claims to be a picture and is a page is no picture', async () => {
  const page = Buffer.from('<html><script>alert(1)</script></html>')
  const graph = await aGraph(page)
  const { row } = await bringFrom(graph.url, { mime: 'image/jpeg' })
  expect(row).toMatchObject({ mime: 'application/octet-stream', width: null })
})

test('voice notes and moving stickers are measured', async () => {
  const sound = join(import.meta.dirname, '../../simulator/scenarios/demo/sounds/voice.ogg')
  const voice = await aGraph(await readFile(sound))
  expect((await bringFrom(voice.url, { mime: 'audio/ogg; codecs=opus' })).row).toMatchObject({
    mime: 'audio/ogg; codecs=opus',
    duration_ms: 11_020,
  })
  const frames = [0, 1, 2].map((hue) => ({
    create: {
      width: 96,
      height: 96,
      channels: 4 as const,
      background: { r: hue * 80, g: 0, b: 0, alpha: 1 },
    },
  }))
  const images = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()))
  const moving = await sharp(images, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer()
  expect((await sharp(moving).metadata()).pages).toBe(3)
  const sticker = await aGraph(moving)
  const { row } = await bringFrom(sticker.url, { mime: 'image/webp' })
  expect(row).toMatchObject({ width: 96, height: 96, has_thumbnail: true })
})

test('a picture of too many pixels is kept, but not unpacked', async () => {
  const vast = { width: 8000, height: 8000, channels: 3 as const, background: '#fff' }
  const bomb = await sharp({ create: vast, limitInputPixels: false }).png().toBuffer()
  const graph = await aGraph(bomb)
  const { row } = await bringFrom(graph.url, { mime: 'image/png' })
  expect(row).toMatchObject({ state: 'ready', mime: 'image/png', has_thumbnail: false })
})
