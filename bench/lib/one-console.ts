import { createConsole } from '../../core/replica/console.ts'
import { openMachine } from '../../electron/host/machine.ts'
import { administrator } from './server.ts'

/**
 * One real console without its window, on sealed files below a folder: `tsx one-console.ts FOLDER URL`. Signs in when
 * nobody is. Prints what happens and after how many milliseconds, counted from the moment it would show its window:
 * `fetching ROWS OF`, `usable MS` (the list of open conversations was answered), `synced MS CPU_MS MEMORY_MB`.
 * It ends with its input.
 */
const [folder = '', serverUrl = ''] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)
const setup = { folder, language: 'de', serverUrl, isServerManaged: true }
const complain = (bug: unknown) => process.stderr.write(`${String(bug)}\n`)
const machine = await openMachine(setup, complain, key)
const one = createConsole(machine)
const { handlers } = one.host
const startMs = performance.now()
const cpu = process.cpuUsage()
let isUsable = false

const sinceMs = () => (performance.now() - startMs).toFixed(1)

async function look(): Promise<void> {
  const { fetching, isSynced } = await handlers['link.state']({})
  if (fetching !== null) process.stdout.write(`fetching ${fetching.rows} ${fetching.of}\n`)
  const { phase } = await handlers['app.state']({})
  if (!isUsable && phase === 'ready') {
    await handlers['inbox.page']({ view: { kind: 'open' }, limit: 50 })
    isUsable = true
    process.stdout.write(`usable ${sinceMs()}\n`)
  }
  if (!isSynced) return
  stopListening()
  const { user, system } = process.cpuUsage(cpu)
  const memoryMb = process.memoryUsage().rss / 1024 / 1024
  process.stdout.write(`synced ${sinceMs()} ${(user + system) / 1000} ${memoryMb}\n`)
}

const stopListening = one.subscribe((signal) => {
  if (signal === 'link.changed' || signal === 'app.changed') void look().catch(complain)
})
await one.start()
const { phase } = await handlers['app.state']({})
if (phase === 'sign-in') await handlers['session.sign-in']({ serverUrl, ...administrator })
await look()
process.stdin.resume()
process.stdin.on('end', () => {
  void one.stop().then(() => machine.close())
})
