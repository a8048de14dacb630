import { mkdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { reasonOf } from '../start-error.ts'
import { openCluster } from './embedded/cluster.ts'
import { findRunning, stopPostmaster, type Postmaster } from './embedded/postmaster.ts'
import { findProgram } from './embedded/program.ts'
import { chooseUser } from './embedded/run-as.ts'
import { adopt, ensureDatabase, spawnPostmaster, urlOf, type Place } from './embedded/running.ts'
import { flagsFor } from './embedded/settings.ts'
import { isAlive } from './process.ts'

/** The server's own PostgreSQL. It outlives a killed server and is then adopted by the next one. */
type Embedded = {
  /** Connection string; stays the same when the database had to be started again. */
  url: string
  /** Whether it was found running. */
  isAdopted: boolean
  stop(): Promise<void>
}

type EmbeddedOptions = {
  dataDir: string
  /** False only for tests: commits do not wait for the disk. */
  isDurable?: boolean
  /** Hears that the database ended unasked and was started again, or could not be. */
  onTrouble?: (what: string) => void
}

const watchMs = 500

/**
 * Starts the database under `<dataDir>/postgres`, making it first when there is none. Takes 1–2 s the first time and
 * well under one afterwards. The caller holds the folder's lock (lock.ts).
 *
 * @throws StartError
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, isDurable = true } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const as = await chooseUser()
  const program = await findProgram(as)
  const cluster = await openCluster(dataDir, program, as, isDurable)
  const place: Place = { ...cluster, dataDir, program, as, ...flagsFor(program.version, isDurable) }

  const left = await findRunning(place.folder)
  const adopted = left === null ? null : await adopt(place, left)
  const running = adopted ?? (await spawnPostmaster(place))
  await ensureDatabase(place, running.port)
  const keeper = keepRunning(place, running, options.onTrouble ?? (() => undefined))
  return { url: urlOf(place, running.port), isAdopted: adopted !== null, stop: () => keeper.stop() }
}

/** Starts the database again, on the same port, when it ends without being asked to. */
function keepRunning(place: Place, first: Postmaster, onTrouble: (what: string) => void) {
  let now = first
  const stopping = new AbortController()
  const { signal } = stopping
  const watch = (async () => {
    while (!signal.aborted) {
      await delay(watchMs, undefined, { ref: false, signal }).catch(() => undefined)
      if (signal.aborted || (await isAlive(now.pid))) continue
      onTrouble('The database ended unasked and is started again.')
      try {
        await findRunning(place.folder)
        now = await spawnPostmaster(place, now.port)
      } catch (error) {
        onTrouble(reasonOf(error))
      }
    }
  })()

  return {
    async stop() {
      stopping.abort()
      await watch
      await stopPostmaster(place.folder, now, place.program)
    },
  }
}
