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
  account: Simulator['account']
  pid: number
  /** How it puts updates together into calls, and then the updates. */
  startLoad(batching: Batching, wanted: Wanted): Promise<void>
  progress(): Promise<Progress>
  close(): Promise<void>
}

/** A simulator process that delivers its webhooks to that server. */
export async function startBenchSimulator(serverUrl: string): Promise<BenchSimulator> {
  const args = ['--port', '0', '--json', '--app-secret', appSecret, '--verify-token', 'bench']
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'simulator/index.ts',
      ...args,
      '--webhook',
      `${serverUrl}/webhooks/whatsapp`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
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
    account,
    pid: child.pid ?? 0,
    async startLoad(batching, wanted) {
      await control('settings', 'PATCH', { batching })
      await control('load', 'POST', wanted)
    },
    progress: async () => (await control('load')) as Progress, // simulator/control/desk.ts answers with it
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
