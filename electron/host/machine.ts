import { webcrypto } from 'node:crypto'
import { join } from 'node:path'
import WebSocket from 'ws'
import { createWebParts } from '../../core/machine/web.ts'
import type { Disk, Machine } from '../../core/replica/ports.ts'
import { openFolder, type FolderDisk } from './files.ts'

/** What the main process decides for the host, passed to it as one JSON argument. */
export type HostSetup = {
  /** Everything Kontor keeps on this machine lies below. */
  folder: string
  language: string
  serverUrl: string | null
  isServerManaged: boolean
}

/** A computer with Node: files below a folder, sockets, fetch. */
export type NodeMachine = Machine & {
  /** Waits for what is being written and gives the folders back. */
  close(): Promise<void>
}

const HANDSHAKE_TIMEOUT_MS = 15_000

/** @throws AppError `unavailable` when another process works in the folder */
export async function openMachine(
  setup: HostSetup,
  report: (bug: unknown) => void,
): Promise<NodeMachine> {
  const settings = await openFolder(join(setup.folder, 'settings'))
  const replicas = new Map<string, Promise<FolderDisk>>()
  const replicaDisk = (key: string): Promise<Disk> => {
    if (!/^[a-z0-9-]+$/.test(key)) throw new Error(`bug: ${key} is no name for a folder`)
    const opened = replicas.get(key) ?? openFolder(join(setup.folder, 'replicas', key))
    replicas.set(key, opened)
    opened.catch(() => replicas.delete(key))
    return opened
  }
  return {
    ...createWebParts({
      fetch,
      createSocket: (url) => new WebSocket(url, { handshakeTimeout: HANDSHAKE_TIMEOUT_MS }),
      AbortController,
      FormData,
      Blob,
      TextEncoder,
      crypto: webcrypto,
      setTimeout,
      clearTimeout,
      nowMs: () => Date.now(),
    }),
    host: 'desktop',
    language: setup.language,
    serverUrl: setup.serverUrl,
    isServerManaged: setup.isServerManaged,
    settings,
    replicaDisk,
    report,
    async close() {
      for (const replica of await Promise.allSettled(replicas.values())) {
        if (replica.status === 'fulfilled') await replica.value.close()
      }
      await settings.close()
    },
  }
}
