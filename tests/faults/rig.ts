import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type SimulatorOptions } from '../../simulator/start.ts'
import { createApi, type Api } from '../../tools/desk/api.ts'
import { createKey, signIn } from '../../tools/desk/people.ts'
import { administrator } from '../../tools/desk/firm.ts'
import { loadSecrets, passwordOf } from '../../tools/desk/secrets.ts'
import { startServer, type DeskServer } from '../../tools/desk/server.ts'

/** The whole matrix, which takes hours of patience; `npm test` runs a short form of it. */
export const isFull = process.env.KONTOR_FAULTS === 'full'

/** A server that may be killed at any moment, and the platform that watches it. */
export type Rig = {
  folder: string
  /** Of the platform. */
  control: Api
  /** Of the server that runs now; another after each start. */
  api: () => Api
  url: () => string
  isRunning: () => boolean
  /** What a webhook is answered; signed as the platform would, unless other headers are given. */
  post(bytes: Buffer, headers?: Record<string, string>): Promise<number>
  /** A session of the administrator's, as a console has one. */
  signIn(): Promise<string>
  /**
   * @param within a command line the server is started by
   * @returns how long it took, in milliseconds
   */
  start(within?: readonly string[]): Promise<number>
  kill(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}

/** @param options of the platform; the seed decides its ids and chances */
export async function openRig(options: SimulatorOptions & { seed: number }): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-faults-'))
  const secrets = loadSecrets(folder)
  const { appSecret, verifyToken } = secrets
  const latencyMs = { sent: 10, delivered: 20, read: 60 }
  const simulator = await startSimulator({ latencyMs, ...options, appSecret, verifyToken })
  const control = createApi(`${simulator.url}/control`)
  let server: DeskServer | undefined
  let key: string | undefined
  const url = () => server?.url ?? ''

  return {
    folder,
    control,
    url,
    api: () => createApi(`${url()}/api/v1`, key),
    isRunning: () => server?.child.isRunning() ?? false,
    async post(bytes, headers = signatureOf(bytes, appSecret)) {
      const answer = await fetch(`${url()}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: new Uint8Array(bytes),
      })
      await answer.arrayBuffer()
      return answer.status
    },
    async signIn() {
      const { email } = administrator
      const asked = { email, password: passwordOf(secrets, email), device: 'tests' }
      return (await createApi(`${url()}/api/v1`).post<{ token: string }>('/sessions', asked)).token
    },
    async start(within) {
      const startedAtMs = Date.now()
      server = await startServer({
        folder,
        port: 0,
        graphUrl: simulator.url,
        account: simulator.account,
        secrets,
        ...(within ? { within } : {}),
      })
      const tookMs = Date.now() - startedAtMs
      key ??= await createKey(await signIn(server.url, secrets))
      // Also makes the platform try again at once, instead of when its patience grows back.
      await control.patch('/account', { webhook: `${server.url}/webhooks/whatsapp` })
      return tookMs
    },
    kill: async () => server?.child.kill(),
    stop: async () => server?.child.stop(),
    async close() {
      await server?.child.stop()
      await simulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function signatureOf(bytes: Buffer, secret: string): Record<string, string> {
  const hmac = createHmac('sha256', secret).update(bytes).digest('hex')
  return { 'x-hub-signature-256': `sha256=${hmac}` }
}
