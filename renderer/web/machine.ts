import { createWebParts } from '../../core/machine/web.ts'
import type { Machine } from '../../core/replica/ports.ts'
import { openDatabase } from './database.ts'

/**
 * A browser's worker as the machine a console runs on. The server is the one the page came from.
 *
 * @param language the page's: a worker's own may be another
 */
export async function openMachine(language: string): Promise<Machine> {
  const replicas = new Map<string, ReturnType<typeof openDatabase>>()
  return {
    ...createWebParts({
      fetch: (url, init) => fetch(url, init),
      createSocket: (url) => new WebSocket(url),
      AbortController,
      TextEncoder,
      crypto,
      setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
      clearTimeout: (timer) => clearTimeout(timer),
      nowMs: () => Date.now(),
    }),
    host: 'browser',
    device: 'browser',
    language,
    serverUrl: location.origin,
    isServerManaged: false,
    settings: await openDatabase('kontor-settings'),
    replicaDisk(key) {
      const opened = replicas.get(key) ?? openDatabase(`kontor-replica-${key}`)
      replicas.set(key, opened)
      opened.catch(() => replicas.delete(key))
      return opened
    },
    report: (bug) => reportError(bug),
  }
}
