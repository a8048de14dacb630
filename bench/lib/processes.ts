/** What processes cost, as Linux tells it; other systems do not, and all is zero there. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second. Source: proc(5), sysconf(_SC_CLK_TCK). */
const tickMs = 10

export function processesUnder(ancestor: number): number[] {
  return allProcesses().filter((pid) => isUnder(pid, ancestor))
}

/** The processes that work in a folder, given by its real path. */
export function processesIn(folder: string): number[] {
  return allProcesses().filter((pid) => attempt(() => readlinkSync(`/proc/${pid}/cwd`)) === folder)
}

export function commandOf(pid: number): string {
  return attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? ''
}

/** Processor time these processes have used, and children of theirs that have ended. */
export function cpuMsOf(pids: readonly number[]): number {
  return sum(pids, (pid) => {
    const times = statOf(pid).slice(11, 15) // utime, stime, cutime, cstime
    return times.reduce((total, ticks) => total + Number(ticks) * tickMs, 0)
  })
}

/** Bytes only these processes use, plus their fair share of what they share (PSS). */
export function memoryOf(pids: readonly number[]): number {
  return sum(pids, (pid) => {
    const rollup = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? ''
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024
  })
}

function allProcesses(): number[] {
  const names = attempt(() => readdirSync('/proc')) ?? []
  return names.filter((name) => /^\d+$/.test(name)).map(Number)
}

function isUnder(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 1; current = Number(statOf(current)[1] ?? 0)) {
    if (current === ancestor) return true
  }
  return false
}

/** The fields behind the command name, which may hold blanks and parentheses: state, parent, … */
function statOf(pid: number): string[] {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? ''
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0)
}

/** Undefined for a process that has ended meanwhile, or is somebody else's. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
