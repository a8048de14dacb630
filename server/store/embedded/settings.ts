import { createHash } from 'node:crypto'

/**
 * How the embedded database runs. Given on its command line, so that they hold whatever the folder's own files say.
 * Small on purpose: server and database together stay under 350 MB at rest.
 */
const always: Record<string, string | number> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 40,
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  // One server reads and writes it, nobody replicates from it, and no question is big enough for helpers.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_worker_processes: 2,
  max_parallel_workers: 0,
  max_parallel_workers_per_gather: 0,
  max_logical_replication_workers: 0,
  autovacuum_worker_slots: 2,
  autovacuum_max_workers: 1,
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Statements and details carry what customers wrote.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Command-line flags; the cluster's name carries their fingerprint, by which a running one is told to be up to date. */
export function flagsFor(version: string, isDurable: boolean): { flags: string[]; mark: string } {
  const settings = { ...always, ...(isDurable ? durable : forgetful) }
  const text = JSON.stringify([version, settings])
  const mark = `kontor-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
  const all = Object.entries({ ...settings, cluster_name: mark })
  return { flags: all.flatMap(([name, value]) => ['-c', `${name}=${value}`]), mark }
}
