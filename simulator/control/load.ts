import { aCustomer } from '../world/person.ts'
import { write } from '../messaging/write.ts'
import type { Customer } from '../world/customer.ts'
import type { World } from '../world/world.ts'

export type Load = {
  stop(): void
  progress(): { planned: number; written: number; isRunning: boolean }
}

const tickMs = 50

/** At most this many messages in one go: every one of them stays in memory. */
export const mostInOneLoad = 500_000

/** Many customers write at a steady rate, one after the other in a circle. */
export function startLoad(
  world: World,
  wanted: { perSecond: number; seconds: number; customers: number },
): Load {
  const people = crowd(world, wanted.customers)
  const planned = Math.round(wanted.perSecond * wanted.seconds)
  const startMs = world.clock.nowMs()
  let written = 0
  let isRunning = true
  let callOff: () => void = () => undefined

  const tick = () => {
    const elapsedMs = world.clock.nowMs() - startMs
    const due = Math.min(planned, Math.floor((elapsedMs / 1000) * wanted.perSecond) + 1)
    for (; written < due; written++) speak(world, people, written)
    isRunning = written < planned
    if (isRunning) callOff = world.clock.after(tickMs, tick)
  }
  tick()
  return {
    stop() {
      callOff()
      isRunning = false
    },
    progress: () => ({ planned, written, isRunning }),
  }
}

function speak(world: World, people: Customer[], turn: number): void {
  const customer = people[turn % people.length]
  if (!customer) return
  const text = { body: `Frage ${turn + 1}: Wann kommt meine Lieferung?` }
  write(world, customer, { type: 'text', text }).catch(world.report)
}

/** The same people every time, so that load after load adds messages and not people. */
function crowd(world: World, size: number): Customer[] {
  return Array.from({ length: size }, (_, index) => {
    const phone = `4915990${String(index).padStart(6, '0')}`
    const known = world.customers.withPhone(phone)
    if (known) return known
    const customer = aCustomer(world, { name: `Last ${index + 1}`, phone })
    world.customers.add(customer)
    return customer
  })
}
