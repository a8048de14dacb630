import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { quantile, say, type Benchmark, type Figure } from './lib/figures.ts'
import { createPoster, prepare } from './lib/poster.ts'
import { administrator, readyLine, startBenchServer } from './lib/server.ts'
import { textWebhook } from './lib/webhooks.ts'

const consoles = 200
const perSecond = 100
const warmUp = 200
const measured = 1000
const contacts = 200
const here = import.meta.dirname

/** How long after its webhook was accepted the last of 200 consoles has a message, at 100 messages a second. */
export const fanout: Benchmark = {
  about: `webhook accepted → the last of ${consoles} consoles has it, at ${perSecond} messages a second, against a bare ws broadcast of as many bytes`,
  async run(): Promise<Figure[]> {
    const server = await startBenchServer()
    try {
      const token = await signIn(server.url)
      say('Kontor')
      const ours = await measure(`${server.url.replace('http', 'ws')}/sync`, server.url, token)
      say('bare broadcast')
      const bareServer = program('lib/bare-broadcast.ts', [])
      const bareUrl = await readyLine(bareServer, /^bare is ready: (\S+)$/)
      const bare = await measure(bareUrl.replace('http', 'ws'), bareUrl)
      await ended(bareServer)
      const p99 = quantile(ours, 0.99)
      return [
        { name: 'p50', value: quantile(ours, 0.5), unit: 'ms' },
        { name: 'p99', value: p99, unit: 'ms' },
        { name: 'bare broadcast p50', value: quantile(bare, 0.5), unit: 'ms' },
        { name: 'bare broadcast p99', value: quantile(bare, 0.99), unit: 'ms' },
        { name: 'p99 ratio', value: p99 / quantile(bare, 0.99), unit: '×' },
      ]
    } finally {
      await server.close()
    }
  },
}

/** @returns for each measured message the milliseconds from its 200 to its last arrival */
async function measure(socketUrl: string, postUrl: string, token?: string): Promise<number[]> {
  const listening = program('lib/consoles.ts', [
    socketUrl,
    String(consoles),
    ...(token === undefined ? [] : [token]),
  ])
  const arrivals = new Map<number, number>()
  if (listening.stdout === null) throw new Error('bug: the output is not piped')
  const isReady = new Promise<void>((resolve) => {
    createInterface({ input: listening.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line === 'ready') return resolve()
      const [mark, at] = line.split(' ')
      arrivals.set(Number(mark), Number(at))
    })
  })
  await isReady
  const total = warmUp + measured
  const accepted = await postSteadily(postUrl, total)
  for (let tries = 0; arrivals.size < total && tries < 1000; tries += 1) await wait(10)
  await ended(listening)
  const delays: number[] = []
  for (let index = warmUp; index < total; index += 1) {
    const at = arrivals.get(index)
    if (at === undefined) throw new Error(`message ${index} never reached every console`)
    delays.push(Math.max(0, at - (accepted[index] ?? at)))
  }
  return delays
}

/** @returns when each was answered, Unix milliseconds */
async function postSteadily(url: string, total: number): Promise<number[]> {
  const poster = createPoster(url, 16)
  const accepted: number[] = []
  const startMs = performance.now()
  const posts: Promise<void>[] = []
  for (let index = 0; index < total; index += 1) {
    const dueMs = startMs + (index * 1000) / perSecond
    const restMs = dueMs - performance.now()
    if (restMs > 0) await wait(restMs)
    posts.push(
      poster.post(prepare(url, marked(index))).then(() => {
        accepted[index] = performance.timeOrigin + performance.now()
      }),
    )
  }
  await Promise.all(posts)
  poster.close()
  return accepted
}

function marked(index: number): Buffer {
  const text = textWebhook(1_000_000 + index, contacts).toString('utf8')
  return Buffer.from(text.replace('Guten Tag', `fan-${index}-naf Guten Tag`))
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(administrator),
  })
  return ((await response.json()) as { token: string }).token // the server's own answer
}

function program(file: string, args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(here, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}
