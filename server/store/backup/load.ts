import { isDeepStrictEqual } from 'node:util'
import type { Client } from 'pg'
import { must } from '../../../core/lib/must.ts'
import { StartError } from '../../start-error.ts'
import { copyIn } from '../copy.ts'
import { listTables, sessionSettings, target } from './catalog.ts'
import type { Contents, Header } from './format.ts'
import { readBackup, type Inspected, type Piece } from './read.ts'
import { buildSchema, clearSchema } from './schema.ts'

type Aim = {
  client: Client
  newEpoch: string
  /** Puts a media file where it belongs; null leaves them in the backup. */
  putMedia:
    ((name: string, sizeBytes: number, bytes: AsyncIterable<Buffer>) => Promise<void>) | null
  say: (line: string) => void
}

/**
 * Puts an inspected backup in the place of whatever the schema holds, all of it in one transaction. The history gets a
 * new epoch: consoles then take everything anew, send again what the backup lacks, and nothing that may have left
 * before leaves by itself (sender/sweep.ts, sync/push.ts).
 */
export async function loadBackup(path: string, { header, contents }: Inspected, aim: Aim) {
  const { client } = aim
  await client.query(sessionSettings)
  await client.query('begin')
  await client.query(`set local lock_timeout = '10s'`)
  await clearSchema(client)
  await buildSchema(client, header.migrations)
  const tables = await listTables(client)
  if (!isSameSet(tables, header.tables)) {
    throw new StartError(
      'The tables of the backup are not those that this version makes. Nothing was changed; restore it with the version that wrote it.',
    )
  }
  const names = tables.map(({ name }) => quoted(name))
  await client.query(`truncate ${names.join(', ')}`) // what migrations put there is in the backup too
  // Rows get back what the log and the triggers made of them then; none of it happens a second time.
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  await fillTables(path, header, contents, aim)
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
  for (const [name, last] of Object.entries(contents.sequences)) {
    await client.query('select setval(to_regclass($1), $2)', [quoted(name), last])
  }
  await client.query(
    'insert into lane (lane, epoch) values (0, $1) on conflict (lane) do update set epoch = excluded.epoch',
    [aim.newEpoch],
  )
  await client.query('commit')

  function quoted(name: string): string {
    return client.escapeIdentifier(name)
  }
}

function isSameSet(a: Header['tables'], b: Header['tables']): boolean {
  const sorted = (tables: Header['tables']) =>
    new Map(tables.map(({ name, columns }) => [name, [...columns].sort()]))
  return isDeepStrictEqual(sorted(a), sorted(b))
}

async function fillTables(
  path: string,
  header: Header,
  contents: Contents,
  aim: Aim,
): Promise<void> {
  const pieces = readBackup(path)
  try {
    await fill(pieces, header, contents, aim)
  } finally {
    await pieces.return(undefined)
  }
}

async function fill(
  pieces: AsyncGenerator<Piece>,
  header: Header,
  contents: Contents,
  aim: Aim,
): Promise<void> {
  let piece = await next(pieces)
  while (piece !== null) {
    if (piece.kind === 'table') {
      const { name } = piece
      const table = must(
        header.tables.find((one) => one.name === name),
        'table of an inspected backup',
      )
      const parts = partsOf(pieces, piece)
      const rows = await copyIn(
        aim.client,
        `copy ${target(aim.client, table)} from stdin`,
        parts.bytes,
      )
      if (rows !== contents.tables[name]?.rows) throw new Error(`${name} got ${rows} rows`)
      aim.say(`${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}`)
      piece = parts.following()
      continue
    }
    if (piece.kind === 'media') await aim.putMedia?.(piece.name, piece.sizeBytes, piece.bytes)
    piece = await next(pieces)
  }
}

/** The bytes of a table's parts, which stand one behind the other, and the piece that came after them. */
function partsOf(pieces: AsyncGenerator<Piece>, first: Extract<Piece, { kind: 'table' }>) {
  let piece: Piece | null = first
  return {
    bytes: (async function* () {
      while (piece?.kind === 'table' && piece.name === first.name) {
        yield* piece.bytes
        piece = await next(pieces)
      }
    })(),
    following: () => piece,
  }
}

async function next(pieces: AsyncGenerator<Piece>): Promise<Piece | null> {
  const following = await pieces.next()
  return following.done === true ? null : following.value
}
