import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Client } from 'pg'
import { must } from '../../../core/lib/must.ts'
import { thumbnailOf } from '../../media/store.ts'
import { copyOut } from '../copy.ts'
import { listTables, readMigrations, readSequences, sessionSettings, target } from './catalog.ts'
import { contentsName, formatVersion, headerName, type Contents, type Header } from './format.ts'
import { Tally } from './tally.ts'
import { endOfTar, entryHeader, padding } from './tar.ts'

type Source = {
  /** A connection of its own. */
  client: Client
  nowMs: number
  appVersion: string
  /** Where a media file lies on this machine; null leaves them out. */
  pathOfMedia: ((name: string) => string | null) | null
  say: (line: string) => void
}

export type Written = Contents & { missingMedia: number }

const partBytes = 4 * 1024 * 1024

/**
 * A backup's bytes, not yet packed: one unchanging view of every table, read as fast as somebody takes them.
 *
 * @param onWritten hears at the end what is in it
 */
export async function* backupBytes(
  source: Source,
  onWritten: (written: Written) => void,
): AsyncGenerator<Buffer> {
  const { client, nowMs } = source
  const entry = function* (name: string, bytes: Buffer) {
    yield entryHeader(name, bytes.length, nowMs)
    yield bytes
    yield padding(bytes.length)
  }
  await client.query(sessionSettings)
  await client.query('begin isolation level repeatable read read only')
  const header = await describe(source)
  yield* entry(headerName, json(header))
  const tables: Contents['tables'] = {}
  for (const table of header.tables) {
    const { name } = table
    const tally = new Tally()
    let part = 0
    for await (const bytes of inParts(copyOut(client, `copy ${target(client, table)} to stdout`))) {
      tally.add(bytes)
      part += 1
      yield* entry(`tables/${name}/${String(part).padStart(6, '0')}.copy`, bytes)
    }
    const rows = tally.lines
    tables[name] = { ...tally.sum(), rows }
    source.say(`${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}`)
  }
  const hasMedia = header.tables.some(({ name }) => name === 'media')
  const listed = hasMedia ? await listMedia(client) : { names: [], files: 0, sizeBytes: 0 }
  const included: Contents['media']['included'] = {}
  let missingMedia = 0
  for (const name of source.pathOfMedia === null ? [] : listed.names) {
    const path = must(source.pathOfMedia?.(name), 'place of a media file')
    const found = await stat(path).catch(() => null)
    if (found === null) {
      missingMedia += 1
      continue
    }
    const tally = new Tally()
    yield entryHeader(`media/${name}`, found.size, nowMs)
    for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
      tally.add(bytes)
      yield bytes
    }
    yield padding(found.size)
    included[name] = tally.sum()
  }
  const { files, sizeBytes } = listed
  // Sequences know no snapshot: read last, they are never behind the rows.
  const sequences = await readSequences(client)
  const contents: Contents = { tables, sequences, media: { files, sizeBytes, included } }
  yield* entry(contentsName, json(contents))
  yield endOfTar
  await client.query('commit')
  onWritten({ ...contents, missingMedia })
}

async function describe({ client, nowMs, appVersion }: Source): Promise<Header> {
  const tables = await listTables(client)
  const { rows } = await client.query<{ epoch: string; head: string }>(
    'select epoch, head from lane where lane = 0',
  )
  const version = await client.query<{ server_version: string }>('show server_version')
  return {
    format: 'kontor-backup',
    version: formatVersion,
    createdAt: new Date(nowMs).toISOString(),
    appVersion,
    postgresVersion: version.rows[0]?.server_version ?? '',
    epoch: rows[0]?.epoch ?? null,
    head: Number(rows[0]?.head ?? 0),
    migrations: await readMigrations(client),
    tables,
  }
}

/** Each file once, with its small copy behind it. */
async function listMedia(client: Client) {
  const { rows } = await client.query<{ sha256: string; bytes: string; small: boolean }>(`
    select sha256, max(size_bytes) as bytes, bool_or(has_thumbnail) as small from media
    where sha256 is not null group by sha256 order by sha256`)
  const names = rows.flatMap(({ sha256, small }) =>
    small ? [sha256, thumbnailOf(sha256)] : [sha256],
  )
  const sizeBytes = rows.reduce((sum, { bytes }) => sum + Number(bytes), 0)
  return { names, files: rows.length, sizeBytes }
}

async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of bytes) {
    held.push(chunk)
    size += chunk.length
    if (size < partBytes) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`)
}
