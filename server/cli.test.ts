import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

const aFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'cli.ts'), ...args],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'close').then(([code]) => code as number)
  return { child, ended, stderr: text(child.stderr) }
}

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { child, ended, stderr } = start(args, env)
  const stdout = await text(child.stdout)
  return { code: await ended, stdout, stderr: await stderr }
}

/** Output up to the line that says `what`. */
async function until(output: NodeJS.ReadableStream, what: string): Promise<string> {
  let said = ''
  for await (const chunk of output) {
    said += String(chunk)
    if (said.includes(what)) return said
  }
  throw new Error(`it ended after saying: ${said}`)
}

test('it starts, prints where it is and how to set it up, and stops cleanly on a signal', async () => {
  const data = await aFolder()
  const { child, ended, stderr } = start(['start', '--data', data, '--port', '0', '--log', 'warn'])
  const said = await until(child.stdout, '#/setup?token=')
  const url = /served at (\S+)/.exec(said)?.[1] ?? ''
  const info = await (await fetch(`${url}/.well-known/kontor`)).json()
  expect(info).toMatchObject({ product: 'kontor', needsSetup: true })

  const second = await run(['--data', data, '--port', '0'])
  expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('is in use by process')])

  child.kill('SIGTERM')
  expect([await ended, await stderr]).toEqual([0, ''])
  const left = await readdir(join(data, 'postgres'))
  expect(left).not.toContain('postmaster.pid')
  expect(await readdir(data)).not.toContain('lock')
})

test('a wrong setting, command or flag stops it with a sentence and no stack', async () => {
  const data = await aFolder()
  const wrong = await run(['--data', data, '--port', 'x'])
  expect(wrong).toMatchObject({ code: 1, stdout: '' })
  expect(wrong.stderr).toBe(
    'The setting KONTOR_PORT (flag --port) is "x". Allowed is a whole number from 0 (any free port) to 65535.\n',
  )
  expect(await run(['fly'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no command fly\./),
  })
})

test('config prints what is in force, secrets masked', async () => {
  const { code, stdout } = await run(['config', '--data', await aFolder()], {
    WHATSAPP_TOKEN: 'geheim',
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(/WHATSAPP_TOKEN +•+/)
  expect(stdout).not.toContain('geheim')
})

test('a running server is backed up, and the file restored into another folder', async () => {
  const [data, other] = [await aFolder(), await aFolder()]
  const file = join(data, 'kontor.backup')
  const { child, ended } = start(['start', '--data', data, '--port', '0', '--log', 'warn'])
  await until(child.stdout, '#/setup?token=')
  const backup = await run(['backup', file, '--data', data])
  expect(backup).toMatchObject({ code: 0, stdout: expect.stringContaining('is not in it') })
  expect(backup.stderr).toContain('lane: 1 row\n')
  expect(await run(['restore', file, '--data', data, '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is in use by process'),
  })
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const restored = await run(['restore', file, '--data', other, '--yes'])
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Restored \d+ rows/) })
}, 120_000)
