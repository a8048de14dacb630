/**
 * A number's ups and downs as Meta decides them: every step changes what the Graph API shows, and sends the webhooks that
 * Meta sends about it. Steps come `everyMs` apart on the simulator's clock, or all at once.
 */
import { badRequest } from '../../control/errors.ts'
import type { JsonObject } from '../../json.ts'
import type { BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'
import { at, take, type Story } from './story.ts'

const dayMs = 86_400_000
const usualPauseMs = 15_000

/** By world: calls off what is still to come of the story before. */
const underWay = new WeakMap<World, () => void>()

export function player(story: Story) {
  return async (world: World, wanted: JsonObject): Promise<JsonObject> => {
    const number = numberFor(world, wanted.numberId)
    const everyMs = pauseFor(wanted)
    underWay.get(world)?.()
    story.before?.(number, world)
    for (const { daysAgo, ...step } of story.past ?? []) {
      take(at(world, world.clock.nowMs() - daysAgo * dayMs), number, step)
    }
    const cancels = story.steps.map((step, index) => {
      if (everyMs > 0) return world.clock.after(index * everyMs, () => take(world, number, step))
      take(world, number, step)
      return () => undefined
    })
    underWay.set(world, () => cancels.forEach((cancel) => cancel()))
    const startMs = world.clock.nowMs()
    const steps = story.steps.map(({ name }, index) => ({ name, atMs: startMs + index * everyMs }))
    return { numberId: number.id, steps }
  }
}

function numberFor(world: World, wanted: unknown): BusinessNumber {
  const [first] = world.numbers.values()
  const number = typeof wanted === 'string' ? world.numbers.get(wanted) : first
  if (number === undefined) throw badRequest('there is no such number')
  return number
}

function pauseFor({ everyMs, atOnce }: JsonObject): number {
  if (atOnce === true) return 0
  if (everyMs === undefined) return usualPauseMs
  if (typeof everyMs === 'number' && everyMs >= 0) return everyMs
  throw badRequest('everyMs must be a number of milliseconds')
}
