import { execFile, spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '../../start-error.ts'

const run = promisify(execFile)

/** Whom PostgreSQL runs as: ourselves (null), or an unprivileged user because it refuses to run as root. */
export type RunAs = { ids: { uid: number; gid: number } | null }

const userName = 'postgres'

/** @throws StartError when we are root and there is nobody else to be */
export async function chooseUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { ids: null }
  if (process.platform !== 'linux') {
    throw new StartError(
      'The embedded PostgreSQL does not run as root on this system. Start Kontor as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { ids: (await idsOf(userName)) ?? (await createUser()) }
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

async function createUser(): Promise<{ uid: number; gid: number }> {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', userName]],
    ['adduser', ['-S', '-D', '-H', userName]], // busybox
  ]
  for (const [program, args] of ways) {
    await run(program, args).catch(() => undefined)
    const ids = await idsOf(userName)
    if (ids !== null) return ids
  }
  throw new StartError(
    `PostgreSQL does not run as root, and no user "${userName}" could be created for it. Create one, start Kontor as an ordinary user, or set DATABASE_URL.`,
  )
}

/**
 * Starts one of PostgreSQL's programs on `folder`. As another user it gets the folder as an open handle, so that no
 * folder above needs to let that user in: data can lie in root's home without opening it to anybody.
 * It runs in a session of its own: Ctrl-C in a terminal reaches the server, which then stops it in good order.
 */
export function launch(
  as: RunAs,
  program: string,
  folder: string,
  args: (folder: string) => string[],
  output: 'pipe' | number,
): ChildProcess {
  const env = { ...withoutPg(process.env), LC_ALL: 'C', LC_MESSAGES: 'C' }
  const options = { env, detached: process.platform !== 'win32', windowsHide: true }
  const stdio: StdioOptions = ['ignore', output, output]
  if (as.ids === null) return spawn(program, args(folder), { ...options, stdio })
  const handle = openSync(folder, 'r')
  try {
    const given = args('/proc/self/fd/3')
    return spawn(program, given, { ...options, ...as.ids, stdio: [...stdio, handle] })
  } finally {
    closeSync(handle)
  }
}

/** The settings libpq and PostgreSQL would take from our own surroundings. */
function withoutPg(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PG')))
}

/**
 * Gives the folder to the user PostgreSQL runs as, with all that is in it: a folder may have been made by somebody
 * else, or by us before we were root.
 *
 * @throws StartError when it is somebody else's and we may not change that
 */
export async function own(as: RunAs, folder: string): Promise<void> {
  const wanted = as.ids?.uid ?? process.getuid?.()
  if (wanted === undefined) return
  const { uid } = await lstat(folder)
  if (uid === wanted) return
  if (as.ids === null) {
    throw new StartError(
      `The database folder ${folder} belongs to another user (uid ${uid}). Start Kontor as that user, or give the folder to yours with chown -R.`,
    )
  }
  await give(folder, as.ids)
}

async function give(path: string, ids: { uid: number; gid: number }): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await give(inner, ids)
    else if (entry.isFile()) await chown(inner, ids.uid, ids.gid)
  }
  await chown(path, ids.uid, ids.gid) // last: interrupted halfway, the next start does it again
}
