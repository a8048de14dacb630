import { openStore } from '../store/store.ts'

/**
 * A process that opens the store in the folder named on its command line and holds it until told to stop, for tests
 * that kill it: `node --import tsx server/testing/hold-store.ts <folder>`. Prints `open` or what went wrong.
 */
const [dataDir = ''] = process.argv.slice(2)
try {
  const store = await openStore({ dataDir, databaseUrl: null })
  process.once('SIGTERM', () => {
    void store.close().then(() => process.exit(0))
  })
  process.stdout.write('open\n')
  setInterval(() => undefined, 60_000)
} catch (error) {
  process.stdout.write(`${String(error)}\n`)
  process.exitCode = 1
}
