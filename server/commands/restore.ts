import { createInterface } from 'node:readline/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { clock } from '../clock.ts'
import { readConfig, type Config } from '../config.ts'
import { migrations } from '../migrations/all.ts'
import { reasonOf, StartError } from '../start-error.ts'
import { loadBackup } from '../store/backup/load.ts'
import { putMediaInto } from '../store/backup/media.ts'
import { inspectBackup, type Inspected } from '../store/backup/read.ts'
import { lookAt } from '../store/backup/schema.ts'
import { checkDatabase, openDatabase } from '../store/database.ts'
import { startEmbedded } from '../store/embedded.ts'
import { writeNote } from '../store/epoch.ts'
import { lockData } from '../store/lock.ts'
import { migrate } from '../store/migrate.ts'
import { withConnection } from '../store/reach.ts'
import { refuseOthers } from '../store/others.ts'
import { mediaFolderOf, takeFile } from './backup.ts'
import { takeFlags } from './flags.ts'

type Asked = {
  config: Config
  path: string
  isSure: boolean
  mayReplace: boolean
}

/** Puts a question to the person at the keyboard; null when there is nobody. */
export type Ask = ((question: string) => Promise<string>) | null

/**
 * Puts a backup in the place of what the database holds, while the server is stopped. The whole file is read and
 * compared with itself before anything is changed, and then it is all or nothing.
 *
 * @param say hears how far it is
 * @returns what to print
 * @throws StartError
 */
export async function restore(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  ask: Ask = keyboard(),
): Promise<string> {
  const { file, rest } = takeFile(args, 'restore')
  const { switches, rest: others } = takeFlags(rest, [], ['yes', 'replace'])
  const asked = {
    config: readConfig(others, env),
    path: resolve(file),
    isSure: switches.has('yes'),
    mayReplace: switches.has('replace'),
  }
  const { dataDir, databaseUrl } = asked.config
  const release = await lockData(dataDir)
  try {
    say(`Reading ${asked.path} …`)
    const backup = await inspectBackup(asked.path)
    refuseNewer(backup)
    if (databaseUrl !== null) return await restoreInto(databaseUrl, asked, backup, say, ask)
    const embedded = await startEmbedded({ dataDir })
    try {
      return await restoreInto(embedded.url, asked, backup, say, ask)
    } finally {
      await embedded.stop()
    }
  } finally {
    await release()
  }
}

function refuseNewer({ header }: Inspected): void {
  const unknown = header.migrations.filter((name) => !migrations.some((one) => one.name === name))
  if (unknown.length === 0) return
  throw new StartError(
    `The backup is of a newer Kontor (${header.appVersion}, it has ${unknown.join(', ')}). Restore it with that version.`,
  )
}

async function restoreInto(
  url: string,
  asked: Asked,
  backup: Inspected,
  say: (line: string) => void,
  ask: Ask,
): Promise<string> {
  const { config, path } = asked
  const db = openDatabase(url, { maxConnections: 1 })
  try {
    await checkDatabase(db)
    await refuseOthers(db)
    const newEpoch = clock.newId()
    const folder = mediaFolderOf(config)
    const aim = { newEpoch, putMedia: folder === null ? null : putMediaInto(folder), say }
    await withConnection(url, 'kontor-restore', async (client) => {
      await allow(await lookAt(client), asked, backup, ask)
      await loadBackup(path, backup, { client, ...aim }).catch((error: unknown) => {
        throw failure(error)
      })
    })
    const applied = await migrate(db, migrations)
    await writeNote(config.dataDir, { epoch: newEpoch, head: backup.header.head })
    return describe(backup, applied, folder)
  } finally {
    await db.destroy()
  }
}

/** @throws StartError unless this may be done and somebody wants it */
async function allow(
  ground: Awaited<ReturnType<typeof lookAt>>,
  { config, mayReplace, isSure }: Asked,
  { header }: Inspected,
  ask: Ask,
): Promise<void> {
  const place = config.databaseUrl === null ? `the database in ${config.dataDir}` : 'that database'
  if (ground === 'foreign') {
    throw new StartError(
      'The database holds tables that are not of Kontor. Nothing was changed; restore into a database of its own.',
    )
  }
  if (ground === 'used' && !mayReplace) {
    throw new StartError(
      `There is something in ${place} already. Nothing was changed; --replace puts the backup in its place, and what is there now is lost.`,
    )
  }
  if (isSure) return
  if (ask === null)
    throw new StartError('Nothing was changed: add --yes to restore without a question.')
  const loss = ground === 'used' ? `All that is in ${place} now is lost. ` : ''
  const answer = await ask(
    `The backup of ${header.createdAt} is put into ${place}. ${loss}Type yes to go on: `,
  )
  if (answer.trim().toLowerCase() !== 'yes') throw new StartError('Nothing was changed.')
}

function failure(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) && !(error instanceof Error && 'syscall' in error))
    return error
  return new StartError(`The backup was not restored, and nothing was changed: ${reasonOf(error)}.`)
}

function describe(
  { header, contents }: Inspected,
  applied: readonly string[],
  folder: string | null,
): string {
  const tables = Object.values(contents.tables)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const { files, included } = contents.media
  const isLeftOut = folder === null && Object.keys(included).length > 0
  return [
    `Restored ${rows} rows of ${tables.length} tables as they were on ${header.createdAt}.`,
    ...(applied.length === 0 ? [] : [`Brought the database up to date: ${applied.join(', ')}.`]),
    ...(files > 0 && Object.keys(included).length === 0
      ? ['Its media files are not in the backup: put them back where KONTOR_MEDIA_URL says.']
      : []),
    ...(isLeftOut
      ? [
          'KONTOR_MEDIA_URL names a bucket, so the media files in the backup were left there: unpack them with tar.',
        ]
      : []),
    'It begins a new history: consoles send again what it lacks, and messages that may have left already are marked uncertain.',
    'People, sessions and API keys are as they were then: lock out again whoever was locked out since.',
  ].join('\n')
}

function keyboard(): Ask {
  if (!process.stdin.isTTY) return null
  return async (question) => {
    const line = createInterface({ input: process.stdin, output: process.stderr })
    return line.question(question).finally(() => line.close())
  }
}
