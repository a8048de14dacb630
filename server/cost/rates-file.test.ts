import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cardAt, rateOf } from '../../core/metrics/rates.ts'
import { root } from '../root.ts'
import { openRates } from './rates-file.ts'

const shipped = readFileSync(join(root, 'resources/rates.toml'), 'utf8')
const november = Date.UTC(2026, 10, 24)

function aFolder(text?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kontor-rates-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (words: string) => writeFileSync(join(folder, 'rates.toml'), words)
  if (text !== undefined) write(text)
  return { folder, write, remove: () => rmSync(join(folder, 'rates.toml')) }
}

test('the shipped rates can be read, and price the countries of the fact sheet', () => {
  const { rates, origin } = openRates(aFolder().folder)()
  const card = cardAt(rates, november)!
  expect([origin, rates.currency, card.validFrom]).toEqual(['shipped', 'USD', '2026-10-01'])
  expect(rateOf(card, 'DE', 'service')).toBe(55_000)
  expect(rateOf(card, 'TR', 'utility')).toBe(900)
  expect(rateOf(card, 'EE', 'marketing')).toBe(60_400)
  expect(rateOf(card, 'ZA', 'marketing')).toBeUndefined()
  expect(rateOf(card, null, 'marketing')).toBeUndefined()
  expect(cardAt(rates, Date.UTC(2026, 8, 30))).toBeUndefined()
})

test('a file in the data folder counts instead, from the moment it is saved', () => {
  const desk = aFolder()
  const read = openRates(desk.folder)
  expect(read().origin).toBe('shipped')
  desk.write(shipped.replace('"USD"', '"EUR"').replace('"2026-10-01"', '2026-07-01'))
  expect(read()).toMatchObject({ origin: 'own', rates: { currency: 'EUR' }, problem: null })
  expect(read().rates.cards[0]?.validFrom).toBe('2026-07-01')
  desk.remove()
  expect(read()).toMatchObject({ origin: 'shipped', rates: { currency: 'USD' } })
})

test('an edit that cannot be used leaves the rates as they were, and says where it is wrong', () => {
  const desk = aFolder(shipped.replace('0.1365', '0.1400'))
  const read = openRates(desk.folder)
  desk.write(shipped.replace('marketing = 0.1365', 'marketing = "dear"'))
  expect(read()).toMatchObject({ origin: 'own' })
  expect(read().problem).toMatch(/rates\.toml: card 1, market 1, marketing must be number/)
  expect(rateOf(cardAt(read().rates, november)!, 'DE', 'marketing')).toBe(140_000)
  desk.write(shipped)
  expect(read().problem).toBeNull()
})

test('a server does not start with rates it cannot use', () => {
  const start = (text: string) => () => openRates(aFolder(text).folder)
  expect(start('currency = ')).toThrow(/rates\.toml cannot be read/)
  expect(start('currency = "USD"')).toThrow(/rates\.toml: time_zone is needed/)
})
