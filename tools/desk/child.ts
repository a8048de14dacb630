import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Refusal } from '../say.mjs'
import { root } from '../setup.mjs'

/** One of our programs in a process of its own. */
export type Child = {
  pid: number
  /** What its ready line matched. */
  ready: RegExpExecArray
  isRunning(): boolean
  /** Resolves when it has ended, however that came. */
  ended: Promise<void>
  /** What it said last, for a sentence about its end. */
  lastWords(): string
  /** Asks it to end and waits; ends it for good when it does not listen. */
  stop(): Promise<void>
  /** Ends it at this instant, as a power cut would. */
  kill(): Promise<void>
}

export type ChildOptions = {
  /** TypeScript, relative to the project's folder. */
  program: string
  args?: string[]
  env?: Record<string, string>
  /** A command line it is started by, such as one that shows it another disk. */
  within?: readonly string[]
  /** The line, on either output, that says it is ready. */
  ready: RegExp
  readyWithinMs?: number
  /** Hears every line of both outputs. */
  onLine?: (line: string) => void
}

const stopWithinMs = 15_000
const linesKept = 20

/**
 * Starts a program and waits for its ready line.
 *
 * @throws Refusal with the program's own last words when it ends before, or is not ready in time
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const [command = process.execPath, ...args] = [
    ...[...(options.within ?? []), process.execPath],
    ...['--import', 'tsx', '--import', join(import.meta.dirname, 'leash.mjs')],
    ...[join(root, options.program), ...(options.args ?? [])],
  ]
  const spawned = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's reach: Ctrl-C is for whoever started it, who stops things in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const lines: string[] = []
  const lastWords = () => lines.join('\n') || `${options.program} ended without a word.`
  const ended = new Promise<void>((resolve) => spawned.once('close', () => resolve()))
  const isRunning = () => spawned.exitCode === null && spawned.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning()) spawned.kill(signal)
    await ended
  }
  const stop = async () => {
    const timer = setTimeout(() => spawned.kill('SIGKILL'), stopWithinMs)
    await end('SIGTERM').finally(() => clearTimeout(timer))
  }

  const ready = await new Promise<RegExpExecArray | null>((resolve) => {
    const timer = setTimeout(() => {
      lines.push(`${options.program} took too long to get ready.`)
      done(null)
    }, options.readyWithinMs ?? 60_000)
    const done = (match: RegExpExecArray | null) => {
      clearTimeout(timer)
      resolve(match)
    }
    listen(spawned, (line) => {
      lines.push(line)
      if (lines.length > linesKept) lines.shift()
      options.onLine?.(line)
      const match = options.ready.exec(line)
      if (match) done(match)
    })
    void ended.then(() => done(null))
  })
  if (ready === null) {
    await stop()
    throw new Refusal(lastWords())
  }
  return {
    pid: spawned.pid ?? 0,
    ready,
    isRunning,
    ended,
    lastWords,
    stop,
    kill: () => end('SIGKILL'),
  }
}

function listen({ stdout, stderr }: ChildProcess, onLine: (line: string) => void): void {
  for (const input of [stdout, stderr])
    if (input) createInterface({ input, crlfDelay: Infinity }).on('line', onLine)
}
