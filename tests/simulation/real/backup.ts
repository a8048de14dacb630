import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { backupBytes } from '../../../server/store/backup/write.ts'
import { loadBackup } from '../../../server/store/backup/load.ts'
import { inspectBackup } from '../../../server/store/backup/read.ts'
import { withConnection } from '../../../server/store/reach.ts'

const name = 'kontor-simulation'
const say = () => undefined

/** As `kontor-server backup` does it. */
export async function backUp(url: string, path: string, nowMs: number): Promise<void> {
  await withConnection(url, name, async (client) => {
    const bytes = backupBytes({ client, nowMs, appVersion: '0', pathOfMedia: null, say }, say)
    await pipeline(bytes, createGzip({ level: 1 }), createWriteStream(path))
  })
}

/** As `kontor-server restore` does it, but for the questions it asks first. */
export async function restore(url: string, path: string, newEpoch: string): Promise<void> {
  const backup = await inspectBackup(path)
  await withConnection(url, name, (client) =>
    loadBackup(path, backup, { client, newEpoch, putMedia: null, say }),
  )
}
