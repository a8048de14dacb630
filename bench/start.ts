import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say, type Benchmark, type Figure } from './lib/figures.ts'
import { readyLine } from './lib/server.ts'

const root = join(import.meta.dirname, '..')
const restMs = 15_000
const megabyte = 1024 * 1024

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
      const memory = memoryOf(second.pid, /server\/cli|out\/server|postgres/)
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

/** Bytes only these processes use, plus their fair share of what they share (PSS). Linux tells it, others do not. */
function memoryOf(group: number, command: RegExp): number {
  let bytes = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (!command.test(line) || !isUnder(Number(pid), group)) continue
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
      bytes += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024
    } catch {
      // it has ended meanwhile
    }
  }
  return bytes
}

function isUnder(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 1;) {
    if (current === ancestor) return true
    current = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${current}/stat`, 'utf8'))?.[1] ?? 0)
  }
  return false
}
