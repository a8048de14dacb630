import { spawn } from 'node:child_process'
import { hasScreen } from '../electron.mjs'

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
