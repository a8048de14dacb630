import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openDatabase, type Database } from '../../server/store/database.ts'
import { startEmbedded } from '../../server/store/embedded.ts'

const root = join(import.meta.dirname, '../..')
const appSecret = 'bench-secret'
export const administrator = { email: 'bench@kontor.example', password: 'a long bench password' }

export type BenchServer = {
  url: string
  db: Database
  databaseUrl: string
  pid: number
  close(): Promise<void>
}

/**
 * A server process on a PostgreSQL of its own, as it is installed: `fsync` and `synchronous_commit` on.
 *
 * @param more settings beside those every benchmark needs
 */
export async function startBenchServer(more: Record<string, string> = {}): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-bench-'))
  const postgres = await startEmbedded({ dataDir: join(folder, 'database') })
  const db = openDatabase(postgres.url, { maxConnections: 2 })
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli.ts', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KONTOR_DATA: join(folder, 'server'),
      KONTOR_PORT: '0',
      KONTOR_LOG: 'error',
      DATABASE_URL: postgres.url,
      KONTOR_ADMIN_EMAIL: administrator.email,
      KONTOR_ADMIN_PASSWORD: administrator.password,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: 'bench',
      ...more,
    },
  })
  const url = await readyLine(child, /^Kontor is served at (\S+)$/)
  return {
    url,
    db,
    databaseUrl: postgres.url,
    pid: child.pid ?? 0,
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await db.destroy()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The first group of the line a program prints when it is ready. */
export async function readyLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  if (child.stdout === null) throw new Error('bug: the output is not piped')
  for await (const line of createInterface({ input: child.stdout })) {
    const found = pattern.exec(line)?.[1]
    if (found === undefined) continue
    child.stdout.resume()
    return found
  }
  throw new Error('the program ended before it was ready')
}

/** A text from one of `contacts` people, as WhatsApp posts it. */
export function textWebhook(index: number, contacts: number): Buffer {
  const person = index % contacts
  const phone = `49151${String(20_000_000 + person)}`
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '494030068810', phone_number_id: '106000000000001' },
    contacts: [
      { profile: { name: `Kontakt ${person}` }, wa_id: phone, user_id: `DE.${900_000 + person}` },
    ],
    messages: [
      {
        from: phone,
        from_user_id: `DE.${900_000 + person}`,
        id: `wamid.BENCH${String(index).padStart(12, '0')}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: {
          body: `Guten Tag, meine Bestellung 4711-${index} ist noch nicht da. Können Sie bitte nachsehen?`,
        },
      },
    ],
  }
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ id: '102000000000001', changes: [{ field: 'messages', value }] }],
  }
  return Buffer.from(JSON.stringify(body))
}

/** Posts signed webhooks over connections that stay open. */
export function createPoster(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(url)
  return {
    close: () => agent.destroy(),
    post: (body: Buffer) =>
      new Promise<number>((resolve, reject) => {
        const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
        const posted = request(
          {
            agent,
            hostname,
            port,
            path: '/webhooks/whatsapp',
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'content-length': body.byteLength,
              'x-hub-signature-256': signature,
            },
          },
          (response) => {
            response.resume()
            response.on('end', () => resolve(response.statusCode ?? 0))
          },
        )
        posted.on('error', reject)
        posted.end(body)
      }),
  }
}
