import { join } from 'node:path'
import { startChild, type Child } from './child.ts'
import { administrator, firm } from './firm.ts'
import { passwordOf, type Secrets } from './secrets.ts'

export type DeskServer = { url: string; child: Child }

export type ServerWanted = {
  /** The desk's folder; the server's own lies inside. */
  folder: string
  port: number
  graphUrl: string
  account: { accountId: string; token: string }
  secrets: Secrets
  /** @see ChildOptions */
  within?: readonly string[]
  onLine?: (line: string) => void
}

/**
 * Starts `kontor-server` the way anybody would, and leaves nothing to the environment it was started from: a desk is
 * not somebody's real database.
 *
 * @throws Refusal with the server's own sentence
 */
export async function startServer(wanted: ServerWanted): Promise<DeskServer> {
  const { folder, port, graphUrl, account, secrets, within, onLine } = wanted
  const child = await startChild({
    program: 'server/cli.ts',
    env: {
      ...silenced(process.env),
      KONTOR_DATA: join(folder, 'server'),
      KONTOR_PORT: String(port),
      KONTOR_WORKSPACE: firm,
      KONTOR_ADMIN_EMAIL: administrator.email,
      KONTOR_ADMIN_PASSWORD: passwordOf(secrets, administrator.email),
      WHATSAPP_GRAPH_URL: graphUrl,
      WHATSAPP_TOKEN: account.token,
      WHATSAPP_APP_SECRET: secrets.appSecret,
      WHATSAPP_VERIFY_TOKEN: secrets.verifyToken,
      WHATSAPP_BUSINESS_ACCOUNT_ID: account.accountId,
    },
    ready: /^Kontor is served at (\S+)$/,
    ...(within ? { within } : {}),
    ...(onLine ? { onLine } : {}),
  })
  return { url: child.ready[1] ?? '', child }
}

/** An empty setting counts as none. */
function silenced(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = /^(KONTOR_(?!LOG$)|WHATSAPP_|DATABASE_URL$|NATS_URL$)/
  return Object.fromEntries(
    Object.keys(env).flatMap((name) => (ours.test(name) ? [[name, '']] : [])),
  )
}
