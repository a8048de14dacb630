import { parseArgs } from 'node:util'
import type { SimulatorOptions } from './start.ts'

/** A command line that cannot be understood; the message is the one sentence to show. */
export class FlagError extends Error {
  override readonly name = 'FlagError'
}

const known = {
  port: { type: 'string' },
  webhook: { type: 'string' },
  'app-secret': { type: 'string' },
  'verify-token': { type: 'string' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** @throws FlagError */
export function readFlags(args: string[]): SimulatorOptions & { isJson: boolean } {
  const flags = parse(args)
  const { webhook, clock } = flags
  if (webhook !== undefined && !(URL.canParse(webhook) && /^https?:/.test(webhook))) {
    throw new FlagError(`--webhook is not an http(s) address: ${webhook}.`)
  }
  if (clock !== undefined && clock !== 'real' && clock !== 'manual') {
    throw new FlagError(`--clock is real or manual, not ${clock}.`)
  }
  return {
    port: wholeNumber('--port', flags.port ?? '4390', 65_535),
    ...(webhook === undefined ? {} : { webhook }),
    ...(flags['app-secret'] === undefined ? {} : { appSecret: flags['app-secret'] }),
    ...(flags['verify-token'] === undefined ? {} : { verifyToken: flags['verify-token'] }),
    seed: wholeNumber('--seed', flags.seed ?? '1', 2 ** 32 - 1),
    clock: clock ?? 'real',
    isJson: flags.json ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: known, strict: true, allowPositionals: false }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.\s|\n/)[0] : String(error)
    throw new FlagError(
      `${reason}; known are ${Object.keys(known)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    )
  }
}

function wholeNumber(flag: string, text: string, limit: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= limit) return number
  throw new FlagError(`${flag} is a whole number from 0 to ${limit}, not ${text}.`)
}
