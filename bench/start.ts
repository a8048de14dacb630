import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say, type Benchmark, type Figure } from './lib/figures.ts'
import { commandOf, memoryOf, processesUnder } from './lib/processes.ts'
import { readyLine } from './lib/server.ts'

const root = join(import.meta.dirname, '..')
const restMs = 15_000
const megabyte = 1024 * 1024
/** Server and database, not the simulator. */
const served = /server\/cli|out\/server|postgres/

/** `npm start` as a newcomer runs it: from a fresh clone, then once more, then left alone. */
export const start: Benchmark = {
  about:
    'npm start in a fresh clone (package cache warm) to its ready line, a second start, memory of server and database at rest',
  async run(): Promise<Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'kontor-bench-'))
    try {
      execFileSync('git', ['clone', '--quiet', root, join(folder, 'kontor')])
      const first = await startOnce(join(folder, 'kontor'))
      await first.stop()
      say(`first start ${first.seconds.toFixed(1)} s`)
      const second = await startOnce(join(folder, 'kontor'))
      say(`second start ${second.seconds.toFixed(1)} s`)
      await wait(restMs)
      const memory = memoryOf(
        processesUnder(second.pid).filter((pid) => served.test(commandOf(pid))),
      )
      await second.stop()
      return [
        { name: 'fresh clone to ready', value: first.seconds, unit: 's' },
        { name: 'second start', value: second.seconds, unit: 's' },
        { name: 'server and database at rest', value: memory / megabyte, unit: 'MB' },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function startOnce(folder: string) {
  const startedMs = performance.now()
  const args = ['start', '--', '--no-open', '--port', '0', '--simulator-port', '0']
  const child = spawn('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  await readyLine(child, /^Kontor is ready: (\S+)/)
  const seconds = (performance.now() - startedMs) / 1000
  return {
    seconds,
    pid: child.pid ?? 0,
    async stop() {
      process.kill(-(child.pid ?? 0), 'SIGINT')
      await once(child, 'exit')
    },
  }
}
