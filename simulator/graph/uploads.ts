/** Resumable uploads: samples of template headers and profile pictures. @see https://developers.facebook.com/docs/graph-api/guides/upload */
import { optionalText, optionalWhole, requiredText, type Call } from './call.ts'
import { badParameter, GraphError, invalid, missing } from './errors.ts'

const mimeTypes = ['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4']
const mostBytes = 100 * 1024 * 1024

export function beginUpload({ world, values }: Call<'app'>) {
  const sizeBytes = optionalWhole(values, 'file_length')
  if (sizeBytes === undefined) throw missing('file_length')
  if (sizeBytes < 1 || sizeBytes > mostBytes) {
    throw invalid('file_length', `must be 1 to ${mostBytes}`)
  }
  const mimeType = requiredText(values, 'file_type')
  if (!mimeTypes.includes(mimeType)) {
    throw invalid('file_type', `must be one of ${mimeTypes.join(', ')}`)
  }
  const id = `upload:${Buffer.from(world.ids.key(24)).toString('base64url')}`
  world.uploads.add({
    id,
    fileName: optionalText(values, 'file_name') ?? '',
    mimeType: mimeType === 'image/jpg' ? 'image/jpeg' : mimeType,
    sizeBytes,
    pieces: [],
    receivedBytes: 0,
  })
  return { id }
}

/** Where an interrupted upload goes on. */
export function showUpload({ node }: Call<'upload'>) {
  return { id: node.upload.id, file_offset: node.upload.receivedBytes }
}

/** The bytes from an offset on: those that came before stay, the piece is appended. */
export function continueUpload({ world, node, values, file }: Call<'upload'>) {
  const { upload } = node
  const offset = optionalWhole(values, 'file_offset') ?? 0
  if (offset !== upload.receivedBytes) {
    throw badParameter('file_offset', `must be ${upload.receivedBytes}`)
  }
  if (!file || file.bytes.length === 0) throw missing('file')
  if (upload.receivedBytes + file.bytes.length > upload.sizeBytes) {
    throw new GraphError(100, `The file is longer than the ${upload.sizeBytes} bytes announced.`)
  }
  upload.pieces.push(file.bytes)
  upload.receivedBytes += file.bytes.length
  if (upload.receivedBytes < upload.sizeBytes)
    return showUpload({ world, node, values, address: '' })
  const handle = `4::${Buffer.from(world.ids.key(48)).toString('base64')}`
  world.uploads.finish(upload, handle)
  return { h: handle }
}
