import { migrations } from '../migrations/all.ts'
import { clock } from '../clock.ts'
import { checkDatabase, openDatabase, type Database } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { settleEpoch } from './epoch.ts'
import { lockData } from './lock.ts'
import { migrate } from './migrate.ts'

type Store = {
  db: Database
  /** Migrations that ran just now. */
  applied: readonly string[]
  /** Ends connections, then the embedded database, then gives the data folder back. */
  close(): Promise<void>
}

type StoreOptions = {
  dataDir: string
  /** An external PostgreSQL; the embedded one when null. */
  databaseUrl: string | null
  onTrouble?: (what: string) => void
}

/**
 * Takes the data folder, starts or reaches the database, brings its schema up to date, and notices when it went back
 * to an earlier state.
 *
 * @throws StartError
 */
export async function openStore({ dataDir, databaseUrl, onTrouble }: StoreOptions): Promise<Store> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo()
  }
  try {
    opened.push(await lockData(dataDir))
    const url = databaseUrl ?? (await startDatabase())
    const db = openDatabase(url, { onError: (error) => onTrouble?.(error.message) })
    opened.push(() => db.destroy())
    await checkDatabase(db)
    const applied = await migrate(db, migrations)
    const trouble = await settleEpoch(db, dataDir, clock)
    if (trouble !== null) onTrouble?.(trouble)
    return { db, applied, close }
  } catch (error) {
    await close()
    throw error
  }

  async function startDatabase(): Promise<string> {
    const embedded = await startEmbedded({ dataDir, ...(onTrouble ? { onTrouble } : {}) })
    opened.push(() => embedded.stop())
    return embedded.url
  }
}
