import type { FastifyReply, FastifyRequest } from 'fastify'
import { kindOf, maxBytesOf, mediaKinds, mimesOf } from '../media/kinds.ts'
import type { Media } from '../media/store.ts'
import type { World } from '../world/world.ts'
import { authenticate } from './auth.ts'
import { checkProduct, optionalText, type Call } from './call.ts'
import { badParameter, GraphError, missing, unsupportedRequest } from './errors.ts'

/** The type may be a MIME type or, as some clients send it, a kind; the file's own type then counts. */
export function uploadMedia({ world, node, values, file }: Call<'number'>) {
  checkProduct(values)
  if (!file) throw missing('file')
  if (file.bytes.length === 0) throw badParameter('file', 'is empty')
  const type = optionalText(values, 'type')
  const isMime = type !== undefined && type.includes('/')
  const mimeType = isMime ? type : file.mimeType
  const kind = kindOf(mimeType)
  const isNamedOtherwise = type !== undefined && !isMime && kind !== type
  if (!kind || isNamedOtherwise || !isReallyOpus(mimeType, file.bytes)) {
    throw new GraphError(100, undefined, {
      message: `(#100) Param file must be a file with one of the following types: ${mediaKinds.flatMap(mimesOf).join(', ')}. Received file of type '${mimeType}'.`,
    })
  }
  if (file.bytes.length > maxBytesOf(kind)) {
    throw new GraphError(
      131053,
      `A file of kind ${kind} may have at most ${maxBytesOf(kind)} bytes.`,
    )
  }
  const media = world.media.add(
    'ours',
    {
      id: world.ids.object(),
      numberId: node.number.id,
      mimeType,
      bytes: file.bytes,
      fileName: file.fileName,
    },
    world.clock.nowMs(),
  )
  return { id: media.id }
}

/** Ogg may carry other sound than Opus, which WhatsApp does not play. */
function isReallyOpus(mimeType: string, bytes: Buffer): boolean {
  return !mimeType.startsWith('audio/ogg') || bytes.subarray(0, 512).includes('OpusHead')
}

export function showMedia({ world, node, values }: Call<'media'>) {
  checkNumber(node.media, optionalText(values, 'phone_number_id'))
  return {
    messaging_product: 'whatsapp',
    url: `${world.url}${world.media.link(node.media, world.clock.nowMs())}`,
    mime_type: node.media.mimeType,
    sha256: node.media.sha256.toString('hex'),
    file_size: node.media.bytes.length,
    id: node.media.id,
  }
}

export function deleteMedia({ world, node, values }: Call<'media'>) {
  checkNumber(node.media, optionalText(values, 'phone_number_id'))
  world.media.delete(node.media.id)
  return { success: true }
}

function checkNumber(media: Media, numberId: string | undefined): void {
  if (numberId !== undefined && numberId !== media.numberId)
    throw unsupportedRequest('get', media.id)
}

/** The bytes behind a media address: with the token, and for five minutes. */
export function download(world: World, request: FastifyRequest, reply: FastifyReply) {
  const query = request.query as Record<string, unknown> // Fastify parses any query into an object
  authenticate(world.account, request.headers.authorization, query)
  const key = typeof query.hash === 'string' ? query.hash : ''
  const media = world.media.follow(key, world.clock.nowMs())
  if (!media) {
    throw new GraphError(100, undefined, { message: 'URL signature expired', status: 404 })
  }
  return reply.type(media.mimeType).header('content-length', media.bytes.length).send(media.bytes)
}
