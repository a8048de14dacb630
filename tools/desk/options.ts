import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal } from '../say.mjs'

/** What `npm start` was asked for. */
export type DeskOptions = {
  /** Absolute. Holds the server's data folder, the demo's secrets, and the window's own things. */
  folder: string
  /** 0 picks a free one. */
  port: number
  simulatorPort: number
  /** Only an administrator: no colleagues, no conversations. */
  isEmpty: boolean
  /** Where the console opens. */
  opens: 'window' | 'browser' | 'nothing'
  isJson: boolean
}

const known = {
  'no-open': { type: 'boolean' },
  port: { type: 'string' },
  'simulator-port': { type: 'string' },
  data: { type: 'string' },
  web: { type: 'boolean' },
  empty: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** @throws Refusal with exit code 2 */
export function readOptions(args: string[], cwd: string): DeskOptions {
  const flags = parse(args)
  return {
    folder: resolve(cwd, flags.data ?? '.desk'),
    port: portIn('--port', flags.port ?? '4380'),
    simulatorPort: portIn('--simulator-port', flags['simulator-port'] ?? '4390'),
    isEmpty: flags.empty ?? false,
    opens: flags['no-open'] ? 'nothing' : flags.web ? 'browser' : 'window',
    isJson: flags.json ?? false,
  }
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({ args, options: known, strict: true, allowPositionals: false })
    if (values.data === '') throw new Error('--data names no folder')
    return values
  } catch (error) {
    // Node's first sentence names the flag; what follows is advice about `--`.
    const reason = error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error)
    const names = Object.keys(known).map((name) => `--${name}`)
    throw new Refusal(`${reason}. npm start knows ${names.join(', ')}.`, 2)
  }
}

function portIn(flag: string, text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Refusal(`${flag} is a whole number from 0 to 65535, not ${text}.`, 2)
}
