import type { FromHost, ToHost } from '../../core/contract/remote-host.ts'
import { createConsole } from '../../core/replica/console.ts'
import { openMachine } from './machine.ts'
import { takeSeat } from './seat.ts'

/** The browser's host. Shared by all tabs where the browser can, otherwise one of each tab. */
const remote = takeSeat(async () => {
  const console = createConsole(await openMachine())
  await console.start()
  return console
})

/** Serves one tab for as long as it lives. */
function serve(port: MessagePort | undefined): void {
  if (port === undefined) return
  const post = (message: FromHost | 'ready') => port.postMessage(message)
  const stop = remote.subscribeAll((signal, data) => post({ signal, data }))
  port.addEventListener('close', stop)
  port.onmessage = ({ data }) => {
    const { id, method, input } = data as ToHost // written by start.ts; the host checks method and input
    void remote.request(method, input).then((reply) => post({ id, reply }))
  }
  post('ready')
}

addEventListener('connect', (event) => serve((event as MessageEvent).ports[0])) // a tab attached to the shared worker
addEventListener('message', ({ ports }) => serve(ports[0])) // the tab this worker belongs to hands over its port
