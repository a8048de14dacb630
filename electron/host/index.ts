import { createConsole } from '../../core/replica/console.ts'
import { createBugLog } from './bugs.ts'
import { openMachine, type HostSetup, type NodeMachine } from './machine.ts'
import { serveConsole, type FromMain } from './serve.ts'
import { trustSystemCertificates } from './trust.ts'

/** The host process: the replica, its files and its link to the server, away from windows and from the main process. */
const setup = JSON.parse(process.argv[2] ?? '') as HostSetup // written by electron/main/host-process.ts
const port = process.parentPort
const report = createBugLog(setup.folder)
let machine: NodeMachine | null = null

/** So long do those who asked have to hear why the host cannot work, before it is started anew. */
const FAREWELL_MS = 500

process.on('uncaughtException', (bug) => {
  report(bug)
  process.exit(1)
})

trustSystemCertificates()
// The key comes first: host-process.ts posts it before anything else.
port.once('message', ({ data }) => serve(Buffer.from((data as { key: Uint8Array }).key)))

function serve(key: Buffer): void {
  serveConsole(
    {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', ({ data }) => listener(data as FromMain)), // sent by host-process.ts
    },
    async () => {
      machine = await openMachine(setup, report, key)
      const console = createConsole(machine)
      await console.start()
      return console
    },
    {
      stopped: () => void machine?.close().finally(() => process.exit(0)),
      failed(error) {
        report(error)
        setTimeout(() => process.exit(1), FAREWELL_MS)
      },
    },
  )
}
