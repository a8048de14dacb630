import { expect, test } from 'vitest'
import { judgeSilence, weekMs } from './silence.ts'

const hourMs = 60 * 60_000
const minuteMs = 60_000
/** A Tuesday, 10:00. */
const now = Date.UTC(2026, 10, 24, 10, 0, 0)

/** So many calls an hour from 8 to 18 o'clock on every day of the last weeks and a day more, and none at night. */
function busyDays(perHour: number, weeks: number): Map<number, number> {
  const calls = new Map<number, number>()
  for (let hour = now - weeks * weekMs - 24 * hourMs; hour < now; hour += hourMs) {
    const time = new Date(hour).getUTCHours()
    if (time >= 8 && time < 18) calls.set(hour, perHour)
  }
  return calls
}

const judge = (calls: Map<number, number>, silentMs: number, at = now) =>
  judgeSilence({ sinceMs: at - silentMs, calls }, at).isAlarming

test('a busy number alarms after a few minutes, a quieter one when ten calls are missing', () => {
  const busy = busyDays(600, 2)
  expect(judge(busy, 9 * minuteMs)).toBe(false)
  expect(judge(busy, 10 * minuteMs)).toBe(true)
  const quiet = busyDays(12, 2)
  expect(judge(quiet, 40 * minuteMs)).toBe(false)
  expect(judge(quiet, 55 * minuteMs)).toBe(true)
})

test('a night is as silent as it always is', () => {
  const night = now - 7 * hourMs
  expect(judge(busyDays(600, 2), 8 * hourMs, night)).toBe(false)
  const morning = Date.UTC(2026, 10, 24, 8, 15, 0)
  expect(judge(busyDays(600, 2), 14 * hourMs, morning)).toBe(true)
})

test('a new number alarms nobody, and after its first week only when much is missing', () => {
  expect(judge(new Map(), 20 * hourMs)).toBe(false)
  expect(judge(busyDays(600, 0.5), 2 * hourMs)).toBe(false)
  const oneWeek = busyDays(12, 1)
  expect(judge(oneWeek, hourMs)).toBe(false)
  expect(judge(oneWeek, 2 * hourMs)).toBe(true)
})

test('of two weeks the quieter one counts: a holiday in one of them makes the other no rule', () => {
  const calls = busyDays(600, 2)
  for (const hour of calls.keys()) if (hour > now - weekMs - 3 * hourMs) calls.delete(hour)
  expect(judge(calls, 2 * hourMs)).toBe(false)
})
