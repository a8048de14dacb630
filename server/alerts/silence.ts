/** When a number that should be busy is silent, worked out from what its own last two weeks were like. */

const hourMs = 60 * 60_000
export const weekMs = 7 * 24 * hourMs

/** So many calls would usually have come by now: that none did is then no chance (1 in 20,000 if they come at random). */
const missedCalls = 10
/** With only one week to compare with, twice as many have to be missing. */
const missedCallsAtFirst = 20
/** WhatsApp may pause so long without anybody having to know. */
const shortestMs = 10 * 60_000
/** Beyond this nothing more is learnt from looking further back. */
const longestMs = 24 * hourMs

export type History = {
  /** When WhatsApp last called, or the server started listening if that was later. */
  sinceMs: number
  /** Calls in each hour, by the hour's beginning. */
  calls: ReadonlyMap<number, number>
}

/** Whether the silence is out of the ordinary, and how many calls usually come in such a time. */
export function judgeSilence({ sinceMs, calls }: History, nowMs: number) {
  const silentMs = nowMs - sinceMs
  const fromMs = nowMs - Math.min(silentMs, longestMs)
  const weeks = weeksBefore(calls, fromMs)
  const usualCalls = weeks === 0 ? 0 : usualBetween(calls, weeks, fromMs, nowMs)
  const needed = weeks >= 2 ? missedCalls : missedCallsAtFirst
  return { isAlarming: silentMs >= shortestMs && usualCalls >= needed, usualCalls }
}

/** How many weeks there are to compare with, two at most. A new number has none, so its nights alarm nobody. */
function weeksBefore(calls: History['calls'], fromMs: number): number {
  if (calls.size === 0) return 0
  const firstMs = Math.min(...calls.keys())
  return Math.max(0, Math.min(2, Math.floor((beginOf(fromMs) - firstMs) / weekMs)))
}

/** Of the same hours in the weeks before, the quieter week counts, each hour as far as it is part of the time. */
function usualBetween(
  calls: History['calls'],
  weeks: number,
  fromMs: number,
  toMs: number,
): number {
  let sum = 0
  for (let hour = beginOf(fromMs); hour < toMs; hour += hourMs) {
    const share = (Math.min(toMs, hour + hourMs) - Math.max(fromMs, hour)) / hourMs
    const before = [1, 2].slice(0, weeks).map((week) => calls.get(hour - week * weekMs) ?? 0)
    sum += share * Math.min(...before)
  }
  return Math.round(sum)
}

function beginOf(atMs: number): number {
  return atMs - (atMs % hourMs)
}
