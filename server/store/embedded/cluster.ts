import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartError } from '../../start-error.ts'
import { pathOf, type Program } from './program.ts'
import { launch, own, type RunAs } from './run-as.ts'

/** The database's folder and how to sign in to it. */
export type Cluster = { folder: string; user: string; password: string }

/** PostgreSQL's folder format; another major version cannot read it. */
const majorOf = (version: string) => version.split('.')[0] ?? ''

/**
 * The cluster in a data folder, made when there is none. Making one is all or nothing: it grows under another name.
 *
 * @throws StartError when the folder is there but cannot be used
 */
export async function openCluster(
  dataDir: string,
  program: Program,
  as: RunAs,
  isDurable: boolean,
): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  const secretPath = join(dataDir, 'postgres.json')
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) {
    if (await exists(folder)) {
      throw new StartError(
        `${folder} exists but holds no database. Move it away, or choose another data folder with --data.`,
      )
    }
    return createCluster(folder, secretPath, program, as, isDurable)
  }
  if (version.trim() !== majorOf(program.version)) {
    throw new StartError(
      `The database in ${folder} is of PostgreSQL ${version.trim()}, this server brings ${majorOf(program.version)}. Start the server version that made it, back up, and restore here.`,
    )
  }
  await own(as, folder)
  return { folder, ...(await readSecret(secretPath, folder)) }
}

/**
 * How to sign in to the cluster of a data folder, whoever runs it.
 *
 * @throws StartError
 */
export async function findCluster(dataDir: string): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  return { folder, ...(await readSecret(join(dataDir, 'postgres.json'), folder)) }
}

async function readSecret(path: string, folder: string) {
  try {
    const { user, password } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown> // checked below
    if (typeof user === 'string' && typeof password === 'string') return { user, password }
  } catch {
    // the sentence below is the same for a file that is missing and one that is no JSON
  }
  throw new StartError(
    `${path} is missing or cannot be read: it holds the password of the database in ${folder}. Restore it from a backup.`,
  )
}

async function createCluster(
  folder: string,
  secretPath: string,
  program: Program,
  as: RunAs,
  isDurable: boolean,
): Promise<Cluster> {
  const growing = `${folder}.new`
  await rm(growing, { recursive: true, force: true })
  await mkdir(growing, { recursive: true, mode: 0o700 })
  await own(as, growing)
  const secret = { user: 'kontor', password: randomBytes(24).toString('base64url') }
  await writeFile(secretPath, `${JSON.stringify(secret)}\n`, { mode: 0o600 })
  await chmod(secretPath, 0o600) // the mode above counts only for a file that is new
  const passwordDir = await mkdtemp(join(tmpdir(), 'kontor-'))
  try {
    const passwordFile = join(passwordDir, 'password')
    await writeFile(passwordFile, `${secret.password}\n`, { mode: 0o600 })
    if (as.ids !== null) {
      await chown(passwordFile, as.ids.uid, as.ids.gid)
      await chown(passwordDir, as.ids.uid, as.ids.gid)
    }
    await initialise(growing, program, as, [
      `--username=${secret.user}`,
      `--pwfile=${passwordFile}`,
      ...(isDurable ? [] : ['--no-sync']),
    ])
  } finally {
    await rm(passwordDir, { recursive: true, force: true })
  }
  await rename(growing, folder)
  return { folder, ...secret }
}

async function initialise(
  folder: string,
  program: Program,
  as: RunAs,
  flags: string[],
): Promise<void> {
  const args = (at: string) => [
    `--pgdata=${at}`,
    ...flags,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin', // sorts and lowers the same on every system
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  const child = launch(as, pathOf(program, 'initdb'), folder, args, 'pipe')
  let said = ''
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new StartError(`The database could not be created: ${said.trim()}`)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
