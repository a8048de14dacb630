import { webcrypto } from 'node:crypto'
import { join } from 'node:path'
import WebSocket from 'ws'
import { createWebParts } from '../../core/machine/web.ts'
import type { Device } from '../../core/domain/shared-draft.ts'
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

/**
 * @param key what is kept is sealed with; null keeps it as it is
 * @throws AppError `unavailable` when another process works in the folder
 */
export async function openMachine(
  setup: HostSetup,
  report: (bug: unknown) => void,
  key: Buffer | null = null,
): Promise<NodeMachine> {
  const settings = await openFolder(join(setup.folder, 'settings'), key)
  const replicas = new Map<string, Promise<FolderDisk>>()
  const replicaDisk = (name: string): Promise<Disk> => {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`bug: ${name} is no name for a folder`)
    const opened = replicas.get(name) ?? openFolder(join(setup.folder, 'replicas', name), key)
    replicas.set(name, opened)
    opened.catch(() => replicas.delete(name))
    return opened
  }
  return {
    ...createWebParts({
      fetch,
      createSocket: (url) => new WebSocket(url, { handshakeTimeout: HANDSHAKE_TIMEOUT_MS }),
      AbortController,
      TextEncoder,
      crypto: webcrypto,
      setTimeout,
      clearTimeout,
      nowMs: () => Date.now(),
    }),
    host: 'desktop',
    device: deviceOf(process.platform),
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

function deviceOf(platform: NodeJS.Platform): Device {
  if (platform === 'win32') return 'windows'
  return platform === 'darwin' ? 'mac' : 'linux'
}
