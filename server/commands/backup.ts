import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { must } from '../../core/lib/must.ts'
import { clock } from '../clock.ts'
import { readConfig, type Config } from '../config.ts'
import { mediaPlaceOf } from '../config/media-place.ts'
import { diskStore } from '../media/disk-store.ts'
import { ownVersion } from '../root.ts'
import { reasonOf, StartError } from '../start-error.ts'
import { backupBytes, type Written } from '../store/backup/write.ts'
import { writeDurably } from '../store/durable-file.ts'
import { reachDatabase, withConnection } from '../store/reach.ts'
import { takeFlags } from './flags.ts'

type Wanted = { config: Config; path: string; hasMedia: boolean }

/**
 * Writes all that the database holds, as it is at one moment, into one file; the server may go on working.
 *
 * @param say hears how far it is
 * @returns what to print
 * @throws StartError
 */
export async function backUp(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<string> {
  const { file, rest } = takeFile(args, 'backup')
  const { switches, rest: others } = takeFlags(rest, [], ['with-media'])
  const wanted = {
    config: readConfig(others, env),
    path: resolve(file),
    hasMedia: switches.has('with-media'),
  }
  if (existsSync(wanted.path)) {
    throw new StartError(`${wanted.path} is there already. Name a new file; nothing was written.`)
  }
  const database = await reachDatabase(wanted.config)
  try {
    return describe(wanted, await write(wanted, database.url, say))
  } finally {
    await database.close()
  }
}

/**
 * Takes the file, which stands first.
 *
 * @throws StartError
 */
export function takeFile(
  [file, ...rest]: readonly string[],
  command: string,
): { file: string; rest: string[] } {
  if (file !== undefined && !file.startsWith('-')) return { file, rest }
  throw new StartError(`The file is missing: kontor-server ${command} FILE [--setting value …]`)
}

function write({ config, path, hasMedia }: Wanted, url: string, say: (line: string) => void) {
  const folder = mediaFolderOf(config)
  const pathOfMedia =
    hasMedia && folder !== null ? (name: string) => diskStore(folder).pathOf(name) : null
  return withConnection(url, 'kontor-backup', async (client) => {
    let written: Written | undefined
    const source = { client, nowMs: clock.nowMs(), appVersion: ownVersion(), pathOfMedia, say }
    const bytes = backupBytes(source, (all) => (written = all))
    try {
      await writeDurably(path, (to) =>
        pipeline(bytes, createGzip(), async (packed: AsyncIterable<Buffer>) => {
          for await (const part of packed) await to.appendFile(part)
        }),
      )
    } catch (error) {
      throw failure(error, path)
    }
    return must(written, 'backup')
  })
}

/** Where media lie as files; null when they lie in a bucket. */
export function mediaFolderOf({ dataDir, mediaUrl }: Pick<Config, 'dataDir' | 'mediaUrl'>) {
  if (mediaUrl === null) return join(dataDir, 'media')
  const place = must(mediaPlaceOf(mediaUrl), 'place that was parsed')
  return place.kind === 'folder' ? place.folder : null
}

function failure(error: unknown, path: string): unknown {
  if (error instanceof pg.DatabaseError && error.code === '42P01') {
    return new StartError('The database holds no Kontor. Nothing was written.')
  }
  const isOfSystem = error instanceof Error && 'syscall' in error
  const isOfDatabase =
    error instanceof pg.DatabaseError || /Connection terminated/.test(reasonOf(error))
  if (!isOfSystem && !isOfDatabase) return error
  return new StartError(`The backup ${path} was not written: ${reasonOf(error)}.`)
}

async function describe({ config, path, hasMedia }: Wanted, written: Written): Promise<string> {
  const tables = Object.values(written.tables)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const { size } = await stat(path)
  return [
    `Backed up ${rows} rows of ${tables.length} tables to ${path} (${megabytes(size)}).`,
    mediaSentence(config, hasMedia, written),
    config.key === null
      ? `The key ${join(config.dataDir, 'key')} is not in it: keep a copy of it elsewhere, without it the stored secrets cannot be read.`
      : 'KONTOR_KEY is not in it: keep it elsewhere, without it the stored secrets cannot be read.',
  ].join('\n')
}

function mediaSentence(
  config: Config,
  hasMedia: boolean,
  { media, missingMedia }: Written,
): string {
  const all = `${media.files} media files (${megabytes(media.sizeBytes)})`
  if (media.files === 0) return 'There are no media files yet.'
  const folder = mediaFolderOf(config)
  if (folder === null) return `The ${all} lie in ${config.mediaUrl} and are not in it.`
  if (!hasMedia) return `The ${all} in ${folder} are not in it; --with-media takes them along.`
  const missing =
    missingMedia === 0 ? '' : `; ${missingMedia} that should be in ${folder} are not there`
  return `The ${all} are in it${missing}.`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
