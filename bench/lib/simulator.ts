import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readyLine } from './server.ts'

const root = join(import.meta.dirname, '../..')

export type BenchSimulator = {
  url: string
  account: { accountId: string; token: string; numbers: { id: string }[] }
  /** When the platform took each message on, by our id of it. */
  accepted(): Promise<Map<string, number>>
  close(): Promise<void>
}

/** The simulated WhatsApp as a process of its own: no limits, and nobody hears of what becomes of messages. */
export async function startBenchSimulator(): Promise<BenchSimulator> {
  const args = ['--import', 'tsx', 'simulator/index.ts', '--port', '0', '--json']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await readyLine(child, /^(\{.*\})$/)
  const { url, account } = JSON.parse(line) as Pick<BenchSimulator, 'url' | 'account'> // its own line
  await fetch(`${url}/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'drop-status' }),
  })
  return {
    url,
    account,
    async accepted() {
      const answer = await fetch(`${url}/control/accepted`)
      const { items } = (await answer.json()) as {
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
