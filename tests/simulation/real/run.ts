import fc from 'fast-check'
import type { Database } from '../../../server/store/database.ts'
import type { Found } from '../run.ts'
import { schedule, type Step } from '../steps.ts'
import { countQuestions } from './quiet.ts'
import { RealWorld } from './world.ts'

type Place = { db: Database; url: string }

/** Plays one schedule against the real server, heals, and checks every promise. @throws Broken */
export async function playReal(place: Place, steps: readonly Step[], seen = new Set<string>()) {
  const world = await RealWorld.start(place)
  try {
    for (const step of steps) await world.take(step)
    await world.heal()
    await world.checkEnd()
  } finally {
    for (const what of world.server.seen) seen.add(what)
    for (const console of world.consoles) console.cut()
    await world.server.stop()
  }
}

/** Plays random schedules until one breaks a promise. They are not made shorter: each costs a second. */
export async function searchReal(
  place: Place,
  options: { runs: number; seed: number; path?: string },
): Promise<Found> {
  countQuestions()
  const seen = new Set<string>()
  const property = fc.asyncProperty(schedule, (steps) => playReal(place, steps, seen))
  const { runs, seed, path } = options
  const details = await fc.check(property, {
    ...{ numRuns: runs, seed, endOnFailure: true },
    ...(path === undefined ? {} : { path }),
  })
  const failure = details.failed
    ? {
        seed: details.seed,
        path: details.counterexamplePath ?? '',
        broken: details.errorInstance instanceof Error ? details.errorInstance.message : 'unknown',
        steps: details.counterexample?.[0] ?? [],
      }
    : null
  return { runs: details.numRuns, failure, seen }
}
