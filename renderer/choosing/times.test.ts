import { afterEach, beforeEach, expect, test } from 'vitest'
import { setLanguage } from '../ui/i18n.svelte.ts'
import '../ui/late-texts.ts'
import { fieldTime, fieldValue, snoozeChoices } from './times.ts'

const zoneBefore = process.env['TZ']
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin'
})
afterEach(() => {
  process.env['TZ'] = zoneBefore
  setLanguage('de')
})
const at = (iso: string) => new Date(iso).getTime()
const hourMs = 3_600_000
const namesAt = (iso: string, windowExpiresAtMs: number | null = null) =>
  snoozeChoices(at(iso), { windowExpiresAtMs }).map(({ label, detail }) => `${label} · ${detail}`)

test('each choice says the time it comes to', () => {
  // A Friday.
  expect(namesAt('2026-11-20T10:12:00+01:00')).toEqual([
    'In 1 Stunde · 11:12',
    'Heute Nachmittag · 14:00',
    'Morgen · Sa 09:00',
    'Nächste Woche · Mo 09:00',
    'Bis Antwort kommt · ',
  ])
  setLanguage('en')
  expect(namesAt('2026-11-20T10:12:00+01:00')[2]).toBe('Tomorrow · Sat 09:00')
})

test('what is past, too near or the same twice is not offered', () => {
  // A Sunday afternoon: tomorrow is next week.
  expect(namesAt('2026-11-22T13:30:00+01:00')).toEqual([
    'In 1 Stunde · 14:30',
    'Morgen · Mo 09:00',
    'Bis Antwort kommt · ',
  ])
})

test('shortly before the window ends is offered while there is such a time', () => {
  const now = '2026-11-20T15:00:00+01:00'
  expect(namesAt(now, at(now) + 3 * hourMs)).toContain('Kurz vor Fensterende · 17:00')
  expect(namesAt(now, at(now) + hourMs).join()).not.toContain('Fensterende')
})

test('nine in the morning is nine on the day the clocks change, both times of the year', () => {
  const tomorrow = (iso: string) =>
    snoozeChoices(at(iso), { windowExpiresAtMs: null }).find(({ key }) => key === 'tomorrow')
  expect(tomorrow('2026-03-28T12:00:00+01:00')?.until).toEqual({
    kind: 'time',
    atMs: at('2026-03-29T09:00:00+02:00'),
  })
  expect(tomorrow('2026-10-24T12:00:00+02:00')?.until).toEqual({
    kind: 'time',
    atMs: at('2026-10-25T09:00:00+01:00'),
  })
})

test('a typed time is one of this zone, and an hour that is skipped is the next', () => {
  expect(fieldTime('2026-07-01T09:00')).toBe(at('2026-07-01T09:00:00+02:00'))
  expect(fieldTime('2026-03-29T02:30')).toBe(at('2026-03-29T03:30:00+02:00'))
  expect(fieldValue(at('2026-07-01T07:05:00Z'))).toBe('2026-07-01T09:05')
  expect(fieldTime('')).toBeNull()
})
