import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import { answer } from '../../core/contract/host.ts'
import { createConsole } from '../../core/replica/console.ts'
import { openMachine } from '../../electron/host/machine.ts'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/index.ts'
import { createClient } from '../../server/whatsapp/client.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { startSimulator } from '../../simulator/start.ts'

export const soon = { timeout: 20_000, interval: 30 }
const [email, password] = ['maren@nordwerk.example', 'correct horse battery']

/** A whole server beside a simulated WhatsApp, and the desktop's console signed in to it. */
export async function aSignedInConsole(templates: object[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-first-'))
  const { url: database } = await testDatabase()
  const simulator = await startSimulator({
    latencyMs: { sent: 5, delivered: 5, read: 5, review: 1 },
  })
  const { account } = simulator
  const graph = { graphUrl: simulator.url, version: 'v25.0', token: account.token }
  const client = createClient(graph)
  for (const template of templates) await client.createTemplate(account.accountId, template)
  const areApproved = async () =>
    (await client.listTemplates(account.accountId)).every(({ status }) => status === 'APPROVED')
  await expect.poll(areApproved, soon).toBe(true)
  const config = readConfig(['--data', join(folder, 'server'), '--port', '0'], {
    DATABASE_URL: database,
    WHATSAPP_GRAPH_URL: simulator.url,
    WHATSAPP_TOKEN: account.token,
    WHATSAPP_APP_SECRET: account.appSecret,
    WHATSAPP_VERIFY_TOKEN: account.verifyToken,
    WHATSAPP_BUSINESS_ACCOUNT_ID: account.accountId,
    KONTOR_ADMIN_EMAIL: email,
    KONTOR_ADMIN_PASSWORD: password,
    KONTOR_LOG: 'fatal',
  })
  const server = await startServer(config)
  const control = async <T>(path: string, body: object, method = 'POST'): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    const asked = { method, headers, body: JSON.stringify(body) }
    return (await (await fetch(`${simulator.url}/control${path}`, asked)).json()) as T // the caller says what is answered
  }
  await control('/account', { webhook: `${server.url}/webhooks/whatsapp` }, 'PATCH')
  const bugs: unknown[] = []
  const setup = { folder: join(folder, 'console'), language: 'de', serverUrl: null }
  const machine = await openMachine({ ...setup, isServerManaged: false }, (bug) => bugs.push(bug))
  const console = createConsole(machine)
  await console.start()
  onTestFinished(async () => {
    await console.stop()
    await machine.close()
    await server.close()
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
    expect(bugs).toEqual([])
  })
  const api = createApi({
    request: (method, input) => answer(console.host, method, input),
    subscribe: (name, listener) =>
      console.subscribe((signal, data) => {
        if (signal === name) listener(data)
      }),
  })
  await api.call('session.sign-in', { serverUrl: server.url, email, password })
  return { api, control, simulator }
}
