import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { chooseUser, launch } from '../store/embedded/run-as.ts'

/** The folder of programs of a PostgreSQL on this machine that is not the major version we bring; null without one. */
export const otherPostgres = findOther()

function findOther(): string | null {
  const home = '/usr/lib/postgresql' // where Debian and its kin keep every version beside the others
  const versions = existsSync(home) ? readdirSync(home) : []
  const usable = versions.filter((version) => Number(version) >= 15 && Number(version) !== 18)
  const bins = usable.map((version) => join(home, version, 'bin'))
  return bins.find((bin) => existsSync(join(bin, 'initdb'))) ?? null
}

/** Makes a cluster with it and runs it until the test is through. */
export async function startOther(bin: string): Promise<{ url: string }> {
  const as = await chooseUser()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-other-'))
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  for (const path of as.ids === null ? [] : [folder, data]) {
    await chown(path, as.ids?.uid ?? 0, as.ids?.gid ?? 0)
  }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '--auth=trust', '--encoding=UTF8', '--locale=C', '-U', 'kontor', '--no-sync'],
    { ...(as.ids ?? {}), cwd: folder, stdio: 'ignore' },
  )
  const port = await freePort()
  const log = openSync(join(folder, 'log'), 'a')
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  const child = launch(
    as,
    join(bin, 'postgres'),
    data,
    (at) => ['-D', at, '-p', String(port), '-c', 'fsync=off', ...settings],
    log,
  )
  closeSync(log)
  onTestFinished(async () => {
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    await gone
    await rm(folder, { recursive: true, force: true })
  })
  const said = () => readFile(join(folder, 'log'), 'utf8')
  await expect.poll(said, { timeout: 30_000 }).toContain('ready to accept connections')
  return { url: `postgres://kontor@127.0.0.1:${port}/postgres` }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo // it listens on TCP
  probe.close()
  await once(probe, 'close')
  return port
}
