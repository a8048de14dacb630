import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorCodes } from '../lib/errors.ts'
import { catalogue as first } from './catalogue.ts'
import { late } from './late.ts'

const catalogue = { de: { ...first.de, ...late.de }, en: { ...first.en, ...late.en } }

const root = join(import.meta.dirname, '../..')
const areas = Object.keys(catalogue.de) as (keyof typeof catalogue.de)[]
const textsOf = (language: 'de' | 'en') =>
  areas.flatMap((area) =>
    Object.entries(catalogue[language][area]).map(
      ([key, text]) => [`${area}.${key}`, text] as const,
    ),
  )

test('both languages say the same things', () => {
  for (const area of areas) {
    expect(Object.keys(catalogue.en[area]).sort()).toEqual(Object.keys(catalogue.de[area]).sort())
  }
})

test('both languages name the same values in each text', () => {
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])
  const english = new Map(textsOf('en'))
  for (const [key, german] of textsOf('de')) {
    // One may be a word in either language: "Eine Nachricht", "{{count}} message".
    const isCounted = (name: string | undefined) => !(key.endsWith('_one') && name === 'count')
    const of = (text: string) => [...new Set(values(text))].filter(isCounted).sort()
    expect(of(english.get(key) ?? ''), key).toEqual(of(german))
  }
})

test('what is counted has a form for one and a form for many', () => {
  for (const [key] of textsOf('de')) {
    const other = key.replace(/_one$/, '_other').replace(/_other$/, '_one')
    if (/_(one|other)$/.test(key))
      expect(textsOf('de').some(([known]) => known === other)).toBe(true)
  }
})

test('every text is written, without exclamation marks or straight quotation marks', () => {
  for (const [key, text] of [...textsOf('de'), ...textsOf('en')]) {
    expect(text.trim(), key).not.toBe('')
    expect(text, key).not.toMatch(/[!"]/)
  }
})

test('every failure a person can meet has its words', () => {
  expect(Object.keys(catalogue.de.errors).sort()).toEqual([...errorCodes].sort())
})

test('no text is left over', () => {
  const code = ['renderer', 'electron', 'server', 'core/verification'].flatMap(sourcesIn).join('\n')
  const named = new Set([...code.matchAll(/['"`](\w+\.[\w-]+)['"`]/g)].map((match) => match[1]))
  const begun = [...code.matchAll(/`(\w+\.[\w-]*)\$\{/g)].map((match) => match[1] ?? '')
  const unused = textsOf('de')
    .map(([key]) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !named.has(key) && !begun.some((prefix) => key.startsWith(prefix)))
  expect(unused).toEqual([])
})

function sourcesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
}
