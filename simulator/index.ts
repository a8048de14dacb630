/** `npm run simulator`: WhatsApp on a desk, until it is told to stop. */
import { FlagError, readFlags } from './flags.ts'
import { startSimulator } from './start.ts'

try {
  const { isJson, ...options } = readFlags(process.argv.slice(2))
  const simulator = await startSimulator(options)
  const { url, account } = simulator
  console.log(isJson ? JSON.stringify({ url, account }) : `Simulator is ready: ${url}`)
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  console.error(reasonOf(error))
  process.exit(error instanceof FlagError ? 2 : 1)
}

function reasonOf(error: unknown): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (isTaken) return 'The port is in use: choose another with --port, or 0 for any free one.'
  return error instanceof Error ? error.message : String(error)
}
