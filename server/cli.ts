import { describeConfig, readConfig, readConfigWithOrigins } from './config.ts'
import { StartError } from './start-error.ts'

const usage = `kontor-server [command] [--setting value …]

  start          run the server (this is what it does without a command)
  migrate        bring the database's schema up to date, and end
  config         print the settings in force and where they come from, without secrets
  admin create --email ADDRESS [--name NAME]
                 make an administrator; prints a one-time link to set the password,
                 unless KONTOR_ADMIN_PASSWORD gives one
  replay --from TIME [--to TIME] [--number ID] [--dry-run [--diff]]
                 read the webhook calls of that time again while the server is stopped;
                 a dry run only says what would change
  backup FILE [--with-media]
                 write all that the database holds into a new file; the server may run
  restore FILE [--replace] [--yes]
                 put a backup into the database while the server is stopped; --replace puts
                 it in the place of what is there

Settings come from flags, then the environment, then kontor.toml in the data folder.`

/** Each loads its own part of the server, so that the small ones answer at once. */
const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: runServer,
  async migrate(args) {
    const { bringSchemaUpToDate } = await import('./commands/migrate.ts')
    console.log(await bringSchemaUpToDate(readConfig(args, process.env)))
  },
  async config(args) {
    console.log(describeConfig(readConfigWithOrigins(args, process.env)))
  },
  async 'admin create'(args) {
    const { createAdministrator } = await import('./commands/admin.ts')
    console.log(await createAdministrator(args, process.env))
  },
  async replay(args) {
    const { replayCalls } = await import('./commands/replay.ts')
    console.log(await replayCalls(args, process.env))
  },
  async backup(args) {
    const { backUp } = await import('./commands/backup.ts')
    console.log(await backUp(args, process.env, console.error))
  },
  async restore(args) {
    const { restore } = await import('./commands/restore.ts')
    console.log(await restore(args, process.env, console.error))
  },
}

/** Runs until somebody stops it. A signal during the start is heeded once the start is through. */
async function runServer(args: string[]): Promise<void> {
  const config = readConfig(args, process.env)
  const stopped = untilStopped()
  const { startServer } = await import('./index.ts')
  const server = await startServer(config)
  console.log(`Kontor is served at ${server.url}`)
  if (server.setupUrl !== null) {
    console.log(`Set up the first administrator (once, within 24 hours): ${server.setupUrl}`)
  }
  await stopped
  await server.close()
}

async function untilStopped(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })
  // Asked a second time: at once. The database is left running and the next start takes it over.
  for (const signal of signals) process.once(signal, () => process.exit(130))
}

async function main(argv: string[]): Promise<number> {
  if (argv.includes('--help') || argv[0] === 'help') {
    console.log(usage)
    return 0
  }
  const firstFlag = argv.findIndex((arg) => arg.startsWith('-'))
  const words = firstFlag === -1 ? argv : argv.slice(0, firstFlag)
  const name = words.length === 0 ? 'start' : nameIn(words)
  const command = commands[name ?? '']
  if (name === undefined || command === undefined) {
    console.error(`There is no command ${words.join(' ')}.\n\n${usage}`)
    return 2
  }
  try {
    await command(words.length === 0 ? argv : argv.slice(name.split(' ').length))
    return 0
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    return 1
  }
}

/** A command is one word or two; what follows is the command's. */
function nameIn(words: readonly string[]): string | undefined {
  return [2, 1]
    .map((count) => words.slice(0, count).join(' '))
    .find((name) => Object.hasOwn(commands, name))
}

// Ends even when something is left that would keep the process alive.
process.exit(await main(process.argv.slice(2)))
