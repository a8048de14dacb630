import type { Platform } from '../../core/lib/clock.ts'

/** Work that comes again by itself. `run` does a bounded piece of it. */
export type Job = { name: string; everyMs: number; run: () => Promise<void> }

/** A server that is started often does its work all the same. */
const firstMs = 60_000

export type Jobs = {
  /** Runs every job once, now. */
  runAll(): Promise<void>
  stop(): Promise<void>
}

/** Runs each job again and again, never twice at once; one that fails is reported and comes again like any other. */
export function startJobs(
  jobs: readonly Job[],
  { clock, report }: { clock: Platform; report: (error: unknown) => void },
): Jobs {
  const underWay = new Map<Job, Promise<void>>()
  const timers = new Map<Job, () => void>()
  let isStopped = false

  /** Servers that start together do not work in step. */
  function plan(job: Job, afterMs: number): void {
    const again = () => {
      if (!isStopped) plan(job, job.everyMs)
    }
    const start = () => void run(job).then(again)
    timers.set(job, clock.after(afterMs * (0.9 + 0.2 * clock.random()), start))
  }

  function run(job: Job): Promise<void> {
    const mine = (underWay.get(job) ?? Promise.resolve())
      .then(() => (isStopped ? undefined : job.run()))
      .catch(report)
    underWay.set(job, mine)
    return mine
  }

  for (const job of jobs) plan(job, Math.min(job.everyMs, firstMs))
  return {
    async runAll() {
      for (const job of jobs) await run(job)
    },
    async stop() {
      isStopped = true
      for (const cancel of timers.values()) cancel()
      await Promise.all(underWay.values())
    },
  }
}
