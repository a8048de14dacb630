import { mkdirSync } from 'node:fs'
import { startSimulator, type Simulator } from '../simulator/start.ts'
import { createApi } from './desk/api.ts'
import type { Child } from './desk/child.ts'
import { placeConversations, playDemo } from './desk/demo.ts'
import { startColleagues } from './desk/colleagues.ts'
import { administrator, atWork, colleagues, type Colleague } from './desk/firm.ts'
import { bringIn, createKey, signIn } from './desk/people.ts'
import { loadSecrets, passwordOf, saveSecrets, type Secrets } from './desk/secrets.ts'
import { startServer } from './desk/server.ts'
import { Refusal } from './say.mjs'

/** Everything of Kontor on one computer, running. */
export type Desk = {
  url: string
  simulatorUrl: string
  webhook: { url: string; appSecret: string; verifyToken: string }
  users: (Pick<Colleague, 'name' | 'email' | 'role'> & { password: string })[]
  /** With every scope. */
  apiKey: string
  server: Child
  /** Ends the server alone. What it answers with starts one again, at the same address on the same data. */
  withoutServer(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export type DeskWanted = {
  /** Where it keeps everything from one start to the next. */
  folder: string
  /** 0 picks a free one. */
  port: number
  simulatorPort: number
  isEmpty: boolean
  /** Whether the demo goes on by itself: customers write, and two colleagues work beside whoever is looking. */
  isLive?: boolean
  /** Hears what it is about to do. */
  say: (text: string) => void
  /** Hears what the server says. */
  onServerLine?: (line: string) => void
}

/**
 * Starts the simulator and the server, connects them, and brings in the demo firm through the same doors everybody
 * uses. What an earlier start has done already is left alone.
 *
 * @throws Refusal
 */
export async function startDesk(wanted: DeskWanted): Promise<Desk> {
  const { folder, say } = wanted
  mkdirSync(folder, { recursive: true })
  const secrets = loadSecrets(folder)
  const people = wanted.isEmpty ? [administrator] : colleagues
  for (const { email } of people) passwordOf(secrets, email)
  saveSecrets(folder, secrets)

  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo()
  }
  try {
    say('Starting the WhatsApp simulator …')
    const simulator = await startPlatform(wanted, secrets)
    opened.push(() => simulator.close())
    say('Starting the server and its database …')
    const serve = (port: number) =>
      startServer({
        folder,
        port,
        graphUrl: simulator.url,
        account: simulator.account,
        secrets,
        ...(wanted.onServerLine ? { onLine: wanted.onServerLine } : {}),
      })
    const server = await serve(wanted.port)
    let child = server.child
    opened.push(() => child.stop())

    const webhook = `${server.url}/webhooks/whatsapp`
    await createApi(`${simulator.url}/control`).patch('/account', { webhook })
    const api = await signIn(server.url, secrets)
    await bringIn(api, people, secrets)
    secrets.apiKey ??= await createKey(api)
    saveSecrets(folder, secrets)
    if (!wanted.isEmpty) {
      say('Bringing in the demo firm …')
      const customers = await playDemo(simulator.url, { isLive: wanted.isLive === true })
      // The simulator made the firm's templates only now.
      await api.post('/templates/refresh', {})
      if (!secrets.isPlaced) await placeConversations(api, customers)
      secrets.isPlaced = true
      saveSecrets(folder, secrets)
      if (wanted.isLive) opened.push(employ(server.url, secrets, say))
    }
    return {
      url: server.url,
      simulatorUrl: simulator.url,
      webhook: { url: webhook, appSecret: secrets.appSecret, verifyToken: secrets.verifyToken },
      users: people.map(({ name, email, role }) => {
        return { name, email, role, password: passwordOf(secrets, email) }
      }),
      apiKey: secrets.apiKey,
      server: server.child,
      async withoutServer() {
        await child.stop()
        return async () => {
          child = (await serve(Number(new URL(server.url).port))).child
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** @returns ends their day */
function employ(url: string, secrets: Secrets, say: (text: string) => void): () => Promise<void> {
  const day = new AbortController()
  const people = atWork.map((email) => ({ email, password: passwordOf(secrets, email) }))
  const { ended } = startColleagues({
    url,
    people,
    signal: day.signal,
    random: Math.random,
    onTrouble: say,
  })
  return () => {
    day.abort()
    return ended
  }
}

async function startPlatform(
  { simulatorPort }: DeskWanted,
  { seed, appSecret, verifyToken }: { seed: number; appSecret: string; verifyToken: string },
): Promise<Simulator> {
  try {
    return await startSimulator({ port: simulatorPort, seed, appSecret, verifyToken })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new Refusal(
      `Port ${simulatorPort} is taken, so the simulator cannot start. Name another with --simulator-port, or 0 for any free one.`,
    )
  }
}
