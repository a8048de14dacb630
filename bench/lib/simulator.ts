import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { startLoad } from '../../simulator/control/load.ts'
import type { Simulator } from '../../simulator/start.ts'
import type { Batching } from '../../simulator/world/settings.ts'
import { appSecret } from './poster.ts'
import { readyLine } from './server.ts'

const root = join(import.meta.dirname, '../..')

type Wanted = Parameters<typeof startLoad>[1]
export type Progress = ReturnType<ReturnType<typeof startLoad>['progress']>

export type BenchSimulator = {
  url: string
  account: Simulator['account']
  pid: number
  /** How it puts updates together into calls, and then the updates. */
  startLoad(batching: Batching, wanted: Wanted): Promise<void>
  progress(): Promise<Progress>
  /** Nobody is to hear what becomes of messages. */
  dropStatuses(): Promise<void>
  /** When the platform took each message on, by our id of it. */
  accepted(): Promise<Map<string, number>>
  close(): Promise<void>
}

/** The simulated WhatsApp as a process of its own, without limits; its webhooks go to that server, if to any. */
export async function startBenchSimulator(serverUrl?: string): Promise<BenchSimulator> {
  const secrets = ['--app-secret', appSecret, '--verify-token', 'bench']
  const target =
    serverUrl === undefined ? [] : ['--webhook', `${serverUrl}/webhooks/whatsapp`, ...secrets]
  const args = ['--import', 'tsx', 'simulator/index.ts', '--port', '0', '--json', ...target]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await readyLine(child, /^(\{.*\})$/)
  const { url, account } = JSON.parse(line) as Pick<Simulator, 'url' | 'account'> // simulator/index.ts prints it
  async function control(path: string, method = 'GET', body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`the simulator answered ${response.status}`)
    return response.json()
  }
  return {
    url,
    account,
    pid: child.pid ?? 0,
    async startLoad(batching, wanted) {
      await control('settings', 'PATCH', { batching })
      await control('load', 'POST', wanted)
    },
    progress: async () => (await control('load')) as Progress, // simulator/control/desk.ts answers with it
    async dropStatuses() {
      await control('faults', 'POST', { kind: 'drop-status' })
    },
    async accepted() {
      const { items } = (await control('accepted')) as {
        items: { callbackData: string; acceptedAt: string }[]
      } // what the control answers
      return new Map(items.map((one) => [one.callbackData, Date.parse(one.acceptedAt)]))
    },
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
