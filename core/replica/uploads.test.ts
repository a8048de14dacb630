import { expect, test } from 'vitest'
import type { MediaId } from '../domain/ids.ts'
import { AppError, type ErrorCode } from '../lib/errors.ts'
import { anId } from '../testing/examples.ts'
import type { OwnFile, OwnFiles } from './own-files.ts'
import { Uploads } from './uploads.ts'

/** Four files on a line that fails each of them so; what is waited for comes when it is asked for. */
function aLine(code: ErrorCode) {
  const files = [1, 2, 3, 4].map((addedAtMs): OwnFile => {
    const file = { sha256: 'x', mime: 'image/png', sizeBytes: 1, state: 'waiting' as const }
    return { ...file, id: anId<MediaId>(), addedAtMs }
  })
  const own: Pick<OwnFiles, 'waiting' | 'get' | 'read' | 'move'> = {
    waiting: files,
    get: (id) => files.find((file) => file.id === id),
    read: () => Promise.resolve(new Uint8Array(1)),
    move: () => Promise.resolve(),
  }
  const asked: number[] = []
  const timers: (() => void)[] = []
  const uploads = new Uploads({
    files: own as OwnFiles, // all that is asked of them
    ask: ({ headers }) => {
      const [, id = ''] = headers['upload-metadata']?.split(',')[0]?.split(' ') ?? []
      asked.push(files.findIndex((file) => file.id === Buffer.from(id, 'base64').toString()) + 1)
      return Promise.reject(new AppError(code, 'not now'))
    },
    platform: {
      nowMs: () => 0,
      newId: () => anId(),
      random: () => 0.5,
      after: (_delayMs, callback) => {
        timers.push(callback)
        return () => void timers.splice(timers.indexOf(callback), 1)
      },
    },
    report: () => undefined,
    changed: () => undefined,
  })
  return { uploads, asked, timers }
}

test('files that always fail do not hold up a newer one, and each comes again after its own wait', async () => {
  const { uploads, asked, timers } = aLine('internal')
  uploads.wake()
  await expect.poll(() => timers.length).toBe(4)
  expect(asked).toEqual([1, 2, 3, 4])
  timers.shift()?.()
  await expect.poll(() => timers.length).toBe(4)
  expect(asked).toEqual([1, 2, 3, 4, 1])
})

test('while the server is away all files wait together', async () => {
  const { uploads, asked, timers } = aLine('offline')
  uploads.wake()
  await expect.poll(() => timers.length).toBe(1)
  expect(asked).toEqual([1, 2, 3])
})
