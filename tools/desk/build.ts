import { join } from 'node:path'
import { withLock } from '../lock.mjs'
import { bin, capture } from '../run.mjs'
import { Refusal, say } from '../say.mjs'
import { root } from '../setup.mjs'
import { build, isStale, type Piece } from '../stale.ts'

type Built = Piece & { command: () => string[] }

const shared = ['core', 'package-lock.json']

/** The console's page, which the server and the window serve alike. */
const page: Built = {
  name: 'page',
  inputs: ['renderer', ...shared],
  output: 'out/renderer/index.html',
  command: () => [...bin('vite'), 'build', '--config', 'renderer/vite.config.ts'],
}

/** Main process, host and preload; the page comes with them. */
const window: Built = {
  name: 'window',
  inputs: ['electron', 'renderer', 'electron.vite.config.ts', ...shared],
  output: 'out/main/index.js',
  command: () => [...bin('electron-vite'), 'build'],
}

/** Builds what is stale of the console; safe to call from two desks at once. */
export async function buildConsole({ withWindow }: { withWindow: boolean }): Promise<void> {
  await withLock(join(root, 'out', '.build-lock'), async () => {
    if (withWindow && isStale(root, window)) {
      await build(root, page, () => build(root, window, () => make(window)))
    } else if (isStale(root, page)) {
      await build(root, page, () => make(page))
    }
  })
}

async function make({ name, command }: Built): Promise<void> {
  say(`Building the console's ${name} …`)
  const { code, output } = await capture(command())
  if (code !== 0) throw new Refusal(`${output}\nThe console's ${name} was not built.`)
}
