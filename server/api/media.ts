import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyReply } from 'fastify'
import type { Selectable } from 'kysely'
import Type from 'typebox'
import { maxMediaBytes } from '../../core/domain/file-kinds.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { MediaFiles } from '../media/files.ts'
import { isShownInline } from '../media/kinds.ts'
import { keepUpload } from '../media/keep-upload.ts'
import { maySeeFile } from '../media/may-see.ts'
import { thumbnailOf } from '../media/store.ts'
import type { MediaTables } from '../media/tables.ts'
import type { Database } from '../store/database.ts'
import { rangeOf } from './range.ts'
import { IdParams } from './schemas.ts'

export type MediaOptions = { db: Database; files: MediaFiles; clock: Platform }

export const MediaShape = Type.Object({
  id: Type.String(),
  mime: Type.String(),
  sizeBytes: Type.Integer(),
  sha256: Type.String(),
  fileName: Type.Optional(Type.String()),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  durationMs: Type.Optional(Type.Integer()),
  /** Of Opus sound: a voice note has one. */
  channels: Type.Optional(Type.Integer()),
})

/** Files over HTTP: up, and down with ranges. A Fastify plugin of its own scope: only here bodies may be files. */
export async function media(app: App, options: MediaOptions): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 4, parts: 5, fileSize: maxMediaBytes + 1, headerPairs: 20 },
  })

  app.post(
    '/api/v1/media',
    {
      config: { access: { verb: 'add-media' }, isIdempotent: false },
      schema: { consumes: ['multipart/form-data'], response: { 201: MediaShape } },
    },
    async (request, reply) => {
      if (!request.isMultipart()) {
        throw new AppError('bad-request', 'send the file as multipart/form-data')
      }
      const part = await request.file()
      if (part === undefined) throw new AppError('bad-request', 'there is no file in the body')
      const kept = await keepUpload(options, {
        bytes: part.file.iterator({ destroyOnReturn: false }),
        mime: part.mimetype,
        ownerId: actorOf(request).id,
        ...(part.filename === '' ? {} : { fileName: part.filename }),
      }).finally(() => part.file.resume()) // the rest of a refused file is read, or no answer would arrive
      const { state: _state, ...shown } = kept
      return reply.code(201).send(shown)
    },
  )

  app.get(
    '/api/v1/media/:id',
    {
      config: { access: { verb: 'read-conversations' } },
      schema: {
        params: IdParams,
        querystring: Type.Object({ size: Type.Optional(Type.Enum(['thumbnail', 'full'])) }),
      },
    },
    async (request, reply) => {
      const { params, query, headers } = request
      const row = await options.db
        .selectFrom('media')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst()
      const isSeen = await maySeeFile(options.db, actorOf(request), params.id)
      if (row?.sha256 == null || !isSeen) {
        throw new AppError('not-found', 'the file is not here', {
          details: { state: row?.state ?? 'unknown' },
        })
      }
      const isSmall = query.size === 'thumbnail' && row.has_thumbnail
      const name = isSmall ? thumbnailOf(row.sha256) : row.sha256
      const mime = isSmall ? 'image/webp' : row.mime
      return sendFile(reply, options.files, name, headers, {
        mime,
        etag: `"${row.sha256}${isSmall ? '-thumbnail' : ''}"`,
        disposition: dispositionOf(row, mime),
      })
    },
  )
}

type Shown = { mime: string; etag: string; disposition: string }

async function sendFile(
  reply: FastifyReply,
  files: MediaFiles,
  name: string,
  headers: IncomingHttpHeaders,
  { mime, etag, disposition }: Shown,
): Promise<FastifyReply> {
  const size = await files.sizeOf(name)
  if (size === undefined) throw new AppError('not-found', 'the file is not here')
  void reply
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('content-disposition', disposition)
    .header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
    .header('etag', etag)
    .header('x-content-type-options', 'nosniff')
  if (headers['if-none-match'] === etag) return reply.code(304).send()
  const range = isSameFile(headers['if-range'], etag) ? rangeOf(headers.range, size) : undefined
  if (range === 'outside') {
    return reply.code(416).header('content-range', `bytes */${size}`).send()
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range !== undefined) {
    void reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  }
  void reply.type(mime).header('content-length', end - start + 1)
  const hasBody = size > 0 && reply.request.method !== 'HEAD'
  return reply.send(hasBody ? await files.read(name, range) : Readable.from([]))
}

/** A part is only wanted of the file one has the beginning of. @see RFC 9110, 13.1.5 */
function isSameFile(ifRange: string | string[] | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange === etag
}

/** What could carry a script is saved, never shown. */
function dispositionOf(row: Selectable<MediaTables['media']>, mime: string): string {
  const kind = isShownInline(mime) ? 'inline' : 'attachment'
  const name = row.file_name ?? `${row.id}.${(row.mime.split('/')[1] ?? 'bin').replace(/\W.*/, '')}`
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`
}
