import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '../../simulator/start.ts'
import { createApi, type Api } from '../../tools/desk/api.ts'
import { createKey, signIn } from '../../tools/desk/people.ts'
import { loadSecrets } from '../../tools/desk/secrets.ts'
import { startServer, type DeskServer } from '../../tools/desk/server.ts'

/** A server that may be killed at any moment, and the platform that watches it. */
export type Rig = {
  folder: string
  control: Api
  /** Of the server that runs now; another after each start. */
  api: () => Api
  /** @returns how long it took, in milliseconds */
  start(): Promise<number>
  kill(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}

/** @param seed of the platform's ids and chances */
export async function openRig(seed: number): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-kill-'))
  const secrets = loadSecrets(folder)
  const { appSecret, verifyToken } = secrets
  const latencyMs = { sent: 10, delivered: 20, read: 60 }
  const simulator = await startSimulator({ seed, appSecret, verifyToken, latencyMs })
  const control = createApi(`${simulator.url}/control`)
  let server: DeskServer | undefined
  let key: string | undefined

  return {
    folder,
    control,
    api: () => createApi(`${server?.url}/api/v1`, key),
    async start() {
      const startedAtMs = Date.now()
      server = await startServer({
        folder,
        port: 0,
        graphUrl: simulator.url,
        account: simulator.account,
        secrets,
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
