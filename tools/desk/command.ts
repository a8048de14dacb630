import { startDesk, type Desk } from '../desk.ts'
import { findElectron, hasScreen } from '../electron.mjs'
import { Refusal, say } from '../say.mjs'
import { root } from '../setup.mjs'
import { buildConsole } from './build.ts'
import { openBrowser, openWindow } from './opening.ts'
import { readOptions, type DeskOptions } from './options.ts'

/** `npm start`: resolves when everything has stopped again. */
export async function main(args: string[]): Promise<void> {
  const options = readOptions(args, process.cwd())
  const electron = options.opens === 'window' && hasScreen() ? findElectron(root) : null
  const isOver = signalled()
  await buildConsole({ withWindow: electron !== null })
  const desk = await startDesk({ ...options, isLive: true, say, onServerLine: say })
  try {
    console.log(options.isJson ? asJson(desk) : asText(desk))
    const window = open(desk, options, electron)
    const hasCrashed = await Promise.race([isOver, desk.server.ended.then(() => true)])
    if (hasCrashed) throw new Refusal('The server has ended by itself; what it says is above.')
    say('Stopping …')
    await window?.close()
  } finally {
    await desk.close()
  }
}

/** Resolves with false when somebody wants it all to stop. Asking again while it stops changes nothing. */
function signalled(): Promise<false> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve(false))
  })
}

function open({ url }: Desk, { opens, folder }: DeskOptions, electron: string | null) {
  if (opens === 'nothing') return undefined
  if (electron !== null) return openWindow({ electron, root, folder, url })
  openBrowser(url)
  return undefined
}

function asJson({ url, simulatorUrl, webhook, users, apiKey }: Desk): string {
  const shown = users.map(({ email, password, role }) => ({ email, password, role }))
  return JSON.stringify({ url, simulatorUrl, webhook, users: shown, apiKey })
}

function asText({ url, simulatorUrl, users }: Desk): string {
  const rows = users.map(({ name, role, email, password }) => [name, role, email, password])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const table = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   '))
  return [
    `Kontor is ready: ${url}`,
    '',
    'Sign in as one of these (they exist on this computer only):',
    ...table.map((line) => `  ${line}`),
    '',
    `WhatsApp is played by the simulator at ${simulatorUrl}. Ctrl-C stops everything.`,
  ].join('\n')
}
