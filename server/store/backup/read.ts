import { createReadStream } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { createGunzip } from 'node:zlib'
import type { TSchema, Static } from 'typebox'
import Value from 'typebox/value'
import { reasonOf, StartError } from '../../start-error.ts'
import { Contents, contentsName, formatVersion, Header, headerName, isMediaName } from './format.ts'
import { Tally } from './tally.ts'
import { readTar, type TarEntry } from './tar.ts'

export type Piece =
  | { kind: 'header'; header: Header }
  | { kind: 'table'; name: string; bytes: TarEntry['bytes'] }
  | { kind: 'media'; name: string; sizeBytes: number; bytes: TarEntry['bytes'] }
  | { kind: 'contents'; contents: Contents }

const longestJsonBytes = 256 * 1024 * 1024

/**
 * What a backup file holds, in its order. The bytes of a piece are there until the next is asked for.
 *
 * @throws StartError when the file is not a backup of ours, or of a later format, or damaged
 */
export async function* readBackup(path: string): AsyncGenerator<Piece> {
  const file = createReadStream(path)
  const unpacked = createGunzip()
  file.on('error', (error) => unpacked.destroy(error))
  file.pipe(unpacked)
  let isFirst = true
  const fault = (error: unknown) => {
    if (error instanceof StartError) return error
    if (error instanceof NotOurs) return new StartError(`${path} is no backup of Kontor.`)
    const why = reasonOf(error)
    return isFirst
      ? new StartError(`${path} is no backup of Kontor, or is damaged (${why}).`)
      : damaged(path, why)
  }
  try {
    for await (const entry of readTar(unpacked)) {
      if (isFirst !== (entry.name === headerName)) throw new NotOurs()
      const piece = await pieceOf({ ...entry, bytes: telling(entry.bytes, fault) })
      isFirst = false
      yield piece
    }
  } catch (error) {
    throw fault(error)
  } finally {
    file.destroy()
    unpacked.destroy()
  }
}

/** The same bytes; whoever reads them hears what is wrong with the file. */
async function* telling(
  bytes: AsyncIterable<Buffer>,
  fault: (error: unknown) => Error,
): AsyncGenerator<Buffer> {
  try {
    yield* bytes
  } catch (error) {
    throw fault(error)
  }
}

class NotOurs extends Error {}

async function pieceOf({ name, sizeBytes, bytes }: TarEntry): Promise<Piece> {
  const table = /^tables\/(.+)\/\d+\.copy$/.exec(name)?.[1]
  if (table !== undefined) return { kind: 'table', name: table, bytes }
  if (name.startsWith('media/') && isMediaName(name.slice(6))) {
    return { kind: 'media', name: name.slice(6), sizeBytes, bytes }
  }
  if (name === contentsName) {
    return { kind: 'contents', contents: await jsonOf(Contents, sizeBytes, bytes) }
  }
  if (name !== headerName) throw new Error('it holds something that belongs to no backup')
  return { kind: 'header', header: await jsonOf(Header, sizeBytes, bytes) }
}

async function jsonOf<T extends TSchema>(
  schema: T,
  sizeBytes: number,
  bytes: AsyncIterable<Buffer>,
): Promise<Static<T>> {
  if (!(sizeBytes < longestJsonBytes)) throw new NotOurs()
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(part)
  const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
  if (!Value.Check(schema, value)) throw new NotOurs()
  return value
}

export type Inspected = { header: Header; contents: Contents }

/**
 * Reads a whole backup and compares every hash and count with what it says of itself.
 *
 * @throws StartError when it cannot be relied on
 */
export async function inspectBackup(path: string): Promise<Inspected> {
  const tables = new Map<string, Tally>()
  const media: Contents['media']['included'] = {}
  let header: Header | null = null
  let contents: Contents | null = null
  for await (const piece of readBackup(path)) {
    if (contents !== null) throw damaged(path, 'something stands behind its end')
    if (piece.kind === 'header') header = checked(piece.header)
    else if (piece.kind === 'contents') contents = piece.contents
    else {
      const tally = (piece.kind === 'table' && tables.get(piece.name)) || new Tally()
      for await (const bytes of piece.bytes) tally.add(bytes)
      if (piece.kind === 'table') tables.set(piece.name, tally)
      else media[piece.name] = tally.sum()
    }
  }
  if (header === null || contents === null) throw damaged(path, 'its end is missing')
  const found: Contents['tables'] = {}
  for (const { name } of header.tables) {
    const tally = tables.get(name) ?? new Tally()
    found[name] = { ...tally.sum(), rows: tally.lines }
  }
  const isSame =
    isDeepStrictEqual(found, { ...contents.tables }) &&
    isDeepStrictEqual(media, { ...contents.media.included }) &&
    [...tables.keys()].every((name) => name in found) &&
    Object.entries(media).every(([name, { sha256 }]) => name.length > 64 || name === sha256)
  if (!isSame) throw damaged(path, 'its rows or files are not those it was written with')
  return { header, contents }
}

function checked(header: Header): Header {
  if (header.version <= formatVersion) return header
  throw new StartError(
    `The backup was written by Kontor ${header.appVersion} in a form this version does not know. Restore it with that version or a later one.`,
  )
}

function damaged(path: string, why: string): StartError {
  return new StartError(
    `The backup ${path} is damaged or cut short (${why}). Nothing was changed; take another one.`,
  )
}
