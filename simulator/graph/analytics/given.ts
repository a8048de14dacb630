import { enumsOf, optionalText, optionalWhole } from '../call.ts'
import { badParameter } from '../errors.ts'
import type { Arguments } from '../fields.ts'
import type { Granularity } from './periods.ts'

export type Span = { startMs: number; endMs: number }

export function spanIn(given: Arguments): Span {
  const start = optionalWhole(given, 'start')
  const end = optionalWhole(given, 'end')
  if (start === undefined || end === undefined) throw badParameter('start and end', 'are required')
  if (start >= end) throw badParameter('start', 'must be before end')
  return { startMs: start * 1000, endMs: end * 1000 }
}

const names: Record<string, Granularity | undefined> = {
  HALF_HOUR: 'HALF_HOUR',
  DAY: 'DAY',
  DAILY: 'DAY',
  MONTH: 'MONTH',
  MONTHLY: 'MONTH',
}

/** @param spellings as this kind of analytics writes them */
export function granularityIn(given: Arguments, spellings: readonly string[]): Granularity {
  const text = optionalText(given, 'granularity')?.toUpperCase() ?? ''
  const granularity = names[text]
  if (granularity === undefined || !spellings.includes(text)) {
    throw badParameter('granularity', `must be one of ${spellings.join(', ')}`)
  }
  return granularity
}

/** Whether a value is among those asked for; an empty list, like none, asks for all. */
export function wantedIn(given: Arguments, name: string): (value: string) => boolean {
  const wanted = enumsOf(given, name)
  return (value) => !wanted || wanted.length === 0 || wanted.includes(value.toUpperCase())
}

/** @throws GraphError 100 for a word that is none of the allowed ones */
export function choicesIn(given: Arguments, name: string, allowed: readonly string[]): string[] {
  const chosen = enumsOf(given, name) ?? []
  const unknown = chosen.find((one) => !allowed.includes(one))
  if (unknown !== undefined) throw badParameter(name, `has no ${unknown}`)
  return chosen
}
