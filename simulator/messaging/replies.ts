import { isObject, type JsonObject } from '../json.ts'
import type { Customer, Line } from '../world/customer.ts'
import type { SentMessage } from '../world/message.ts'
import type { World } from '../world/world.ts'
import { lookingMs, typingMs } from './pace.ts'
import { write } from './write.ts'

/** The customer answers what just arrived, if there is anything left to say. */
export function answerFrom(world: World, customer: Customer, message: SentMessage): void {
  const line = customer.lines.shift() ?? customer.always
  if (line === undefined) return
  const looking = customer.reads || customer.pace !== undefined ? lookingMs(world, customer) : 0
  world.clock.after(looking + typingMs(world, customer, line), () => {
    const answer = { ...messageOf(line, message.wamid), numberId: message.numberId }
    write(world, customer, answer).catch(world.report)
  })
}

/** A reaction that names no message, or an empty context, is about the one that is answered. */
function messageOf(line: Line, wamid: string): JsonObject {
  if (typeof line === 'string') return { type: 'text', text: { body: line } }
  const { context, reaction } = line
  return {
    ...line,
    ...(isObject(reaction) ? { reaction: { message_id: wamid, ...reaction } } : {}),
    ...(isObject(context) ? { context: { id: wamid, ...context } } : {}),
  }
}
