import type { Customer, Line } from '../world/customer.ts'
import type { World } from '../world/world.ts'
import { write } from './write.ts'

/** The customer answers what just arrived, if there is anything left to say. */
export function answerFrom(world: World, customer: Customer, numberId: string): void {
  const line = customer.lines.shift() ?? customer.always
  if (line === undefined) return
  const { read, reply } = world.account.latencyMs
  world.clock.after(customer.reads ? read + reply : reply, () => {
    write(world, customer, { ...messageOf(line), numberId }).catch(world.report)
  })
}

function messageOf(line: Line) {
  return typeof line === 'string' ? { type: 'text', text: { body: line } } : line
}
