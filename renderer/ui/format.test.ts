import { afterEach, expect, test } from 'vitest'
import {
  formatDay,
  formatDuration,
  formatListTime,
  formatShortDuration,
  formatSize,
  formatTime,
  spokenDuration,
} from './format.ts'
import { setLanguage } from './i18n.svelte.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const mondayMs = new Date(2026, 10, 23, 9, 24).getTime()

afterEach(() => setLanguage('de'))

test('the ledger column says the time today, then the weekday, then the date', () => {
  expect(formatListTime(mondayMs - hourMs, mondayMs)).toBe('08:24')
  expect(formatListTime(new Date(2026, 10, 21, 12).getTime(), mondayMs)).toBe('Sa')
  expect(formatListTime(new Date(2026, 9, 30, 12).getTime(), mondayMs)).toBe('30.10.')
  expect(formatListTime(new Date(2025, 10, 21, 12).getTime(), mondayMs)).toBe('21.11.2025')
})

test('a message from a clock ahead of ours shows its time, not a day', () => {
  expect(formatListTime(mondayMs + 30_000, mondayMs)).toBe('09:24')
})

test('days are named as people name them', () => {
  expect(formatDay(mondayMs, mondayMs)).toBe('Heute')
  expect(formatDay(mondayMs - 24 * hourMs, mondayMs)).toBe('Gestern')
  expect(formatDay(new Date(2026, 10, 21, 23, 59).getTime(), mondayMs)).toBe(
    'Samstag, 21. November',
  )
})

test('durations are rounded down, in words of the language', () => {
  expect(formatDuration(18 * minuteMs + 59_000)).toBe('18 Min.')
  expect(formatDuration(3 * hourMs + 12 * minuteMs)).toBe('3 Std. 12 Min.')
  expect(formatDuration(3 * hourMs)).toBe('3 Std.')
  expect(formatDuration(20_000)).toBe('unter 1 Min.')
  expect(formatDuration(50 * hourMs)).toBe('2 Tage')
  expect(formatShortDuration(3 * hourMs + 59 * minuteMs)).toBe('3 Std.')
  expect(spokenDuration(minuteMs)).toBe('1 Minute')
  setLanguage('en')
  expect(formatDuration(3 * hourMs + 12 * minuteMs)).toBe('3 h 12 min')
  expect(spokenDuration(18 * minuteMs)).toBe('18 minutes')
})

test('sizes and times follow the language', () => {
  expect(formatSize(214_000)).toBe('214 KB')
  expect(formatSize(4_800_000)).toBe('4,8 MB')
  setLanguage('en')
  expect(formatSize(4_800_000)).toBe('4.8 MB')
  expect(formatTime(mondayMs)).toBe('09:24')
})
