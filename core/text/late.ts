import { advice as adviceDe } from './de/advice.ts'
import { merge as mergeDe } from './de/merge.ts'
import { remedies as remediesDe } from './de/remedies.ts'
import { search as searchDe } from './de/search.ts'
import { taps as tapsDe } from './de/taps.ts'
import { templates as templatesDe } from './de/templates.ts'
import { verification as verificationDe } from './de/verification.ts'
import { advice as adviceEn } from './en/advice.ts'
import { merge as mergeEn } from './en/merge.ts'
import { remedies as remediesEn } from './en/remedies.ts'
import { search as searchEn } from './en/search.ts'
import { taps as tapsEn } from './en/taps.ts'
import { templates as templatesEn } from './en/templates.ts'
import { verification as verificationEn } from './en/verification.ts'

const de = {
  advice: adviceDe,
  merge: mergeDe,
  remedies: remediesDe,
  search: searchDe,
  taps: tapsDe,
  templates: templatesDe,
  verification: verificationDe,
} as const

const en: { [A in keyof typeof de]: { readonly [K in keyof (typeof de)[A]]: string } } = {
  advice: adviceEn,
  merge: mergeEn,
  remedies: remediesEn,
  search: searchEn,
  taps: tapsEn,
  templates: templatesEn,
  verification: verificationEn,
}

/** Texts of what is opened now and then, fetched together with the first of it. */
export const late = { de, en } as const
