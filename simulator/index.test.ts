import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const entry = fileURLToPath(new URL('index.ts', import.meta.url))

/** The command line, run for real until it ends or until its first line is taken. */
function run(...flags: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...flags])
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const line = async () => {
    await expect.poll(() => out, { timeout: 20_000, interval: 20 }).toContain('\n')
    return out.trim()
  }
  return { child, ended, line, err: () => err }
}

test(
  'it says in one line that it is ready, and stops when told to',
  { timeout: 30_000 },
  async () => {
    const { child, ended, line } = run('--port', '0')
    const url = /^Simulator is ready: (http:\/\/127\.0\.0\.1:\d+)$/.exec(await line())?.[1]
    expect((await fetch(`${url}/control/account`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
)

test('as JSON it tells its address and account', { timeout: 30_000 }, async () => {
  const { child, ended, line } = run('--port', '0', '--json', '--app-secret', 's', '--seed', '5')
  const { url, account } = JSON.parse(await line()) as {
    url: string
    account: { appSecret: string }
  }
  expect(account.appSecret).toBe('s')
  expect(await (await fetch(`${url}/control/account`)).json()).toEqual(account)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})

test.each([
  [['--colour', 'red'], '--colour'],
  [['--port', 'high'], '--port'],
  [['--clock', 'slow'], '--clock'],
  [['--webhook', 'nowhere'], '--webhook'],
])('%j ends it with one sentence', { timeout: 30_000 }, async (flags, named) => {
  const { ended, err } = run(...flags)
  expect(await ended).toBe(2)
  expect(err().trim().split('\n')).toHaveLength(1)
  expect(err()).toContain(named)
})
