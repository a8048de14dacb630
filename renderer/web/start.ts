import type { Wire } from '../../core/contract/client.ts'
import { RemoteHost, type FromHost } from '../../core/contract/remote-host.ts'
import type { Greeting } from './worker.ts'

/**
 * Starts the browser's host, or attaches to the one another tab started. Call it once a page.
 *
 * @throws Error when the browser cannot run it
 */
export async function startWebHost(): Promise<Wire> {
  const remote = new RemoteHost()
  const { port, failed } = openPort()
  const ready = new Promise<void>((resolve) => {
    port.onmessage = ({ data }) => {
      const message = data as FromHost | 'ready' // written by worker.ts
      if (message === 'ready') resolve()
      else remote.hear(message)
    }
  })
  const greeting: Greeting = { language: navigator.language }
  port.postMessage(greeting)
  await Promise.race([ready, failed])
  remote.connected((message) => port.postMessage(message))
  keepShell()
  // Unsent work lives here: the browser is asked not to clear it when space is short.
  void navigator.storage?.persist?.()
  return remote
}

/** From now on the console opens without the server, too. It needs https or this machine's own address. */
function keepShell(): void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer } // absent without https
  void serviceWorker?.register('/shell.js').catch(() => undefined) // it opens from the server then, as before
}

function openPort(): { port: MessagePort; failed: Promise<never> } {
  if ('SharedWorker' in globalThis) {
    const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
      name: 'kontor',
    })
    return { port: worker.port, failed: failure(worker) }
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'kontor',
  })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage(null, [port2])
  return { port: port1, failed: failure(worker) }
}

function failure(worker: AbstractWorker): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('the host could not be started')))
  })
}
