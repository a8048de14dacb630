/** Starts the platform on a desk. Tests of other folders start it here; the command line does too. */
import type { AddressInfo } from 'node:net'
import { shownAccount, type ShownAccount } from './control/account.ts'
import { createHttp } from './http.ts'
import type { Latency } from './world/account.ts'
import { createRealClock, ManualClock } from './world/clock.ts'
import { createWorld } from './world/world.ts'

export type SimulatorOptions = {
  /** 0, the default, picks a free one. */
  port?: number
  /** Where webhooks go; they wait while nobody has said. */
  webhook?: string
  /** Random when not given, like the verify token. */
  appSecret?: string
  verifyToken?: string
  /** Ids and the token are the same for the same seed; 1 by default. */
  seed?: number
  /** A manual clock stands still until `POST /control/clock` moves it. */
  clock?: 'real' | 'manual'
  /** What a manual clock shows at first; the present by default. */
  startAtMs?: number
  latencyMs?: Partial<Latency>
}

export type Simulator = {
  url: string
  /** What a server needs to connect. */
  account: ShownAccount
  close(): Promise<void>
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock =
    options.clock === 'manual'
      ? new ManualClock(options.startAtMs ?? Date.now())
      : createRealClock()
  const world = createWorld({ ...options, seed: options.seed ?? 1, clock, report })
  const app = await createHttp(world)
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo // listening on TCP, so it has a port
  world.url = `http://127.0.0.1:${port}`
  return {
    url: world.url,
    account: shownAccount(world),
    async close() {
      clock.stop()
      await world.outbox.close()
      await app.close()
    },
  }
}

function report(bug: unknown): void {
  process.stderr.write(`${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}\n`)
}
