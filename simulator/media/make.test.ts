import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createRandom } from '../world/random.ts'
import { makeFile } from './make.ts'

test.each([
  ['image', 'image/jpeg'],
  ['sticker', 'image/webp'],
  ['document', 'application/pdf'],
  ['audio', 'audio/ogg; codecs=opus'],
  ['video', 'video/mp4'],
] as const)('a made-up %s is a real %s', async (kind, mimeType) => {
  const { bytes, mimeType: said } = await makeFile(createRandom(1), kind, {})
  expect(said).toBe(mimeType)
  expect((await fileTypeFromBuffer(bytes))?.mime.replace(/; ?/, '; ')).toBe(mimeType)
})

test('a picture has the size of one, and differs from the next', async () => {
  const random = createRandom(1)
  const [one, two] = [await makeFile(random, 'image', {}), await makeFile(random, 'image', {})]
  expect(await sharp(one.bytes).metadata()).toMatchObject({ width: 640, height: 480 })
  expect(one.bytes.equals(two.bytes)).toBe(false)
})

test('bytes that are given are sent as they are', async () => {
  const base64 = Buffer.from('eigene Bytes').toString('base64')
  const { bytes, fileName, extra } = await makeFile(createRandom(1), 'document', {
    base64,
    fileName: 'a.txt',
  })
  expect(bytes.toString()).toBe('eigene Bytes')
  expect({ fileName, extra }).toEqual({ fileName: 'a.txt', extra: { filename: 'a.txt' } })
})
