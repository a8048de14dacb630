import type { OwnNumber } from '../../../core/domain/people.ts'
import { stopAfter } from '../../whatsapp/errors.ts'
import { lanes } from '../lanes.ts'
import { Bucket } from './bucket.ts'
import { NumberRate, paceOf } from './number-rate.ts'
import { Pairs } from './pairs.ts'
import { Stops } from './stops.ts'

/** `whatsapp` keeps to WhatsApp's limits before it has to say so; `off` waits for its refusals. */
export type PaceMode = 'whatsapp' | 'off'

/** What wants to leave. */
export type Leaving = {
  kind: 'message' | 'receipt'
  lane: number
  conversationId: string
  /** Since when it could have left. */
  dueAtMs: number
}

/** `go` it may leave, and is counted · `full` nothing of its lane may · a time: not before, nothing to this contact. */
export type Admission = 'go' | 'full' | { untilMs: number }

/** Ids of numbers through which nothing may leave, or nothing to many; `nextMs` is when that changes by itself. */
export type Gates = { closed: string[]; closedToBulk: string[]; nextMs: number }

type Known = {
  number: OwnNumber
  rate: NumberRate
  all: Bucket
  /** The part of it that is for messages to many: less while people have to wait. */
  bulk: Bucket
  personWaitedAtMs: number
  underWay: { all: number; bulk: number }
}

/** A person has waited too long … */
const patienceMs = 1000
/** … so for a minute, messages to many leave some of the number's rate to others. @see sync.md 2.4 */
const bulkShare = 0.7
const considerateMs = 60_000
/** Calls at once through a number: about a second's worth, because an answer can take as long. */
const fewestCalls = 16
const mostCalls = 256
const callsWhenOff = 128
const bulkCallShare = 0.75

/** Everything we ask of WhatsApp. */
const app = 'app'

/**
 * How fast this process sends. Kept in memory: one process sends for all numbers, and starts with nothing to spend.
 * Never decides what is sent or in which order, only when it is too early.
 */
export class Pace {
  readonly #mode: PaceMode
  readonly #stops: Stops
  readonly #pairs = new Pairs()
  readonly #known = new Map<string, Known>()
  readonly #heard = new Map<string, NumberRate>()

  /** @param random uniform in [0, 1) */
  constructor(mode: PaceMode, random: () => number) {
    this.#mode = mode
    this.#stops = new Stops(random)
  }

  /** What need not be looked for now. */
  gates(nowMs: number): Gates {
    const gates: Gates = { closed: [], closedToBulk: [], nextMs: Infinity }
    for (const one of this.#known.values()) {
      const opensAtMs = this.#opensAtMs(one, nowMs)
      const bulkOpensAtMs = Math.max(opensAtMs, this.#opensToBulkAtMs(one, nowMs))
      if (opensAtMs > nowMs) gates.closed.push(one.number.id)
      else if (bulkOpensAtMs > nowMs) gates.closedToBulk.push(one.number.id)
      else continue
      gates.nextMs = Math.min(gates.nextMs, opensAtMs > nowMs ? opensAtMs : bulkOpensAtMs)
    }
    return gates
  }

  /** Whether nothing at all may leave now. */
  isStopped(nowMs: number): boolean {
    return this.#stops.untilMs(app) > nowMs
  }

  /** Counts what it lets go. */
  admit(number: OwnNumber, leaving: Leaving, nowMs: number): Admission {
    const one = this.#knownOf(number, nowMs)
    const isBulk = leaving.lane >= lanes.bulk
    if (this.#opensAtMs(one, nowMs) > nowMs) return 'full'
    if (isBulk && this.#opensToBulkAtMs(one, nowMs) > nowMs) return 'full'
    if (leaving.kind === 'message' && this.#mode === 'whatsapp') {
      const opensAtMs = this.#pairs.opensAtMs(leaving.conversationId, nowMs)
      if (opensAtMs > nowMs) return { untilMs: opensAtMs }
      this.#count(one, leaving, nowMs)
    }
    one.underWay.all += 1
    if (isBulk) one.underWay.bulk += 1
    return 'go'
  }

  #count(one: Known, { lane, conversationId, dueAtMs }: Leaving, nowMs: number): void {
    one.all.take()
    if (lane >= lanes.bulk) one.bulk.take()
    this.#pairs.take(conversationId, nowMs)
    if (lane === lanes.agent && nowMs - dueAtMs > patienceMs) one.personWaitedAtMs = nowMs
  }

  /** A call is over. */
  release(number: OwnNumber, lane: number): void {
    const one = this.#known.get(number.id)
    if (one === undefined) return
    one.underWay.all -= 1
    if (lane >= lanes.bulk) one.underWay.bulk -= 1
  }

  /** What WhatsApp's answer says about how fast we are. */
  heed(number: OwnNumber, answer: 'fine' | 'unreached' | number, nowMs: number): void {
    const names = this.#namesOf(number)
    if (answer === 'fine') {
      for (const name of names) this.#stops.forgive(name, nowMs)
      return
    }
    const scope = answer === 'unreached' ? 'app' : stopAfter(answer)
    if (scope === undefined) return
    if (answer === 130429) this.#knownOf(number, nowMs).rate.halve(nowMs)
    const name = { app, account: number.accountId ?? app, number: number.id }[scope]
    this.#stops.stop(name, nowMs)
  }

  /** WhatsApp wants nothing more of us for this contact until then. */
  closePair(conversationId: string, untilMs: number, nowMs: number): void {
    this.#pairs.closeUntil(conversationId, untilMs, nowMs)
  }

  /** Messages that come in count as much as those that go out. */
  heard(numberId: string, count: number, nowMs: number): void {
    this.#rateOf(numberId, nowMs).heard(count, nowMs)
  }

  #opensAtMs(one: Known, nowMs: number): number {
    const names = this.#namesOf(one.number)
    const stoppedMs = Math.max(...names.map((name) => this.#stops.untilMs(name)))
    if (stoppedMs > nowMs) return stoppedMs
    if (one.underWay.all >= this.#callsOf(one.number)) return Infinity // until a call is over
    if (this.#mode === 'off') return nowMs
    return one.all.opensAtMs(nowMs, one.rate.perSecond(one.number, nowMs))
  }

  #opensToBulkAtMs(one: Known, nowMs: number): number {
    const calls = Math.floor(this.#callsOf(one.number) * bulkCallShare)
    if (one.underWay.bulk >= calls) return Infinity // until a call is over
    const isConsiderate = nowMs - one.personWaitedAtMs < considerateMs
    const perSecond = one.rate.perSecond(one.number, nowMs) * (isConsiderate ? bulkShare : 1)
    return this.#mode === 'off' ? nowMs : one.bulk.opensAtMs(nowMs, perSecond)
  }

  #callsOf(number: OwnNumber): number {
    if (this.#mode === 'off') return callsWhenOff
    return Math.min(mostCalls, Math.max(fewestCalls, Math.ceil(paceOf(number))))
  }

  #namesOf({ id, accountId }: OwnNumber): string[] {
    return accountId === undefined ? [app, id] : [app, accountId, id]
  }

  #knownOf(number: OwnNumber, nowMs: number): Known {
    const before = this.#known.get(number.id)
    if (before !== undefined) {
      before.number = number
      return before
    }
    const fresh: Known = {
      number,
      rate: this.#rateOf(number.id, nowMs),
      all: new Bucket(nowMs),
      bulk: new Bucket(nowMs),
      personWaitedAtMs: -Infinity,
      underWay: { all: 0, bulk: 0 },
    }
    this.#known.set(number.id, fresh)
    return fresh
  }

  #rateOf(numberId: string, nowMs: number): NumberRate {
    const rate = this.#heard.get(numberId) ?? new NumberRate(nowMs)
    this.#heard.set(numberId, rate)
    return rate
  }
}
