import type { Config } from '../config.ts'
import { openStore } from '../store/store.ts'

/** @returns the sentence to print */
export async function bringSchemaUpToDate(config: Config): Promise<string> {
  const store = await openStore(config)
  await store.close()
  return store.applied.length === 0
    ? 'The database is up to date.'
    : `Brought the database up to date: ${store.applied.join(', ')}.`
}
