import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { media } from '../api/media.ts'
import { testApp } from '../testing/app.ts'
import { s3Keys, startS3 } from '../testing/s3.ts'
import { realPlatform } from '../testing/sender-desk.ts'
import { MediaFiles } from './files.ts'
import { openMediaFiles } from './open-files.ts'
import { s3Store } from './s3-store.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-s3-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function s3Desk() {
  const s3 = await startS3()
  const folder = await aFolder()
  const store = s3Store(
    { bucket: s3.bucket, prefix: 'firm a/media/' },
    { endpoint: s3.url, region: 'eu-central-1', forcePathStyle: true, credentials: s3Keys },
  )
  return { s3, folder, store, files: new MediaFiles(folder, store) }
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const plain = async () => ({ hasThumbnail: false })
const noCap = () => Infinity

test('a file lies in the bucket under its hash, comes back whole and in parts, and nothing stays here', async () => {
  const { s3, folder, files } = await s3Desk()
  const bytes = Buffer.alloc(300_000, 'Kontor ')
  const sha256 = hashOf(bytes)
  const chunks = Readable.from([bytes.subarray(0, 5), bytes.subarray(5)])
  expect(await files.take(chunks, noCap, plain)).toMatchObject({ sha256, sizeBytes: 300_000 })
  expect([...s3.objects.keys()]).toEqual([`firm a/media/${sha256.slice(0, 2)}/${sha256}`])
  expect(await files.sizeOf(sha256)).toBe(300_000)
  expect(await buffer(await files.read(sha256))).toEqual(bytes)
  expect(await buffer(await files.read(sha256, { start: 7, end: 12 }))).toEqual(
    Buffer.from('Kontor'),
  )
  expect(await files.lend(sha256, (path) => readFile(path))).toEqual(bytes)
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('what is not there is not there, and what nobody may have is said to be away', async () => {
  const { s3, files } = await s3Desk()
  expect(await files.sizeOf('ab'.repeat(32))).toBeUndefined()
  await expect(files.read('ab'.repeat(32))).rejects.toMatchObject({ code: 'not-found' })
  await s3.stop()
  await expect(files.sizeOf('ab'.repeat(32))).rejects.toMatchObject({ code: 'unavailable' })
})

test('a bucket that stumbles is asked again, with the file from its start', async () => {
  const { s3, files } = await s3Desk()
  s3.faults.push({ status: 503, code: 'SlowDown' }, { status: 500, code: 'InternalError' })
  const bytes = Buffer.from('once more')
  await files.take(Readable.from([bytes]), noCap, plain)
  expect([...s3.objects.values()]).toEqual([bytes])
})

test('a file that is refused while it is looked at never reaches the bucket', async () => {
  const { s3, files, folder } = await s3Desk()
  const refused = files.take(Readable.from([Buffer.from('x')]), noCap, () =>
    Promise.reject(new Error('no')),
  )
  await expect(refused).rejects.toThrow('no')
  await expect(
    files.take(Readable.from([Buffer.alloc(10_000)]), () => 5000, plain),
  ).rejects.toMatchObject({ code: 'too-large' })
  expect(s3.asked).toEqual([])
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('a file in a bucket is served with its parts, and missed when it is gone', async () => {
  const { s3, files } = await s3Desk()
  const server = await testApp({
    register: (app, { db }) => app.register(media, { db, files, clock: realPlatform }),
  })
  onTestFinished(() => server.close())
  const { token } = await server.person('agent')
  const authorization = `Bearer ${token}`
  const form = new FormData()
  form.set('file', new File(['%PDF-1.7 Kontor'], 'a.pdf', { type: 'application/pdf' }))
  const url = `${server.url}/api/v1/media`
  const sent = await fetch(url, { method: 'POST', headers: { authorization }, body: form })
  const { id, sha256 } = (await sent.json()) as { id: string; sha256: string }
  const part = await fetch(`${url}/${id}`, { headers: { authorization, range: 'bytes=9-14' } })
  expect([part.status, await part.text()]).toEqual([206, 'Kontor'])
  expect(part.headers.get('content-range')).toBe('bytes 9-14/15')
  s3.objects.clear()
  expect((await fetch(`${url}/${id}`, { headers: { authorization } })).status).toBe(404)
  await expect(files.lend(sha256, async () => 'bytes')).rejects.toMatchObject({ code: 'not-found' })
})

/** The environment of an operator. */
function stubKeys(url: string, secret = s3Keys.secretAccessKey): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', s3Keys.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
  vi.stubEnv('AWS_ENDPOINT_URL', url)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('the usual AWS variables are enough, and the bucket is tried at the start', async () => {
  const s3 = await startS3()
  stubKeys(s3.url)
  const troubles: string[] = []
  const config = { dataDir: await aFolder(), mediaUrl: `s3://${s3.bucket}/kontor` }
  const files = await openMediaFiles(config, process.env, (what) => troubles.push(what))
  expect([...s3.objects.keys()]).toEqual(['kontor/ko/kontor-was-here'])
  await files.take(Readable.from([Buffer.from('x')]), noCap, plain)
  expect(s3.objects.size).toBe(2)
  expect(troubles).toEqual([])
})

test('a wrong secret or a bucket that is none stops the start; one that is away does not', async () => {
  const s3 = await startS3()
  const dataDir = await aFolder()
  const troubles: string[] = []
  const open = (mediaUrl: string) =>
    openMediaFiles({ dataDir, mediaUrl }, process.env, (what) => troubles.push(what))
  stubKeys(s3.url, 'wrong')
  await expect(open(`s3://${s3.bucket}`)).rejects.toThrow(
    `The media store s3://${s3.bucket} cannot be used: SignatureDoesNotMatch. Check KONTOR_MEDIA_URL`,
  )
  stubKeys(s3.url)
  await expect(open('s3://another-bucket/x')).rejects.toThrow('NoSuchBucket')
  expect(troubles).toEqual([])
  await s3.stop()
  await open(`s3://${s3.bucket}`)
  expect(troubles).toHaveLength(1)
})
