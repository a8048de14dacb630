import { say, type Benchmark, type Figure } from './lib/figures.ts'
import { statusesEach, tryRate, type Trial } from './lib/trial.ts'

/** WhatsApp's own ceiling for one number, in messages a second. */
const ceilingPerSecond = 1000
const fullSeconds = 60
/** For the rates that are tried besides. */
const shortSeconds = 20
const lower = [0.75, 0.5, 0.25]
const higher = [1.25, 1.5, 2]
const megabyte = 1024 * 1024

/** The most traffic one number of WhatsApp's can bring, from a simulator's process to a server's. */
export const ceiling: Benchmark = {
  about: `${ceilingPerSecond} messages and ${ceilingPerSecond * statusesEach} statuses a second from the simulator for ${fullSeconds} s, in batches, until durable and translated; and the highest rate that is sustained`,
  async run(): Promise<Figure[]> {
    const full = await attempt(ceilingPerSecond, fullSeconds)
    return [
      ...figuresOf(full),
      { name: 'highest rate sustained', value: await highest(full), unit: 'messages/s' },
    ]
  },
}

/** Goes up from a rate that is sustained, or down from one that is not, until that changes. */
async function highest(first: Trial): Promise<number> {
  let best = first.isSustained ? first.perSecond : 0
  for (const factor of first.isSustained ? higher : lower) {
    const trial = await attempt(ceilingPerSecond * factor, shortSeconds)
    if (trial.isSustained) best = trial.perSecond
    if (trial.isSustained !== first.isSustained) break
  }
  return best
}

async function attempt(perSecond: number, seconds: number): Promise<Trial> {
  const trial = await tryRate(perSecond, seconds)
  say(`${perSecond} messages/s for ${seconds} s: ${trial.isSustained ? '' : 'not '}sustained`)
  for (const { name, value, unit } of figuresOf(trial))
    say(`  ${name}: ${value.toFixed(1)} ${unit}`)
  return trial
}

function figuresOf(trial: Trial): Figure[] {
  const { progress, backlog, memory, shares } = trial
  const { refused, unanswered } = progress.calls
  return [
    { name: 'offered', value: trial.perSecond * (1 + statusesEach), unit: 'updates/s' },
    { name: 'answered 200', value: trial.answeredPerSecond, unit: 'updates/s' },
    { name: 'calls not answered 200', value: refused + unanswered, unit: 'calls' },
    { name: 'updates in a call', value: trial.updatesPerCall, unit: '' },
    { name: 'answer p50', value: progress.latencyMs.p50, unit: 'ms' },
    { name: 'answer p99', value: progress.latencyMs.p99, unit: 'ms' },
    { name: 'stored of what was offered', value: trial.storedShare * 100, unit: '%' },
    { name: 'backlog at most', value: backlog.most, unit: 'calls' },
    { name: 'backlog at the end', value: backlog.end, unit: 'calls' },
    { name: 'worked off after', value: backlog.drainMs / 1000, unit: 's' },
    { name: 'server memory after 10 s', value: memory.early / megabyte, unit: 'MB' },
    { name: 'server memory at the end', value: memory.end / megabyte, unit: 'MB' },
    { name: 'server, of two cores', value: shares.server * 100, unit: '%' },
    { name: 'database, of two cores', value: shares.database * 100, unit: '%' },
    { name: 'simulator, of two cores', value: shares.simulator * 100, unit: '%' },
  ]
}
