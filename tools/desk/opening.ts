import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { hasScreen } from '../electron.mjs'
import { say } from '../say.mjs'

/** Opens the address in the person's own browser, where there is one; whether it did is not known. */
export function openBrowser(url: string): void {
  if (!hasScreen()) return
  const [command = '', ...args] = openerOf(process.platform)
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  // No opener: the ready line shows the address all the same.
  child.on('error', () => undefined)
  child.unref()
}

function openerOf(platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return ['open']
  // `start` takes its first quoted argument for a title.
  return platform === 'win32' ? ['cmd', '/c', 'start', '""'] : ['xdg-open']
}

export type Window = { close(): Promise<void> }

/** Opens the desktop console on the desk's server. Closing it leaves the desk running. */
export function openWindow(wanted: {
  electron: string
  /** The project's folder, whose `main` is the built desktop. */
  root: string
  /** The desk's. The window keeps its own things inside. */
  folder: string
  url: string
}): Window {
  const { electron, root, folder, url } = wanted
  const child = spawn(electron, [...windowFlags(folder), root], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, KONTOR_SERVER_URL: url, ELECTRON_RUN_AS_NODE: undefined },
  })
  let isWanted = true
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      say(`The window did not open: ${error.message}. The address above works in any browser.`)
      resolve()
    })
    child.once('exit', () => {
      if (isWanted) say('The window was closed. The address above works in any browser.')
      resolve()
    })
  })
  return {
    async close() {
      isWanted = false
      child.kill()
      await ended
    },
  }
}

/** As root, Chromium starts without its sandbox or not at all. */
export function windowFlags(folder: string): string[] {
  const flags = [`--user-data-dir=${join(folder, 'window')}`]
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags
}
