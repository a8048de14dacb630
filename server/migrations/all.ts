import type { Migration } from '../store/migrate.ts'
import { log } from './0001-log.ts'

/** Every migration, in the order they run. A new one is a file and a line here. */
export const migrations: readonly Migration[] = [log]
