import { announceStatus } from '../messaging/statuses.ts'
import { write } from '../messaging/write.ts'
import { AnswerTimes } from '../webhooks/answer-times.ts'
import type { Customer } from '../world/customer.ts'
import { wamidOf } from '../world/ids.ts'
import type { SentMessage } from '../world/message.ts'
import { aCustomer } from '../world/person.ts'
import type { World } from '../world/world.ts'

export type Load = {
  stop(): void
  progress(): LoadProgress
}

/** @see AnswerTimes#report for how the server answered since the load began */
type LoadProgress = {
  planned: number
  written: number
  statuses: number
  isRunning: boolean
} & ReturnType<AnswerTimes['report']>

type LoadWanted = {
  perSecond: number
  seconds: number
  customers: number
  /** So many statuses come for each message that is written, about messages of the firm's; 3 is sent, delivered, read. */
  statuses?: number
  /** So many updates at most in one call, while the load lasts. */
  batch?: number
}

const tickMs = 50
const batchWithinMs = 50
const batchesAtOnce = 4

/** At most this many messages in one go: every one of them stays in memory. */
export const mostInOneLoad = 500_000

/** The statuses of a message in their order, and how many seconds after it each comes. */
const stages = [
  { status: 'sent', afterSeconds: 0 },
  { status: 'delivered', afterSeconds: 0.2 },
  { status: 'read', afterSeconds: 1 },
  { status: 'played', afterSeconds: 1.2 },
] as const

/** Many customers write at a steady rate, one after the other in a circle. */
export function startLoad(world: World, wanted: LoadWanted): Load {
  const people = crowd(world, wanted.customers)
  const times = new AnswerTimes()
  const stopListening = world.outbox.onAnswer((answer) => times.note(answer))
  const stopBatching = batch(world, wanted.batch)
  const planned = Math.round(wanted.perSecond * wanted.seconds)
  const told = stages.slice(0, wanted.statuses ?? 0).map(({ status, afterSeconds }) => ({
    status,
    behind: Math.round(afterSeconds * wanted.perSecond),
  }))
  const turns = planned + (told.at(-1)?.behind ?? 0)
  const startMs = world.clock.nowMs()
  let turn = 0
  let statuses = 0
  let isRunning = true
  let callOff: () => void = () => undefined

  const take = (turn: number) => {
    if (turn < planned) speak(world, people, turn)
    for (const { status, behind } of told) {
      const about = turn - behind
      if (about < 0 || about >= planned) continue
      announceStatus(world, loadMessage(world, people, about), status)
      statuses += 1
    }
  }
  const tick = () => {
    const elapsedMs = world.clock.nowMs() - startMs
    const due = Math.min(turns, Math.floor((elapsedMs / 1000) * wanted.perSecond) + 1)
    for (; turn < due; turn++) take(turn)
    isRunning = turn < turns
    if (isRunning) callOff = world.clock.after(tickMs, tick)
    else stopBatching()
  }
  tick()
  return {
    stop() {
      callOff()
      stopBatching()
      stopListening()
      isRunning = false
    },
    progress: () => ({
      planned,
      written: Math.min(turn, planned),
      statuses,
      isRunning,
      ...times.report(),
    }),
  }
}

/** @returns what puts back how it was before */
function batch({ settings }: World, atMost: number | undefined): () => void {
  if (atMost === undefined) return () => undefined
  const before = settings.batching
  const mine = { atMost, withinMs: batchWithinMs, atOnce: batchesAtOnce }
  settings.batching = mine
  return () => {
    if (settings.batching === mine) settings.batching = before
  }
}

function speak(world: World, people: Customer[], turn: number): void {
  const customer = people[turn % people.length]
  if (!customer) return
  const text = { body: `Frage ${turn + 1}: Wann kommt meine Lieferung?` }
  write(world, customer, { type: 'text', text }).catch(world.report)
}

/** The message that the statuses of a turn are about, as another program of the firm's has sent it. */
function loadMessage(world: World, people: Customer[], turn: number): SentMessage {
  const customer = people[turn % people.length]
  const phone = loadPhone(turn % people.length)
  return {
    wamid: loadWamid(turn, people.length),
    numberId: [...world.numbers.keys()][0] ?? '',
    to: { by: 'phone', input: `+${phone}`, phone },
    ...(customer ? { customer } : {}),
    type: 'text',
    body: {},
    acceptedAtMs: world.clock.nowMs(),
    status: 'accepted',
  }
}

/** The id of that message: whoever wants the statuses to find something knows it beforehand. */
export function loadWamid(turn: number, customers: number): string {
  return wamidOf('out', loadPhone(turn % customers), turn.toString(16).padStart(18, '0'))
}

export function loadPhone(index: number): string {
  return `4915990${String(index).padStart(6, '0')}`
}

/** The same people every time, so that load after load adds messages and not people. */
function crowd(world: World, size: number): Customer[] {
  return Array.from({ length: size }, (_, index) => {
    const phone = loadPhone(index)
    const known = world.customers.withPhone(phone)
    if (known) return known
    const customer = aCustomer(world, { name: `Last ${index + 1}`, phone })
    world.customers.add(customer)
    return customer
  })
}
