import { join } from 'node:path'
import { utilityProcess, type UtilityProcess } from 'electron'
import { RemoteHost, type FromHost } from '../../core/contract/remote-host.ts'
import type { HostSetup } from '../host/machine.ts'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/** A host that lived this long was healthy: the next wait starts small again. */
const HEALTHY_MS = 60_000

/** A host that has not stopped by then is ended; what it acknowledged is on the disk in any case. */
const STOP_TIMEOUT_MS = 3_000

/**
 * Keeps one host process alive: it comes back, after growing waits, until the app quits. The key goes to it as its first
 * message, because what stands on a command line can be read by others.
 */
export function startHost(
  setup: HostSetup,
  key: Buffer,
): { remote: RemoteHost; stop(): Promise<void> } {
  const remote = new RemoteHost()
  let child: UtilityProcess | null = null
  let waitMs = FIRST_WAIT_MS
  let isStopping = false
  let retry: NodeJS.Timeout | undefined

  const start = () => {
    const startedAtMs = performance.now()
    const path = join(import.meta.dirname, 'host.js')
    const started = utilityProcess.fork(path, [JSON.stringify(setup)], {
      serviceName: 'Kontor host',
    })
    child = started
    started.postMessage({ key })
    started.on('message', (message: FromHost | 'ready') => {
      if (message === 'ready') remote.connected((request) => started.postMessage(request))
      else remote.hear(message)
    })
    started.once('exit', () => {
      child = null
      remote.lost()
      if (isStopping) return
      if (performance.now() - startedAtMs > HEALTHY_MS) waitMs = FIRST_WAIT_MS
      retry = setTimeout(start, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    })
  }
  start()

  return {
    remote,
    async stop() {
      isStopping = true
      clearTimeout(retry)
      const last = child
      if (last === null) return
      const exited = new Promise<void>((resolve) => last.once('exit', () => resolve()))
      last.postMessage('stop')
      const timer = setTimeout(() => last.kill(), STOP_TIMEOUT_MS)
      await exited
      clearTimeout(timer)
    },
  }
}
