import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A disk of its own, so small that it is soon full. It is there for what is started `within`, until the test is over. */
export type SmallDisk = {
  /** A command line that goes before another one, which then sees the disk. Its user is nobody special. */
  within: string[]
  /** Takes the last byte there is. */
  fill(): void
  free(): void
}

/**
 * Puts a tmpfs of this size over a folder, in a user and mount namespace that only this test sees.
 *
 * @returns null where a user may make no namespaces: then there is nothing to test with
 */
export async function openSmallDisk(folder: string, size: string): Promise<SmallDisk | null> {
  if (process.platform !== 'linux') return null
  mkdirSync(folder, { recursive: true })
  const script = `mount -t tmpfs -o mode=700,size=${size} none "$0" && echo mounted && exec sleep infinity`
  const holder = spawn('unshare', ['-Urm', 'sh', '-c', script, folder])
  onTestFinished(() => void holder.kill('SIGKILL'))
  const isMounted = await new Promise<boolean>((resolve) => {
    holder.once('error', () => resolve(false))
    holder.once('exit', () => resolve(false))
    createInterface(holder.stdout).once('line', (line) => resolve(line === 'mounted'))
  })
  if (!isMounted) return null
  // Root of its namespace may mount; PostgreSQL wants to be nobody special, so a second one gives it another number.
  const within = [
    ...['nsenter', '--target', String(holder.pid), '--user', '--mount', '--preserve-credentials'],
    ...['unshare', '--user', '--map-user=1000', '--map-group=1000'],
    ...['sh', '-c', 'cd "$0" && exec "$@"', process.cwd()],
  ]
  const inside = (command: string) => {
    const [program = '', ...args] = [...within, 'sh', '-c', command]
    return spawnSync(program, args).status === 0
  }
  if (!inside(`touch "${folder}/probe" && rm "${folder}/probe"`)) return null
  return {
    within,
    fill: () => void inside(`cat /dev/zero > "${folder}/ballast"`),
    free: () => void inside(`rm "${folder}/ballast"`),
  }
}
