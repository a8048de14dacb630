import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { Bug } from './bugs.ts'
import { checkEnd, checkReplica } from './invariants.ts'
import { schedule, type Step } from './steps.ts'
import { World } from './world.ts'

/** How a search ended: the shortest schedule found that breaks a promise, or null. */
export type Found = {
  runs: number
  failure: { seed: number; path: string; broken: string; steps: Step[] } | null
  /** What happened at least once, over all schedules. */
  seen: Set<string>
}

/**
 * Plays one schedule, heals, and checks every promise.
 *
 * @throws Broken
 * @returns a hash of what every step came to, and of the end: the same for the same schedule
 */
export async function play(
  steps: readonly Step[],
  bug: Bug | null = null,
  seen = new Set<string>(),
) {
  const world = await World.start(bug)
  let broken: Error | null = null
  for (const console of world.consoles) {
    console.onFrame = (desk) => {
      try {
        checkReplica(world, desk)
      } catch (error) {
        broken ??= error as Error // Broken, or a bug
      }
    }
  }
  const trace = createHash('sha256')
  for (const step of steps) {
    await world.take(step)
    trace.update(world.print())
    rethrow(broken)
  }
  await world.heal()
  for (const what of world.server.seen) seen.add(what)
  rethrow(broken)
  if (world.bugsReported.length > 0) throw world.bugsReported[0] as Error // whatever a console reported was thrown
  checkEnd(world)
  return trace.update(endOf(world)).digest('hex')
}

function rethrow(broken: Error | null): void {
  if (broken !== null) throw broken
}

function endOf({ server }: World): string {
  const { rows, outbox, results } = server.log.stored
  return JSON.stringify([[...rows], [...outbox], [...results]])
}

/** Plays random schedules until one breaks a promise, and shrinks that one. */
export async function search(options: {
  runs: number
  seed?: number
  path?: string
  bug?: Bug | null
}): Promise<Found> {
  const { runs, seed, path, bug = null } = options
  const seen = new Set<string>()
  const property = fc.asyncProperty(schedule, async (steps) => {
    await play(steps, bug, seen)
  })
  const details = await fc.check(property, {
    numRuns: runs,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  })
  if (!details.failed) return { runs: details.numRuns, failure: null, seen }
  return {
    runs: details.numRuns,
    seen,
    failure: {
      seed: details.seed,
      path: details.counterexamplePath ?? '',
      broken: details.errorInstance instanceof Error ? details.errorInstance.message : 'unknown',
      steps: details.counterexample?.[0] ?? [],
    },
  }
}
