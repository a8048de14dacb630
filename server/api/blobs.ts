import { Readable } from 'node:stream'
import { Metadata, Server } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { maxMediaBytes } from '../../core/domain/file-kinds.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { AppError, type ErrorCode } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import { present } from '../../core/lib/present.ts'
import { actorOf } from '../http/access.ts'
import { errorBody } from '../http/errors.ts'
import type { App } from '../http/types.ts'
import type { Uploads } from '../media/uploads.ts'
import type { MediaRow, Wanted } from '../media/wanted.ts'
import { MediaShape } from './media.ts'
import { IdParams } from './schemas.ts'
import { UploadLocks } from './upload-locks.ts'
import { UploadStore } from './upload-store.ts'

const path = '/api/v1/blobs'
const protocol = '1.0.0'
/** A request that was asked to make way for another ends within that time. */
const makeWayMs = 500
const pieceType = 'application/offset+octet-stream'
const mostName = 240

/**
 * Files in pieces over HTTP: tus 1.0, by its own server. An upload's id becomes the media's. A Fastify plugin of its
 * own scope: only here bodies may be pieces.
 */
export async function blobs(app: App, options: { uploads: Uploads; clock: Platform }) {
  const { uploads, clock } = options
  const pass = tusServer(uploads)
  app.addContentTypeParser(pieceType, (_request, payload, done) => done(null, payload))
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('tus-resumable', protocol)
  })
  const config = { access: { verb: 'add-media' }, isIdempotent: false } as const
  const one = { config, schema: { params: IdParams } }

  app.options(path, { config: { access: 'public' } }, (request, reply) => pass(request, reply))

  app.post(path, { config }, async (request, reply) => {
    if (request.headers['tus-resumable'] !== protocol) return pass(request, reply)
    const wanted = wantedFrom(request, clock)
    const known = await uploads.begin(actorOf(request).id, wanted)
    if (known === null) {
      const offset = await offsetOf(uploads, actorOf(request).id, wanted.id)
      void reply.header('upload-offset', String(offset))
      if (offset < wanted.sizeBytes) return pass(request, reply, wanted.id)
    }
    const here = known ?? (await uploads.mediaOf(actorOf(request).id, wanted.id))
    return reply.code(200).header('location', `${path}/${here.id}`).send(shapeOf(here))
  })

  app.head(`${path}/:id`, one, async (request, reply) => {
    await offsetOf(uploads, actorOf(request).id, request.params.id)
    return pass(request, reply)
  })

  app.get(
    `${path}/:id`,
    { ...one, exposeHeadRoute: false, schema: { ...one.schema, response: { 200: MediaShape } } },
    async (request) => shapeOf(await uploads.mediaOf(actorOf(request).id, request.params.id)),
  )

  app.patch(`${path}/:id`, one, async (request, reply) => {
    await uploads.stateOf(actorOf(request).id, request.params.id)
    return pass(request, reply)
  })

  app.delete(`${path}/:id`, one, async (request, reply) => {
    await uploads.stateOf(actorOf(request).id, request.params.id)
    return pass(request, reply)
  })
}

/** How much of it is here. One whose last piece came before the server died is taken in now. */
async function offsetOf(uploads: Uploads, ownerId: string, id: string): Promise<number> {
  const { offset, size_bytes, ended_at } = await uploads.stateOf(ownerId, id)
  if (offset === size_bytes && ended_at === null) await uploads.finish(id)
  return offset
}

/** Answers a request by the tus server, its failures in our form. @param id of the upload that a POST begins */
function tusServer(uploads: Uploads) {
  const ids = new WeakMap<object, string>()
  const failures = new WeakMap<object, Error>()
  const tus = new Server({
    path,
    datastore: new UploadStore(uploads),
    locker: new UploadLocks(),
    lockDrainTimeout: makeWayMs,
    maxSize: maxMediaBytes,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    namingFunction: (asked) => must(ids.get(asked), 'id of a new upload'),
    async onUploadFinish(_asked, { id }) {
      await uploads.finish(id)
      return {}
    },
    onResponseError(asked, error) {
      if (error instanceof Error) failures.set(asked, error)
      return undefined
    },
  })
  return async (request: FastifyRequest, reply: FastifyReply, id?: string) => {
    const asked = asWebRequest(request)
    if (id !== undefined) ids.set(asked, id)
    const answer = await tus.handleWeb(asked)
    const failure = failures.get(asked)
    if (failure !== undefined) throw failure
    void reply.code(answer.status)
    for (const [name, value] of answer.headers) {
      if (!/^(access-control-|content-length$)/.test(name)) void reply.header(name, value)
    }
    const text = await answer.text()
    if (answer.status < 400) return reply.send(text)
    const error = new AppError(codeOf(answer.status), text.trim())
    return reply.type('application/json; charset=utf-8').send(errorBody(error, request.id))
  }
}

function asWebRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  const body = request.body instanceof Readable ? Readable.toWeb(request.body) : null
  const init = {
    method: request.method,
    headers,
    ...(body === null ? {} : { body, duplex: 'half' }),
  }
  return new Request(`http://kontor${request.url}`, init as RequestInit) // a page's types know no stream of Node's
}

/** What `Upload-Length` and `Upload-Metadata` say: `filename`, `filetype`, and of ours `sha256` (hex) and `mediaId`. */
function wantedFrom({ headers }: FastifyRequest, clock: Platform): Wanted {
  const length = String(headers['upload-length'] ?? '')
  if (!/^\d{1,15}$/.test(length)) throw new AppError('bad-request', 'Upload-Length is missing')
  const said = metadataOf(headers['upload-metadata'])
  const { mediaId, sha256, filename, filetype } = said
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new AppError('bad-request', 'sha256 in Upload-Metadata has to be hex')
  }
  if (mediaId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(mediaId)) {
    throw new AppError('bad-request', 'mediaId in Upload-Metadata has to be a UUID')
  }
  return {
    id: mediaId ?? clock.newId(),
    sizeBytes: Number(length),
    mime: (filetype ?? 'application/octet-stream').slice(0, 200),
    ...present({ fileName: filename?.slice(-mostName), sha256 }),
  }
}

function metadataOf(header: string | string[] | undefined): Record<string, string | undefined> {
  if (header === undefined || header === '') return {}
  try {
    const pairs = Object.entries(Metadata.parse(String(header)))
    return Object.fromEntries(pairs.map(([key, value]) => [key, value ?? undefined]))
  } catch {
    throw new AppError('bad-request', 'Upload-Metadata cannot be read')
  }
}

function codeOf(status: number): ErrorCode {
  if (status === 404 || status === 410) return 'not-found'
  if (status === 409) return 'conflict'
  if (status === 412) return 'version-mismatch'
  if (status === 413) return 'too-large'
  return status >= 500 ? 'internal' : 'bad-request'
}

function shapeOf(row: MediaRow) {
  return {
    id: row.id,
    mime: row.mime,
    sizeBytes: must(row.size_bytes, 'size of a file that is here'),
    sha256: must(row.sha256, 'hash of a file that is here'),
    ...present({
      fileName: row.file_name ?? undefined,
      width: row.width ?? undefined,
      height: row.height ?? undefined,
      durationMs: row.duration_ms ?? undefined,
    }),
  }
}
