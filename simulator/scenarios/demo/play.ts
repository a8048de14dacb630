/**
 * The firm as it is on the first morning with its new console. What lies back comes the way WhatsApp
 * brings it when a number joins the platform: contacts, history in chunks, then the files in it. The
 * answers given from the firm's phone today come as echoes, and what customers write now as messages.
 * All of it travels one lane, so that it arrives in the order it is told.
 *
 * Then people go on: for half an hour they write by themselves, some for the first time, and whoever is
 * answered takes their time to look and to type. `{live: false}` leaves that out: nothing happens
 * by itself, and answers come within the account's latencies.
 */
import { must } from '../../../core/lib/must.ts'
import type { JsonObject } from '../../json.ts'
import { announce } from '../../webhooks/announce.ts'
import type { Customer } from '../../world/customer.ts'
import type { BusinessNumber } from '../../world/number.ts'
import { aCustomer } from '../../world/person.ts'
import { stableDigits } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import { cast } from './cast.ts'
import { tellCall, tellMove, tellStop } from './happenings.ts'
import { tell, type Told } from './lines.ts'
import { goOn } from './live.ts'
import { aboutDemo, announceContacts, announceHistory } from './past.ts'
import { echoOf, lane, type Thread } from './past.ts'
import { say } from './say.ts'
import type { Conversation } from './script.ts'
import { templates } from './templates.ts'

const goingOn = new WeakMap<World, () => void>()

export async function playDemo(world: World, { live: isLive = true }: JsonObject) {
  addTemplates(world)
  goingOn.get(world)?.()
  const [service, parts] = [...world.numbers.values()]
  const numbers = { service: must(service, 'first number'), parts: must(parts, 'second number') }
  const threads: Thread[] = []
  for (const script of cast) {
    const number = numbers[script.with]
    number.is_on_biz_app = true // a number has a past only if its phone app goes on beside the API
    const customer = personOf(world, script, isLive !== false)
    threads.push({ number, customer, script, ...(await tell(world, number, customer, script)) })
  }
  const known = threads.filter(({ told }) => told.length > 0)
  const past = known.map((thread) => ({ ...thread, told: thread.told.filter(isPast) }))
  for (const { number, customer, told } of past) remember(world, number, customer, told)
  announceContacts(world, known)
  announceHistory(world, past)
  const today = known
    .flatMap((thread) =>
      thread.told.filter((told) => !isPast(told)).map((told) => ({ thread, told })),
    )
    .sort((one, other) => one.told.timeMs - other.told.timeMs)
  for (const { thread, told } of today) {
    remember(world, thread.number, thread.customer, [told])
    await tellToday(world, thread, told)
  }
  if (isLive !== false) goingOn.set(world, await goOn(world, threads))
  const isMessage = ({ line }: Told) =>
    (line.calls ?? line.movesTo ?? line.stopsMarketing) === undefined
  const messages = today.map(({ told }) => told).filter(isMessage)
  return {
    customers: known.map(({ customer: { id, name, userId } }) => ({ id, name, userId })),
    history: past.flatMap(({ told }) => told).length,
    echoes: messages.filter(({ isTheirs }) => !isTheirs).length,
    messages: messages.filter(({ isTheirs }) => isTheirs).length,
  }
}

function isPast(told: Told): boolean {
  return told.isPast
}

/** The same people when it is played again, with the number they had at first. */
function personOf(world: World, { person, today }: Conversation, isLive: boolean): Customer {
  const { pace = 'usual', ...wish } = person
  const first = aCustomer(world, { ...wish, ...(isLive ? { pace } : {}) })
  const moved = today.find(({ movesTo }) => movesTo !== undefined)?.movesTo
  const known =
    world.customers.withUserId(first.userId) ??
    (moved === undefined ? undefined : world.customers.withPhone(moved))
  if (!known) {
    world.customers.add(first)
    return first
  }
  known.userId = first.userId
  if (first.phone !== undefined) known.phone = first.phone
  return known
}

/** The platform knows what was written, so it can be quoted, reacted to and read; it opens no window. */
function remember(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  told: readonly Told[],
): void {
  for (const { wamid, type, timeMs, isTheirs, isPast: isRead, content } of told) {
    const about = { wamid, numberId: number.id, type }
    if (isTheirs) {
      const readAtMs = isRead ? { readAtMs: timeMs } : {}
      customer.wrote.set(wamid, { ...about, timestampMs: timeMs, ...readAtMs })
      continue
    }
    world.sent.set(wamid, {
      ...about,
      to: { by: 'user', input: customer.userId, userId: customer.userId },
      customer,
      body: content,
      acceptedAtMs: timeMs,
      status: 'read',
    })
  }
}

async function tellToday(world: World, thread: Thread, told: Told): Promise<void> {
  const { number, customer } = thread
  const { line } = told
  if (line.calls !== undefined) tellCall(world, thread, told, line.calls)
  else if (line.movesTo !== undefined) await tellMove(world, thread, told, line.movesTo)
  else if (line.stopsMarketing) tellStop(world, thread, told)
  else if (told.isTheirs) await say(world, thread, told, lane)
  else {
    const echo = echoOf(world, number, customer, told)
    announce(world, 'smb_message_echoes', echo, aboutDemo(number))
  }
}

function addTemplates(world: World): void {
  const nowMs = world.clock.nowMs()
  for (const { quality, ...draft } of templates) {
    const id = stableDigits(world.seed, `template ${draft.name} ${draft.language}`, 15)
    if (world.templates.has(id)) continue
    world.templates.set(id, {
      status: 'APPROVED',
      parameter_format: 'POSITIONAL',
      rejected_reason: 'NONE',
      ...draft,
      id,
      quality_score: { score: quality ?? 'UNKNOWN', date: Math.floor(nowMs / 1000) },
      last_updated_time: new Date(nowMs - 30 * 86_400_000).toISOString(),
    })
  }
}
