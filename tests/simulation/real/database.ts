import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../../server/migrations/all.ts'
import { openDatabase, type Database } from '../../../server/store/database.ts'
import { startEmbedded } from '../../../server/store/embedded.ts'
import { migrate } from '../../../server/store/migrate.ts'

/** Works with a real PostgreSQL that is there for this alone. */
export async function withDatabase<T>(
  work: (place: { db: Database; url: string }) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-simulation-'))
  const server = await startEmbedded({ dataDir, isDurable: false })
  const db = openDatabase(server.url, { maxConnections: 8 })
  try {
    await migrate(db, migrations)
    return await work({ db, url: server.url })
  } finally {
    await db.destroy()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
