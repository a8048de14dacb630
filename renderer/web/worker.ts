import type { FromHost, ToHost } from '../../core/contract/remote-host.ts'
import { createConsole } from '../../core/replica/console.ts'
import { openMachine } from './machine.ts'
import { takeSeat } from './seat.ts'

/** The first thing a tab says. */
export type Greeting = { language: string }

let greeted: (greeting: Greeting) => void = () => undefined
const greeting = new Promise<Greeting>((resolve) => (greeted = resolve))

/** The browser's host. Shared by all tabs where the browser can, otherwise one of each tab. */
const remote = takeSeat(async () => {
  const console = createConsole(await openMachine((await greeting).language))
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
    const message = data as ToHost | Greeting // written by start.ts; the host checks method and input
    if ('language' in message) return greeted(message)
    const { id, method, input } = message
    void remote.request(method, input).then((reply) => post({ id, reply }))
  }
  post('ready')
}

addEventListener('connect', (event) => serve((event as MessageEvent).ports[0])) // a tab attached to the shared worker
addEventListener('message', ({ ports }) => serve(ports[0])) // the tab this worker belongs to hands over its port
