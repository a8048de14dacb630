import { patchAccount, type AccountPatch } from '../../control/patch-account.ts'
import { patchNumber, type NumberPatch } from '../../control/patch-number.ts'
import { patchTemplate, type TemplatePatch } from '../../control/patch-template.ts'
import type { BusinessNumber } from '../../world/number.ts'
import type { World } from '../../world/world.ts'

/** One thing Meta decides: about the number, the account, or the template the firm sends most. */
export type Step = {
  name: string
  number?: NumberPatch
  account?: AccountPatch
  template?: TemplatePatch
}

/** What a number goes through. */
export type Story = {
  /** How things are when it begins, told by nobody. */
  before?: (number: BusinessNumber, world: World) => void
  /** What happened earlier, and is told with its own time. */
  past?: (Step & { daysAgo: number })[]
  /** What happens from now on, one after the other. */
  steps: Step[]
}

export function take(world: World, number: BusinessNumber, step: Step): void {
  if (step.account) patchAccount(world, step.account)
  if (step.number) patchNumber(world, number, step.number)
  const template = step.template && favourite(world)
  if (step.template && template) patchTemplate(world, template, step.template)
}

/** Campaigns are what people block. */
function favourite(world: World) {
  const all = [...world.templates.values()]
  return all.find(({ category }) => category === 'MARKETING') ?? all[0]
}

/** The same world as it was then: what it announces carries that time. */
export function at(world: World, timeMs: number): World {
  const clock = {
    nowMs: () => timeMs,
    after: (delayMs: number, task: () => void) => world.clock.after(delayMs, task),
    stop: () => world.clock.stop(),
  }
  return { ...world, clock }
}
