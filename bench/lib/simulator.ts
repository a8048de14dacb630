import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { startLoad } from '../../simulator/control/load.ts'
import type { Simulator } from '../../simulator/start.ts'
import { appSecret } from './poster.ts'
import { readyLine } from './server.ts'

const root = join(import.meta.dirname, '../..')

type Wanted = Parameters<typeof startLoad>[1]
export type Progress = ReturnType<ReturnType<typeof startLoad>['progress']>

export type BenchSimulator = {
  account: Simulator['account']
  pid: number
  startLoad(wanted: Wanted): Promise<void>
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
  const load = async (init?: RequestInit) => {
    const response = await fetch(`${url}/control/load`, init)
    if (!response.ok) throw new Error(`the simulator answered ${response.status}`)
    return (await response.json()) as Progress // simulator/control/desk.ts answers with it
  }
  return {
    account,
    pid: child.pid ?? 0,
    async startLoad(wanted) {
      const headers = { 'content-type': 'application/json' }
      await load({ method: 'POST', headers, body: JSON.stringify(wanted) })
    },
    progress: () => load(),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
