import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../setup.mjs'
import { startChild, type ChildOptions } from './child.ts'

const simulator: ChildOptions = {
  program: 'simulator/index.ts',
  args: ['--port', '0'],
  ready: /^Simulator is ready: (\S+)$/,
}
const answers = (url: string | undefined) =>
  fetch(`${url}/control/account`).then(
    ({ ok }) => ok,
    () => false,
  )

test('a child is ready when it says so, and gone when it was stopped', async () => {
  const child = await startChild(simulator)
  expect(await answers(child.ready[1])).toBe(true)
  await child.stop()
  expect(child.isRunning()).toBe(false)
  expect(await answers(child.ready[1])).toBe(false)
})

test('a child that will not start gives its own reason', async () => {
  const started = startChild({ ...simulator, args: ['--port', 'http'] })
  await expect(started).rejects.toThrow('--port is a whole number from 0 to 65535, not http.')
})

test('a child that takes too long is ended', async () => {
  const never = { ...simulator, ready: /^never$/, readyWithinMs: 100 }
  await expect(startChild(never)).rejects.toThrow('took too long to get ready')
})

test('a child ends when its parent was killed', async () => {
  const script = `
    import { startChild } from './tools/desk/child.ts'
    const child = await startChild({ program: 'simulator/index.ts', args: ['--port', '0'], ready: /ready: (\\S+)/ })
    console.log(child.ready[1])`
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [url] = (await once(createInterface(parent.stdout), 'line')) as [string]
  expect(await answers(url)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => answers(url), { timeout: 10_000 }).toBe(false)
})
