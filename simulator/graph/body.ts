/** The parameters of a request, wherever and however the client put them. */
import type { FastifyRequest } from 'fastify'
import { isObject, type JsonObject } from '../json.ts'
import { GraphError } from './errors.ts'

export type UploadedFile = { bytes: Buffer; mimeType: string; fileName: string }
type Parameters = { values: JsonObject; file?: UploadedFile }

const mostBytes = 3 * 1024 * 1024

/** @param isRaw the body is a file's bytes and nothing else, as the second step of an upload sends it */
export async function readParameters(
  request: FastifyRequest,
  query: URLSearchParams,
  isRaw: boolean,
): Promise<Parameters> {
  const values: JsonObject = Object.fromEntries(query)
  if (isRaw) return readRaw(request, values)
  if (request.isMultipart()) {
    return readMultipart(request, values).catch((fault: unknown) => {
      throw new GraphError(100, fault instanceof Error ? fault.message : undefined)
    })
  }
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return { values }

  if (request.body.length > mostBytes) throw new GraphError(100, 'The request body is too large.')
  const type = request.headers['content-type'] ?? ''
  const text = request.body.toString('utf8')
  if (type.includes('application/x-www-form-urlencoded')) {
    return { values: { ...values, ...Object.fromEntries(new URLSearchParams(text)) } }
  }
  return { values: { ...values, ...parseObject(text) } }
}

/** The offset comes as a header. */
function readRaw(request: FastifyRequest, values: JsonObject): Parameters {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const mimeType = request.headers['content-type'] ?? ''
  const offset = request.headers.file_offset ?? values.file_offset
  return { values: { ...values, file_offset: offset }, file: { bytes, mimeType, fileName: '' } }
}

function parseObject(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text)
    if (isObject(parsed)) return parsed
  } catch {
    // falls through to the refusal below, like JSON that is no object
  }
  throw new GraphError(100, 'The request body is not a JSON object.')
}

async function readMultipart(request: FastifyRequest, values: JsonObject): Promise<Parameters> {
  let file: UploadedFile | undefined
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      values[part.fieldname] = part.value
    } else {
      const bytes = await part.toBuffer()
      file = { bytes, mimeType: part.mimetype, fileName: part.filename }
    }
  }
  return file ? { values, file } : { values }
}
