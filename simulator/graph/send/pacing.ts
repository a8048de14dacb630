/**
 * Template pacing: of a template that is new or not well liked, the first messages go out and the rest
 * is held, until Meta has seen what people make of it or an hour has passed. Control starts and ends it.
 */
import { deliver } from '../../messaging/deliver.ts'
import { announceFailure } from '../../messaging/statuses.ts'
import type { SentMessage } from '../../world/message.ts'
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'

const guardrailMs = 3_600_000

/** Whether the next message of this template is held; one that is not uses up one that passes. */
export function isHeldNext(template: Template): boolean {
  if (template.passes === undefined) return false
  if (template.passes === 0) return true
  template.passes -= 1
  return false
}

export function hold(world: World, template: Template, message: SentMessage): void {
  const waiting = world.held.get(template.id) ?? []
  waiting.push(message)
  world.held.set(template.id, waiting)
  if (waiting.length === 1) world.clock.after(guardrailMs, () => release(world, template))
}

/** Good feedback, or no verdict in time: everything goes its way. */
export function release(world: World, template: Template): void {
  delete template.passes
  for (const message of taken(world, template)) deliver(world, message)
}

/** Bad feedback: what was held never arrives. */
export function discard(world: World, template: Template): void {
  delete template.passes
  for (const message of taken(world, template)) announceFailure(world, message, 132015)
}

function taken(world: World, template: Template): SentMessage[] {
  const waiting = world.held.get(template.id) ?? []
  world.held.delete(template.id)
  return waiting
}
