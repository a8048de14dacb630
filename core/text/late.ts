import { advice as adviceDe } from './de/advice.ts'
import { deliveries as deliveriesDe } from './de/deliveries.ts'
import { merge as mergeDe } from './de/merge.ts'
import { search as searchDe } from './de/search.ts'
import { taps as tapsDe } from './de/taps.ts'
import { templates as templatesDe } from './de/templates.ts'
import { advice as adviceEn } from './en/advice.ts'
import { deliveries as deliveriesEn } from './en/deliveries.ts'
import { merge as mergeEn } from './en/merge.ts'
import { search as searchEn } from './en/search.ts'
import { taps as tapsEn } from './en/taps.ts'
import { templates as templatesEn } from './en/templates.ts'

const de = {
  advice: adviceDe,
  deliveries: deliveriesDe,
  merge: mergeDe,
  search: searchDe,
  taps: tapsDe,
  templates: templatesDe,
} as const

const en: { [A in keyof typeof de]: { readonly [K in keyof (typeof de)[A]]: string } } = {
  advice: adviceEn,
  deliveries: deliveriesEn,
  merge: mergeEn,
  search: searchEn,
  taps: tapsEn,
  templates: templatesEn,
}

/** Texts of what is opened now and then, fetched together with the first of it. */
export const late = { de, en } as const
