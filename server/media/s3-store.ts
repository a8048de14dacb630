import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { AppError } from '../../core/lib/errors.ts'
import type { MediaStore } from './store.ts'

export type Bucket = { bucket: string; prefix: string }

const connectWithinMs = 5000
/** A transfer that moves is never cut; one that stands still this long is. */
const silentMs = 30_000
/** The package repeats what has no body by itself; a file it could not read from its start again. */
const attempts = 3

const silent: NonNullable<S3ClientConfig['logger']> = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
}

/**
 * Files in a bucket of S3 or of anything that speaks like it. Who we are, the region and another address come from
 * the usual AWS variables and files.
 */
export function s3Store({ bucket, prefix }: Bucket, config: S3ClientConfig): MediaStore {
  const client = new S3Client({
    maxAttempts: attempts,
    // Older stores do not know checksums at the end of a body; ours goes ahead of it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectWithinMs, socketTimeout: silentMs },
    logger: silent, // it has something to say of errors that are answered here
    ...config,
  })
  const keyOf = (name: string) => `${prefix}${name.slice(0, 2)}/${name}`
  const place = (name: string) => ({ Bucket: bucket, Key: keyOf(name) })

  async function putOnce(path: string, name: string, hash: Buffer): Promise<void> {
    const put = new PutObjectCommand({
      ...place(name),
      Body: createReadStream(path),
      ContentLength: (await stat(path)).size,
      ContentType: 'application/octet-stream',
      ChecksumSHA256: hash.toString('base64'),
    })
    // The signature covers the bytes as well, which the package does only for what it holds in memory.
    put.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> } // a request over HTTP has headers
        request.headers['x-amz-content-sha256'] = hash.toString('hex')
        return next(args)
      },
      { step: 'build', name: 'signTheBytes' },
    )
    await client.send(put)
  }

  return {
    pathOf: () => null,

    async put(path, name) {
      const hash = await hashOf(path)
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await putOnce(path, name, hash)
        } catch (error) {
          if (attempt >= attempts || isRefusal(error)) throw asAppError(error)
        }
      }
    },

    async sizeOf(name) {
      try {
        const { ContentLength } = await client.send(new HeadObjectCommand(place(name)))
        return ContentLength
      } catch (error) {
        if (isMissing(error)) return undefined
        throw asAppError(error)
      }
    },

    async read(name, range) {
      try {
        const { Body } = await client.send(
          new GetObjectCommand({
            ...place(name),
            ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
          }),
        )
        if (Body instanceof Readable) return Body
        throw new Error('bug: in Node a body is a stream')
      } catch (error) {
        throw asAppError(error)
      }
    },
  }
}

async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest()
}

/** The store answered, and the same question would be answered the same. */
function isRefusal(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** It may answer later: what failed is the way there, or the store itself. */
export function isAway(error: unknown): boolean {
  if (error instanceof S3ServiceException) return (error.$metadata.httpStatusCode ?? 0) >= 500
  if (!(error instanceof Error)) return false
  return error.name === 'TimeoutError' || ('code' in error && /^E[A-Z]/.test(String(error.code)))
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404
}

function asAppError(error: unknown): AppError {
  if (isMissing(error)) return new AppError('not-found', 'no such file', { cause: error })
  return new AppError('unavailable', 'the media store cannot be reached', { cause: error })
}
