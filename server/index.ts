import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createAlerts } from './alerts/alerts.ts'
import { createMailer } from './mail/mailer.ts'
import { countAlerts } from './alerts/figures.ts'
import { createApp, type App } from './app.ts'
import { Auth } from './auth/auth.ts'
import { prepareFirstAdministrator } from './auth/first.ts'
import { clock } from './clock.ts'
import { publicUrlOf, type Config } from './config.ts'
import { loadKey } from './config/key.ts'
import { openRates } from './cost/rates-file.ts'
import { hooks } from './hooks.ts'
import { createLogger } from './http/logger.ts'
import { Metrics, watchProcess } from './http/metrics.ts'
import { createLog, prepareLane } from './log/log.ts'
import { openMediaFiles } from './media/open-files.ts'
import { ownVersion } from './root.ts'
import { addRoutes } from './routes.ts'
import { countArrivals } from './sender/pace/arrivals.ts'
import { Pace } from './sender/pace/pace.ts'
import { disownOlderEpochs } from './sender/sweep.ts'
import { reasonOf, StartError } from './start-error.ts'
import { beginNewHistory, keepEpochNote } from './store/epoch.ts'
import { openStore } from './store/store.ts'
import { watchDigests } from './sync/digest-watch.ts'
import { Hub, Joined } from './sync/hub.ts'
import { serveSync } from './sync/sockets.ts'
import { startWorkers } from './workers.ts'

export type RunningServer = {
  url: string
  /** Where the first administrator sets a password; null when there is one. */
  setupUrl: string | null
  close(): Promise<void>
}

/** Requests still under way after this are cut off when the server ends. */
const closeWithinMs = 3000

/**
 * Starts everything a server is, in the order its parts need each other; `close` ends them in the reverse.
 *
 * @throws StartError in a sentence an operator can act on
 */
export async function startServer(config: Config): Promise<RunningServer> {
  refuseWhatIsMissing(config)
  const ending: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const end of ending.splice(0).reverse()) await end()
  }
  try {
    return await startParts(config, ending, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function startParts(
  config: Config,
  ending: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<RunningServer> {
  const logger = createLogger(config.logLevel)
  const report = (error: unknown) => logger.error({ error }, 'something failed')
  const port = config.port === 0 ? await freePort(config.host) : config.port
  const publicUrl = publicUrlOf(config, port)
  const store = await openStore({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    onTrouble: (what) => logger.warn({ what }, 'database'),
  })
  ending.push(() => store.close())
  const { db } = store
  await prepareLane(db, () => clock.newId())
  ending.push(await keepEpochNote(db, config.dataDir, { clock, report }))
  const files = await openMediaFiles(config, process.env, (what) => logger.warn({ what }, 'media'))
  const readRates = openRates(config.dataDir)
  const pace = new Pace(config.pace, () => clock.random())
  const log = createLog(db, {
    nowMs: () => clock.nowMs(),
    beforeCommit: [...hooks, countArrivals(pace)],
  })
  ending.push(() => log.idle())

  const parts = { db, log, nowMs: () => clock.nowMs(), newId: () => clock.newId() }
  const auth = new Auth(parts)
  const metrics = new Metrics()
  watchProcess(metrics)
  const key = await loadKey(config.dataDir, config.key)
  const app = await createApp({
    ...parts,
    config,
    auth,
    logger,
    metrics,
    key,
    version: ownVersion(),
  })
  const post = createMailer({ config, db, nowMs: parts.nowMs, publicUrl, report })
  ending.push(() => post.stop())
  const alerts = createAlerts({
    db,
    nowMs: parts.nowMs,
    onChange(change) {
      const { isRaised, ...alarm } = change
      if (isRaised) logger.warn(alarm, 'alarm')
      else logger.info(alarm, 'alarm is over')
      post.tell(change)
    },
  })
  countAlerts(metrics, db, alerts, parts.nowMs)
  const workers = startWorkers({ config, db, log, pace, files, alerts, readRates, report })
  ending.push(() => workers.stop())
  await addRoutes(app, { ...parts, config, auth, metrics, publicUrl, workers, readRates })

  const hub = await Hub.start(db, log, report)
  ending.push(() => hub.stop())
  ending.push(() => closeApp(app))
  const beginAnew = async () => {
    const what = await beginNewHistory(db, config.dataDir, 'console-ahead', clock)
    logger.warn({ what }, 'database')
    await disownOlderEpochs(log)
  }
  const digests = watchDigests(metrics, logger)
  const shared = {
    ...parts,
    hub,
    joined: new Joined(),
    report,
    digests,
    beginNewHistory: beginAnew,
  }
  const sync = serveSync(app.server, auth, shared, [new URL(publicUrl).origin])
  metrics.reading('kontor_consoles', 'Consoles connected.', () => sync.count())
  metrics.reading('kontor_consoles_unread_bytes', 'Sent to consoles and not read by them.', () =>
    sync.bufferedBytes(),
  )
  ending.push(() => sync.stop())
  await listen(app, config.host, port)
  const setupUrl = await prepareFirstAdministrator(
    { ...parts, people: auth.people },
    config,
    publicUrl,
  )
  return { url: publicUrl, setupUrl, close }
}

/** Requests under way may end; a browser's spare connection, which never asks anything, does not hold up the end. */
async function closeApp(app: App): Promise<void> {
  const force = setTimeout(() => app.server.closeAllConnections(), closeWithinMs)
  await app.close()
  clearTimeout(force)
}

async function listen(app: App, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw new StartError(
      `Nothing can listen on ${host}:${port}: ${reasonOf(error)}. Set KONTOR_PORT to a free port.`,
    )
  }
}

/** Known before the routes are, because links and policies name it. */
async function freePort(host: string): Promise<number> {
  const probe = createServer()
  probe.listen(0, host)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo // listening on a port, not on a pipe
  probe.close()
  await once(probe, 'close')
  return port
}

/** Settings whose feature does not exist yet stop the start, so that nobody relies on them. */
function refuseWhatIsMissing({ natsUrl }: Config): void {
  const refuse = (name: string, what: string) => {
    throw new StartError(
      `The setting ${name} is set, but this version cannot ${what} yet. Leave it out.`,
    )
  }
  if (natsUrl !== null) refuse('NATS_URL', 'run as several processes')
}
