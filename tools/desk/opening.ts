import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electronCommand } from '../electron-app.ts'
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
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
}

export type Window = {
  /** Resolves when it is gone, whoever closed it. */
  closed: Promise<void>
  close(): Promise<void>
}

/** Opens the desktop console on the desk's server. Closing it leaves the desk running. */
export function openWindow(wanted: {
  electron: string
  /** The project's folder. */
  root: string
  /** The desk's. The window keeps its own things inside. */
  folder: string
  url: string
}): Window {
  const { electron, root, folder, url } = wanted
  const { executablePath, args } = electronCommand(root, electron)
  const own = [`--user-data-dir=${join(folder, 'window')}`]
  // As root, Chromium starts without its sandbox or not at all.
  if (process.getuid?.() === 0) own.push('--no-sandbox')
  const child = spawn(executablePath, [...args, ...own], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      KONTOR_SERVER_URL: url,
      KONTOR_UNPROTECTED_STORAGE: 'accept', // a demo's customers are nobody
      ELECTRON_RUN_AS_NODE: undefined,
    },
  })
  let isWanted = true
  const closed = new Promise<void>((resolve) => {
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
    closed,
    async close() {
      isWanted = false
      child.kill()
      await closed
    },
  }
}
