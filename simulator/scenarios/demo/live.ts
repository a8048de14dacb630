/** People who write while one watches: one message after the other, for half an hour at most. */
import { createRandom, stableHex, type Random } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import { partsOf } from './lines.ts'
import type { Thread } from './past.ts'
import { say } from './say.ts'
import type { TheirLine } from './script.ts'

const shortestGapMs = 8_000
const longestGapMs = 20_000
const endsAfterMs = 30 * 60_000

type Next = { thread: Thread; line: TheirLine; parts: Awaited<ReturnType<typeof partsOf>> }

/**
 * Goes on until everybody has said what they had to say. Who writes when follows from the seed and the time of the
 * start, so that a desk started again tells it in another order; the ids are new ones every time.
 *
 * @returns stops it
 */
export async function goOn(world: World, threads: Thread[]): Promise<() => void> {
  const startMs = world.clock.nowMs()
  const random = createRandom(parseInt(stableHex(world.seed, `live ${startMs}`).slice(0, 8), 16))
  const queue = await prepared(inOrder(random, threads))
  let callOff: () => void = () => undefined

  const schedule = () => {
    const gapMs = shortestGapMs + random.below(longestGapMs - shortestGapMs + 1)
    if (queue.length === 0 || world.clock.nowMs() + gapMs > startMs + endsAfterMs) return
    callOff = world.clock.after(gapMs, () => {
      while (queue[0] && isMoot(queue[0])) queue.shift()
      const next = queue.shift()
      if (next) speak(world, next).catch(world.report)
      schedule()
    })
  }
  schedule()
  return () => callOff()
}

/** Everybody's messages, each person's spread over the whole time and in their own order. */
function inOrder(random: Random, threads: Thread[]): { thread: Thread; line: TheirLine }[] {
  return threads
    .flatMap((thread) => {
      const bursts = thread.script.live ?? []
      const among = Math.max(bursts.length, 2)
      return bursts.map((lines, index) => {
        return { place: (index + random.next()) / among, lines, thread }
      })
    })
    .sort((one, other) => one.place - other.place)
    .flatMap(({ lines, thread }) => lines.map((line) => ({ thread, line })))
}

/** With their files made, so that nobody is late. */
function prepared(lines: { thread: Thread; line: TheirLine }[]): Promise<Next[]> {
  return Promise.all(
    lines.map(async ({ thread, line }) => {
      const { named, number, customer } = thread
      return { thread, line, parts: await partsOf(line, named, number, customer) }
    }),
  )
}

function isMoot({ thread, line }: Next): boolean {
  return line.unlessAnswered === true && thread.customer.arrived.length > 0
}

async function speak(world: World, { thread, parts }: Next): Promise<void> {
  const wamid = world.ids.message('in', thread.customer.phone ?? thread.customer.userId)
  await say(world, thread, { ...parts, wamid, timeMs: world.clock.nowMs() })
}
