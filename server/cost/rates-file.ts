import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { readRates, type Rates } from '../../core/metrics/rates.ts'
import { root } from '../root.ts'
import { reasonOf, StartError } from '../start-error.ts'

export type RatesInForce = {
  rates: Rates
  /** The firm's own file, or the one that came with the server. */
  origin: 'own' | 'shipped'
  /** The file was edited since and cannot be used: what stands in it is wrong, and where. */
  problem: string | null
}
/** The rates as they are now. Never fails. */
export type ReadRates = () => RatesInForce

/**
 * Opens the list of rates: `rates.toml` in the data folder, else the shipped one. An edited file is taken at once; one
 * that got wrong leaves the rates before it in force.
 *
 * @throws StartError naming the place in the file
 */
export function openRates(dataDir: string): ReadRates {
  const own = join(dataDir, 'rates.toml')
  const shipped = join(root, 'resources/rates.toml')
  let seen = ''
  let inForce: RatesInForce

  function load(mark: string): RatesInForce {
    const origin = mark === '' ? 'shipped' : 'own'
    return { rates: readFile(origin === 'own' ? own : shipped), origin, problem: null }
  }

  seen = markOf(own)
  inForce = load(seen)
  return () => {
    const mark = markOf(own)
    if (mark === seen) return inForce
    seen = mark
    try {
      inForce = load(mark)
    } catch (error) {
      inForce = { ...inForce, problem: reasonOf(error) }
    }
    return inForce
  }
}

/** Changes with every edit; empty when there is no file. */
function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? '' : `${stat.mtimeMs} ${stat.size}`
}

function readFile(path: string): Rates {
  const read = readRates(plain(parseFile(path)))
  if (!('fault' in read)) return read
  const { at, reason } = read.fault
  throw new StartError(`${path}: ${placeOf(at)} ${reason}.`)
}

function parseFile(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new StartError(`${path} cannot be read: ${reasonOf(error).split('\n')[0] ?? ''}.`)
  }
}

/** Days may be written without quotes: TOML has a kind of its own for them. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

/** `/card/0/market/2/marketing` as a reader counts: `card 1, market 3, marketing`. */
function placeOf(at: string): string {
  const words = at.split('/').slice(1)
  const counted = words.map((word) => (/^\d+$/.test(word) ? String(Number(word) + 1) : word))
  return counted.join(', ').replace(/, (\d+)/g, ' $1') || 'the file'
}
