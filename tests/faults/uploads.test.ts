import { createHash, randomBytes } from 'node:crypto'
import { request as open } from 'node:http'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import type { ConversationId, MediaId, MessageId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import type { OwnFile } from '../../core/replica/own-files.ts'
import { sendFile, type AskServer } from '../../core/replica/upload-line.ts'
import { createRandom } from '../../simulator/world/random.ts'
import { newId } from '../support/desks.ts'
import { isFull, openRig, type Rig } from './rig.ts'
import { sitDownAt } from './seat.ts'
import { accepted, messagesOf, repeated } from './witness.ts'

/** Another course of events: KONTOR_TEST_SEED=7. */
const seed = Number(process.env.KONTOR_TEST_SEED ?? 1)
const cuts = isFull ? 60 : 8
const settled = { timeout: 60_000, interval: 200 }

/** A server, a colleague at a console, and a customer who has just asked for a photo. */
async function aDesk() {
  const rig = await openRig({ seed })
  onTestFinished(() => rig.close())
  await rig.start()
  const seat = await sitDownAt(rig)
  onTestFinished(() => seat.close())
  const token = await rig.signIn()
  const person = { name: 'Uwe Harmsen', phone: '+49 171 39200553' }
  const { id: customerId } = await rig.control.post<{ id: string }>('/customers', person)
  const asked = { type: 'text', text: { body: 'Wie sieht es aus?' } }
  await rig.control.post(`/customers/${customerId}/messages`, asked)
  const { base } = seat.desk.replica
  const conversation = () => [...base.all('conversation')].find(({ lastOrd }) => lastOrd > 0)
  await expect.poll(() => conversation()?.id, settled).toBeDefined()
  const conversationId = must(conversation(), 'conversation').id
  return { rig, seat, token, customerId, conversationId }
}
type Desk = Awaited<ReturnType<typeof aDesk>>

async function aFile() {
  const raw = { width: 700, height: 1000, channels: 3 as const }
  const bytes = await sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .png()
    .toBuffer()
  const file: OwnFile = {
    id: newId() as MediaId, // fresh ids become what they are for
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mime: 'image/png',
    sizeBytes: bytes.length,
    fileName: 'Übergabe.png',
    addedAtMs: Date.now(),
    state: 'waiting',
  }
  return { bytes, file }
}

/** Writes the photo and a line after it, as a console does that has not brought up the file yet. */
async function writeBoth({ seat, conversationId }: Desk, { id, mime, sizeBytes }: OwnFile) {
  const [photoId, textId] = [newId() as MessageId, newId() as MessageId]
  const media = { id, mime, sizeBytes, state: 'pending' as const }
  await send(photoId, { type: 'image', media })
  await send(textId, { type: 'text', text: 'So sieht es aus.' })
  return { photoId, textId }

  async function send(messageId: MessageId, body: Parameters<typeof perform>[1]) {
    await perform(messageId, body)
  }
  function perform(
    messageId: MessageId,
    body: { type: 'image'; media: typeof media } | { type: 'text'; text: string },
  ) {
    const args = { id: messageId, conversationId, body, basedOn: null }
    return seat.desk.perform('message.send', args)
  }
}

/** The way to the server, whose line breaks behind so many bytes of a piece when `cutAt` says so. */
function lineTo(rig: Rig, token: string, cutAt: (pieceBytes: number) => number | null): AskServer {
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const broken = () => reject(new AppError('offline', 'the line broke'))
      const bytes = Buffer.from((body as Uint8Array | undefined) ?? [])
      const asked = open(`${rig.url()}/api/v1/blobs${path}`, {
        method,
        headers: {
          ...headers,
          authorization: `Bearer ${token}`,
          ...(method === 'PATCH' ? { 'content-length': bytes.length } : {}),
        },
      })
      asked.on('error', broken)
      asked.on('response', (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', broken)
        answer.on('end', () => {
          const { error } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
            error?: { code: AppError['code'] }
          }
          if (error !== undefined) return reject(new AppError(error.code, 'refused'))
          const header = (name: string) => String(answer.headers[name] ?? '') || null
          const nothing = () => Promise.reject(new Error('bug: nobody asks for it'))
          const content = { json: nothing, bytes: nothing, text: nothing }
          resolve({ status: answer.statusCode ?? 0, header, ...content })
        })
      })
      const cut = method === 'PATCH' ? cutAt(bytes.length) : null
      if (cut === null) return asked.end(bytes)
      asked.write(bytes.subarray(0, cut), () => setTimeout(() => asked.destroy(), 30))
    })
}

const whole = () => null
const never = () => true

async function onPhone({ rig, customerId }: Desk) {
  const path = `/customers/${customerId}/messages`
  return (await rig.control.get<{ items: { type: string }[] }>(path)).items.map(({ type }) => type)
}

async function bytesOf({ rig, token }: Desk, id: MediaId): Promise<Buffer> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${rig.url()}/api/v1/media/${id}`, { headers })
  return Buffer.from(await answer.arrayBuffer())
}

test(`an upload cut ${cuts} times, by broken lines and killed servers, arrives once and as it was`, async () => {
  const random = createRandom(seed)
  const desk = await aDesk()
  const { bytes, file } = await aFile()
  const { photoId, textId } = await writeBoth(desk, file)
  let left = cuts
  const ask = lineTo(desk.rig, desk.token, (pieceBytes) => {
    if (left === 0) return null
    left -= 1
    return Math.floor((random.next() * pieceBytes) / 4)
  })
  for (let isThere = false; !isThere;) {
    try {
      isThere = await sendFile(ask, file, bytes, never)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'offline') throw error
      if (left % 3 !== 0 || left === 0) continue
      await desk.rig.kill()
      await desk.rig.start()
    }
  }
  expect(left).toBe(0)
  await expect.poll(() => onPhone(desk), settled).toEqual(['image', 'text'])
  expect((await bytesOf(desk, file.id)).equals(bytes)).toBe(true)
  const called = (await accepted(desk.rig)).map(({ callbackData }) => callbackData)
  expect(called).toEqual([photoId, textId])
  expect(repeated(called)).toEqual([])
}, 180_000)

test('a server killed behind the last piece takes the file in when it is asked again', async () => {
  const desk = await aDesk()
  const { bytes, file } = await aFile()
  await writeBoth(desk, file)
  const killing = desk.rig
  const sent = sendFile(lineTo(desk.rig, desk.token, whole), file, bytes, (sentBytes) => {
    if (sentBytes + 1024 * 1024 >= file.sizeBytes) setTimeout(() => void killing.kill(), 5)
    return true
  }).catch((error: unknown) => error)
  await sent
  await desk.rig.kill()
  await desk.rig.start()
  expect(await sendFile(lineTo(desk.rig, desk.token, whole), file, bytes, never)).toBe(true)
  await expect.poll(() => onPhone(desk), settled).toEqual(['image', 'text'])
  expect((await bytesOf(desk, file.id)).equals(bytes)).toBe(true)
}, 120_000)

test('other bytes than those announced are refused while their message waits, and the right ones let it go', async () => {
  const desk = await aDesk()
  const { bytes, file } = await aFile()
  const { photoId } = await writeBoth(desk, file)
  const ask = lineTo(desk.rig, desk.token, whole)
  const damaged = Buffer.from(bytes)
  damaged[damaged.length - 9] = (damaged.at(-9) ?? 0) ^ 1
  await expect(sendFile(ask, file, damaged, never)).rejects.toMatchObject({ code: 'conflict' })
  const status = async () =>
    (await messagesOf(desk.rig, desk.conversationId as ConversationId)).find(
      ({ id }) => id === photoId,
    )?.status
  await expect.poll(status, settled).toBe('queued')
  expect(await onPhone(desk)).toEqual([])
  expect(await sendFile(ask, file, bytes, never)).toBe(true)
  await expect.poll(() => onPhone(desk), settled).toEqual(['image', 'text'])

  // The same file once more needs no byte of it.
  const again = { ...file, id: newId() as MediaId }
  await writeBoth(desk, again)
  const pieces: number[] = []
  const counting = lineTo(desk.rig, desk.token, (pieceBytes) => {
    pieces.push(pieceBytes)
    return null
  })
  expect(await sendFile(counting, again, bytes, never)).toBe(true)
  expect(pieces).toEqual([])
  await expect.poll(() => onPhone(desk), settled).toEqual(['image', 'text', 'image', 'text'])
}, 120_000)
