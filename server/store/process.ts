import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { uptime } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What the machine's present boot is called; where the system has no name for it, when it was, to half a minute. */
export async function bootId(): Promise<string> {
  const linux = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  if (linux !== '') return linux.trim()
  return `boot-${Math.round((Date.now() / 1000 - uptime()) / 30)}`
}

/** When a process began, in the system's own words; null where that cannot be told. Pids repeat, this does not. */
export async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // Field 22, counted behind the command name, which may hold blanks and parentheses. Source: proc(5).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }
  if (process.platform === 'win32') return null
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.trim() === '' ? null : stdout.trim()
}

/** Whether the system knows that pid: a living process, or one whose end nobody took note of (a zombie). */
export function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // process.kill throws errno exceptions only
  }
}

export async function isAlive(pid: number): Promise<boolean> {
  if (!isKnown(pid)) return false
  if (process.platform !== 'linux') return true
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
}

/** Whether the process of that pid is still the one that began at `start`. */
export async function isSameProcess(pid: number, start: string | null): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  return start === null || start === (await startOf(pid))
}

/** The folder a process works in, or its command line where the system does not tell the folder. */
export async function placeOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readlink(`/proc/${pid}/cwd`).catch(() => '')
  const [program, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/fi', `pid eq ${pid}`, '/nh']
      : ['ps', '-o', 'command=', '-p', String(pid)]
  const { stdout } = await run(program ?? '', args).catch(() => ({ stdout: '' }))
  return stdout
}

/** How many processes work in a folder, by its real path. Known on Linux only; elsewhere none. */
export async function workersIn(folder: string): Promise<number> {
  if (process.platform !== 'linux') return 0
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const places = await Promise.all(
    pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => null)),
  )
  return places.filter((place) => place === folder).length
}
