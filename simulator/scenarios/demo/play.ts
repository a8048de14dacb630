/**
 * The firm as it is on the first morning with its new console. What lies back comes the way WhatsApp
 * brings it when a number joins the platform: contacts, history in chunks, then the files in it. The
 * answers given from the firm's phone today come as echoes, and what customers write now as messages.
 * All of it travels one lane, so that it arrives in the order it is told.
 */
import { must } from '../../../core/lib/must.ts'
import { write } from '../../messaging/write.ts'
import { announce } from '../../webhooks/announce.ts'
import type { Customer } from '../../world/customer.ts'
import type { BusinessNumber } from '../../world/number.ts'
import { aCustomer, type PersonWish } from '../../world/person.ts'
import { stableDigits } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import { cast } from './cast.ts'
import { tell, type Told } from './lines.ts'
import {
  aboutDemo,
  announceHistory,
  announceContacts,
  echoOf,
  fileIn,
  lane,
  type Thread,
} from './past.ts'
import { templates } from './templates.ts'

export async function playDemo(world: World) {
  addTemplates(world)
  const [service, parts] = [...world.numbers.values()]
  const numbers = { service: must(service, 'first number'), parts: must(parts, 'second number') }
  const threads: Thread[] = []
  for (const conversation of cast) {
    const number = numbers[conversation.with]
    number.is_on_biz_app = true // a number has a past only if its phone app goes on beside the API
    const customer = personOf(world, conversation.person)
    const told = await tell(world, number, customer, conversation)
    for (const line of told) remember(world, number, customer, line)
    threads.push({ number, customer, told })
  }

  announceContacts(world, threads)
  announceHistory(world, threads)
  const today = threads
    .flatMap((thread) =>
      thread.told.filter(({ isPast }) => !isPast).map((line) => ({ ...thread, line })),
    )
    .sort((one, other) => one.line.timeMs - other.line.timeMs)
  for (const { number, customer, line } of today) {
    if (line.isTheirs) await say(world, number, customer, line)
    else
      announce(
        world,
        'smb_message_echoes',
        echoOf(world, number, customer, line),
        aboutDemo(number),
      )
  }
  const all = threads.flatMap(({ told }) => told)
  return {
    customers: threads.map(({ customer: { id, name, userId } }) => ({ id, name, userId })),
    history: all.filter(({ isPast }) => isPast).length,
    echoes: today.filter(({ line }) => !line.isTheirs).length,
    messages: today.filter(({ line }) => line.isTheirs).length,
  }
}

/** The same people when it is played again. */
function personOf(world: World, wish: PersonWish): Customer {
  const person = aCustomer(world, wish)
  const known = world.customers.withUserId(person.userId)
  if (known) return known
  world.customers.add(person)
  return person
}

/** The platform knows what was written, so it can be quoted, reacted to and read; it opens no window. */
function remember(world: World, number: BusinessNumber, customer: Customer, line: Told): void {
  const { wamid, type, timeMs } = line
  if (line.isTheirs) {
    const readAtMs = line.isPast ? { readAtMs: timeMs } : {}
    customer.wrote.set(wamid, {
      wamid,
      numberId: number.id,
      type,
      timestampMs: timeMs,
      ...readAtMs,
    })
    return
  }
  world.sent.set(wamid, {
    wamid,
    numberId: number.id,
    to: { by: 'user', input: customer.userId, userId: customer.userId },
    customer,
    type,
    body: line.content,
    acceptedAtMs: timeMs,
    status: 'read',
  })
}

async function say(world: World, number: BusinessNumber, customer: Customer, line: Told) {
  const { content, file, type, wamid, timeMs } = line
  const stored = file ? fileIn(world, number, 'theirs', line, file) : content
  const timestamp = String(Math.floor(timeMs / 1000))
  await write(world, customer, { ...stored, type, id: wamid, timestamp, numberId: number.id }, lane)
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
