/** Waits between tries at least this long, at most that. @see docs on reconnecting in ARCHITECTURE.md */
const shortestMs = 500
const longestMs = 30_000

/**
 * Decorrelated jitter: each wait is drawn between the shortest and three times the last, so that a hundred consoles
 * do not come back in step.
 *
 * @param previousMs the wait before this one; null for the first try after a connection that worked
 * @param random uniform in [0, 1)
 */
export function nextWaitMs(previousMs: number | null, random: number): number {
  if (previousMs === null) return random * 1000
  return Math.min(
    longestMs,
    shortestMs + random * (3 * Math.max(previousMs, shortestMs) - shortestMs),
  )
}
